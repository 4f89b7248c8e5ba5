import type { Incoming, ReplyMessage } from '../domain/message.ts';

/** Erases what is known of a person. Declared here, implemented in storage. */
export interface Erasure {
  /** @returns how many entries there were */
  erasePerson(asker: string, nowMs: number): Promise<number>;
}

const IN_WORDS = /^\s*(?:(?:请)?删除我的(?:记录|聊天记录|提问记录|数据|信息)|忘记我|忘了我)[吧。！!]*\s*$/;

const ASKS_FIRST: ReplyMessage = {
  title: '删除我的记录',
  tone: 'question',
  blocks: [
    {
      kind: 'paragraph',
      text: '将删除您本人在这里的提问、评价、转人工的内容和“有答案时通知我”的登记，不能恢复。正在等候的人工问题会撤回。',
    },
    { kind: 'note', text: '不含个人信息的统计数字会保留；工作人员的答复如已整理进资料库，也会保留。' },
  ],
  buttons: [[{ label: '确认删除我的记录', action: { kind: 'forget' } }]],
};

/** Somebody wants to be forgotten: asked once more, then it is done. Null for anything else. */
export async function forgettingReply({ content }: Incoming, asker: string, erasure: Erasure, nowMs: number): Promise<ReplyMessage | null> {
  if (content.kind === 'command' ? content.name === 'forget' : content.kind === 'text' && IN_WORDS.test(content.text)) return ASKS_FIRST;
  if (content.kind !== 'action' || content.action.kind !== 'forget') return null;
  const count = await erasure.erasePerson(asker, nowMs);
  return {
    title: '已删除',
    tone: 'plain',
    blocks: [{ kind: 'paragraph', text: count === 0 ? '没有找到您的记录，无需删除。' : `您的 ${count} 条记录已删除。` }],
    buttons: [],
  };
}

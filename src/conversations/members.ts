import type { FileOutcome } from '../domain/file-outcome.ts';
import type { ChannelName, Incoming, IncomingContent, ReplyMessage } from '../domain/message.ts';
import { mayActAs, ROLE_NAMES } from '../domain/role.ts';
import type { Librarian, Member } from './librarian.ts';

type File = Extract<IncomingContent, { kind: 'file' }>;

const HOW_TO_BIND = '请先登录管理后台，在“个人设置 → 绑定聊天账号”中取得绑定码，再在这里发送“/bind 绑定码”或“绑定 绑定码”。';
const MOST_LISTED = 12;

const say = (title: string, ...lines: readonly string[]): ReplyMessage => ({
  title,
  tone: 'plain',
  blocks: lines.map((text) => ({ kind: 'paragraph', text })),
  buttons: [],
});

/** 「绑定 ABCD2345」 is the same as `/bind ABCD2345`. */
const BIND_IN_WORDS = /^\s*绑定\s*[:：]?\s*([A-Za-z0-9-]{4,20})\s*$/;
const UNBIND_IN_WORDS = /^\s*(?:解除绑定|取消绑定|解绑)\s*$/;
const WHOAMI_IN_WORDS = /^\s*我是谁[?？]?\s*$/;

/**
 * What members of the house do in a private chat: binding themselves, asking who they are, sending files for the library. A fault becomes a reply:
 * tried again, a code would be used up and a file laid down twice.
 * @returns null for anything else
 */
export async function memberReply(
  message: Incoming,
  librarian: Librarian,
  onFault: (fault: unknown) => void,
): Promise<ReplyMessage | null> {
  const { content, channel, address } = message;
  const isPrivate = address.chatKind === 'private' && PROVES_WHO.has(channel);
  const command = commandOf(content);
  if (command === null && (content.kind !== 'file' || !isPrivate)) return null;
  // The code is not repeated: others in a group would read it.
  if (!isPrivate)
    return say('请私聊发送', '为了账号安全，请在飞书或 Telegram 与我私聊发送这条指令；如果刚才发出了绑定码，请在管理后台重新取得一个。');
  try {
    return content.kind === 'file' ? await fileReply(content, message, librarian) : await commandReply(command!, message, librarian);
  } catch (fault) {
    onFault(fault);
    return say('抱歉', '刚才处理时出了故障，没有完成，请稍后再试一次。');
  }
}

/** Channels on which a sender's id is told by the platform, not by the sender. */
const PROVES_WHO: ReadonlySet<ChannelName> = new Set(['telegram', 'feishu']);

interface Command {
  readonly name: 'bind' | 'unbind' | 'whoami';
  readonly args: string;
}

async function commandReply({ name, args }: Command, { channel, senderId }: Incoming, librarian: Librarian): Promise<ReplyMessage> {
  const user = { channel, senderId };
  switch (name) {
    case 'bind': {
      if (args === '') return say('绑定聊天账号', HOW_TO_BIND);
      const member = await librarian.bind(user, args);
      if (!member) return say('绑定未成功', '绑定码不正确、已使用或已过期，请在管理后台重新取得后再发送。');
      return say(
        '绑定成功',
        `您好，${member.displayName}。这个聊天账号已绑定到您的后台账号，角色为“${ROLE_NAMES[member.role]}”。`,
        ...abilities(member),
      );
    }
    case 'unbind':
      return (await librarian.unbind(user))
        ? say('已解除绑定', '这个聊天账号不再与后台账号关联。')
        : say('没有绑定', '这个聊天账号没有绑定后台账号。');
    case 'whoami': {
      const member = await librarian.memberOf(user);
      if (!member) return say('尚未绑定', `这个聊天账号没有绑定后台账号。${HOW_TO_BIND}`);
      return say('您的身份', `${member.displayName}，角色为“${ROLE_NAMES[member.role]}”。`, ...abilities(member));
    }
  }
}

const abilities = ({ role }: Member): string[] =>
  mayActAs(role, 'editor') ? ['您可以直接把文件（Word、PDF、Excel、网页等）发给我，我会整理成草稿，审核通过后才会用于答复。'] : [];

function commandOf(content: IncomingContent): Command | null {
  if (content.kind === 'command') {
    const { name, args } = content;
    return name === 'bind' || name === 'unbind' || name === 'whoami' ? { name, args: args.trim() } : null;
  }
  if (content.kind !== 'text') return null;
  const code = BIND_IN_WORDS.exec(content.text)?.[1];
  if (code !== undefined) return { name: 'bind', args: code };
  if (UNBIND_IN_WORDS.test(content.text)) return { name: 'unbind', args: '' };
  return WHOAMI_IN_WORDS.test(content.text) ? { name: 'whoami', args: '' } : null;
}

async function fileReply(file: File, { channel, senderId }: Incoming, librarian: Librarian): Promise<ReplyMessage> {
  const user = { channel, senderId };
  const member = await librarian.memberOf(user);
  if (!member) {
    return say(
      '暂不能接收文件',
      `只有绑定了后台账号的编辑人员可以把文件放进资料库。${HOW_TO_BIND}`,
      '如果您想咨询问题，直接用文字告诉我就可以。',
    );
  }
  if (!mayActAs(member.role, 'editor')) {
    return say('没有编辑权限', `您的角色是“${ROLE_NAMES[member.role]}”，不能修改资料库；如需要，请联系管理员调整。`);
  }
  const { fileId, name, bytes } = file;
  return outcomeReply(name, await librarian.take(user, member, { fileId, name, bytes }));
}

const shortened = (lines: readonly string[]): string[] =>
  lines.length <= MOST_LISTED ? [...lines] : [...lines.slice(0, MOST_LISTED), `…… 另有 ${lines.length - MOST_LISTED} 条`];

function outcomeReply(name: string, outcome: FileOutcome): ReplyMessage {
  if (outcome.status === 'refused') {
    return {
      title: '文件没有导入',
      tone: 'refusal',
      blocks: [
        { kind: 'paragraph', text: `“${name}”有需要改正的地方，没有写入任何内容：` },
        { kind: 'list', title: null, items: shortened(outcome.problems), numbered: false },
      ],
      buttons: [],
    };
  }
  const { drafts, skipped, warnings } = outcome;
  if (drafts.length === 0) return say('没有变化', `“${name}”的内容资料库里已经有了，没有新增草稿。`);
  return {
    title: '已整理成草稿',
    tone: 'plain',
    blocks: [
      { kind: 'paragraph', text: `“${name}”已整理成 ${drafts.length} 份草稿，请到管理后台核对并提交审核；审核通过前不会用于答复。` },
      {
        kind: 'list',
        title: null,
        items: shortened(drafts.map(({ title, isNew }) => `${isNew ? '新增' : '修改'}：${title}`)),
        numbered: false,
      },
      ...(skipped > 0 ? [{ kind: 'note' as const, text: `另有 ${skipped} 条内容没有变化，已略过` }] : []),
      ...(warnings.length > 0 ? [{ kind: 'list' as const, title: '请留意', items: shortened(warnings), numbered: false }] : []),
    ],
    buttons: [],
  };
}

import type { Incoming, IncomingContent, ReplyMessage } from '../domain/message.ts';
import { mayActAs, ROLE_NAMES } from '../domain/role.ts';
import type { FileOutcome, Librarian, Member } from './librarian.ts';

type File = Extract<IncomingContent, { kind: 'file' }>;

const HOW_TO_BIND = '请先登录管理后台，在“个人设置 → 绑定聊天账号”中取得绑定码，再在这里发送“/bind 绑定码”。';
const MOST_LISTED = 12;

const say = (title: string, ...lines: readonly string[]): ReplyMessage => ({
  title,
  tone: 'plain',
  blocks: lines.map((text) => ({ kind: 'paragraph', text })),
  buttons: [],
});

/** 「绑定 ABCD2345」 is the same as `/bind ABCD2345`. */
const BIND_IN_WORDS = /^\s*绑定\s*[:：]?\s*([A-Za-z0-9-]{4,20})\s*$/;

/**
 * What members of the house do in a private chat: binding themselves, asking who they are, sending files for the library.
 * @returns null for anything else
 */
export async function memberReply(message: Incoming, librarian: Librarian): Promise<ReplyMessage | null> {
  const { content, channel, senderId, address } = message;
  const isPrivate = address.chatKind === 'private';
  const user = { channel, senderId };
  if (content.kind === 'file') return isPrivate ? fileReply(content, await librarian.memberOf(user), librarian, message) : null;

  const command = commandOf(content);
  if (command === null) return null;
  // The code is not repeated: others in a group would read it.
  if (!isPrivate) return say('请私聊发送', '为了账号安全，请在与我的私聊中发送这条指令；如果刚才发出了绑定码，请在后台重新取得一个。');
  switch (command.name) {
    case 'bind': {
      if (command.args === '') return say('绑定聊天账号', HOW_TO_BIND);
      const member = await librarian.bind(user, command.args);
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

function commandOf(content: IncomingContent): { readonly name: 'bind' | 'unbind' | 'whoami'; readonly args: string } | null {
  if (content.kind === 'command') {
    const { name, args } = content;
    return name === 'bind' || name === 'unbind' || name === 'whoami' ? { name, args: args.trim() } : null;
  }
  if (content.kind !== 'text') return null;
  const code = BIND_IN_WORDS.exec(content.text)?.[1];
  // Letters or digits alone may well be a question; a code of ours is what was asked for.
  if (code !== undefined) return { name: 'bind', args: code };
  return /^\s*我是谁[?？]?\s*$/.test(content.text) ? { name: 'whoami', args: '' } : null;
}

async function fileReply(file: File, member: Member | null, librarian: Librarian, { channel, senderId }: Incoming): Promise<ReplyMessage> {
  if (!member)
    return say(
      '暂不能接收文件',
      `只有绑定了后台账号的编辑人员可以把文件放进资料库。${HOW_TO_BIND}`,
      '如果您想咨询问题，直接用文字告诉我就可以。',
    );
  if (!mayActAs(member.role, 'editor')) {
    return say('没有编辑权限', `您的角色是“${ROLE_NAMES[member.role]}”，不能修改资料库；如需要，请联系管理员调整。`);
  }
  const { fileId, name, bytes } = file;
  return outcomeReply(name, await librarian.take({ channel, senderId }, member, { fileId, name, bytes }));
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

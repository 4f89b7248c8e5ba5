import type { Desk } from '../domain/desk.ts';
import type { Incoming, ReplyMessage } from '../domain/message.ts';
import { mayActAs } from '../domain/role.ts';
import type { ChatUser, Librarian, Member } from './librarian.ts';

/** Where staff chats are noted. Declared here, put together in app.ts. */
export interface DeskBook {
  /** Makes a chat a staff chat; one that is one already stays as it is. */
  enter(
    chat: Pick<Desk, 'channel' | 'chatId' | 'threadId'>,
    by: ChatUser & Member,
  ): Promise<{ readonly desk: Desk; readonly isNew: boolean }>;
}

const IN_WORDS = /^\s*设为工作群\s*$/;

const say = (title: string, text: string): ReplyMessage => ({ title, tone: 'plain', blocks: [{ kind: 'paragraph', text }], buttons: [] });

/** An admin makes a group a staff chat: `/desk`, or 「设为工作群」. Null for anything else. */
export async function deskReply(
  { channel, senderId, content, address }: Incoming,
  librarian: Pick<Librarian, 'memberOf'>,
  book: DeskBook,
): Promise<ReplyMessage | null> {
  const isMeant = content.kind === 'command' ? content.name === 'desk' : content.kind === 'text' && IN_WORDS.test(content.text);
  if (!isMeant || (channel !== 'telegram' && channel !== 'feishu')) return null;
  if (address.chatKind === 'private') return say('请在群里发送', '请把我加进工作人员所在的群，再在群里发送这条指令。');
  const user = { channel, senderId };
  const member = await librarian.memberOf(user);
  if (!member)
    return say('需要先绑定账号', '设置工作群需要管理员权限。请先在“个人设置 → 绑定聊天账号”取得绑定码并与我私聊绑定，再在群里发送。');
  if (!mayActAs(member.role, 'admin')) return say('没有权限', '设置工作群需要管理员权限，请联系管理员操作。');
  const { threadId, chatId } = address;
  const { desk, isNew } = await book.enter({ channel, chatId, threadId }, { ...user, ...member });
  return isNew
    ? say(
        '已设为工作群',
        `需要人工处理的问题会发到这里，对外显示为“${desk.name}”。请到管理后台“人工服务”填写部门名称、负责的主题和工作时间。`,
      )
    : say('已经是工作群', `这个群已设为工作群“${desk.name}”，可在管理后台“人工服务”修改。`);
}

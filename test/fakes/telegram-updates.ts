import type { CallbackQuery, Message, MessageEntity, Update, User, UserFromGetMe } from 'grammy/types';

/** The bot of the fake server. */
export const ME: UserFromGetMe = {
  id: 7_000_000_001,
  is_bot: true,
  first_name: '问策',
  username: 'Policy_Bot',
  can_join_groups: true,
  can_read_all_group_messages: false,
  can_manage_bots: false,
  supports_guest_queries: false,
  supports_inline_queries: false,
  can_connect_to_business: false,
  has_main_web_app: false,
  has_topics_enabled: false,
  allows_users_to_create_topics: false,
} as UserFromGetMe;

/** A person. */
export const ALICE: User = { id: 42, is_bot: false, first_name: '陈', language_code: 'zh-hans' };
export const OTHER_BOT: User = { id: 7_000_000_002, is_bot: true, first_name: 'Other', username: 'other_bot' };

export const PRIVATE_CHAT = { id: ALICE.id, type: 'private' as const, first_name: ALICE.first_name };
export const GROUP_CHAT = { id: -1_001_234_567_890, type: 'supergroup' as const, title: '企业服务群' };

/** When messages of the helpers were written, epoch seconds. */
export const WRITTEN_S = 1_760_000_000;

/** Fields to add to a message, or to put in place of those the helper gives it. */
export type MessageFields = Partial<Omit<Message, 'chat'>> & { readonly chat?: object };

/** A message to the bot in private. Commands and mentions in the text get their entities, as Telegram adds them. */
export function messageUpdate(updateId: number, text: string, fields: MessageFields = {}): Update {
  const message = { message_id: updateId, date: WRITTEN_S, chat: PRIVATE_CHAT, from: ALICE, ...textFields(text), ...fields };
  return { update_id: updateId, message } as Update;
}

/** A message in a group. */
export function groupMessage(updateId: number, text: string, fields: MessageFields = {}): Update {
  return messageUpdate(updateId, text, { chat: GROUP_CHAT, ...fields });
}

/** A pressed button below a message of the bot. */
export function callbackUpdate(updateId: number, data: string, fields: Partial<CallbackQuery> = {}): Update {
  const message = { message_id: 900, date: WRITTEN_S, chat: PRIVATE_CHAT, from: ME, text: '问策' };
  const callback_query = { id: `press-${updateId}`, from: ALICE, chat_instance: '1', message, data, ...fields };
  return { update_id: updateId, callback_query };
}

function textFields(text: string): { text: string; entities?: MessageEntity[] } {
  const entities = entitiesOf(text);
  return entities.length > 0 ? { text, entities } : { text };
}

/** Commands and mentions where Telegram sees them: after the beginning or a character that is no part of a word. */
export function entitiesOf(text: string): MessageEntity[] {
  const found: MessageEntity[] = [];
  for (const match of text.matchAll(/(?<![\w/@])(\/[a-z0-9_]{1,32}(?:@\w{3,32})?|@\w{3,32})/gi)) {
    found.push({ type: match[0].startsWith('/') ? 'bot_command' : 'mention', offset: match.index, length: match[0].length });
  }
  return found;
}

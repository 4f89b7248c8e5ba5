import { decodeAction } from '../../domain/action.ts';
import type { Action, IncomingContent, Received } from '../../domain/message.ts';
import { cleanText } from './clean-text.ts';
import { isChatId, isEventId, isFileKey, isMessageId, isOpenId, isThreadId, laneOf } from './ids.ts';
import { isRecord, parseJson, recordOf } from './json.ts';
import { readPost } from './post.ts';

export const MESSAGE_EVENT = 'im.message.receive_v1';
export const CARD_EVENT = 'card.action.trigger';

export interface DecodeContext {
  readonly appId: string;
  /** Our own open id; null while unknown, when no group message counts as addressed to us. */
  readonly botOpenId: string | null;
}

/**
 * Reads one event of schema 2.0: a message addressed to us, or a press of one of our buttons.
 * Never throws; null means there is nothing to answer (another event, a group message that does not mention us, another bot, a malformed payload).
 * @param envelope `{ header, event }`, authenticated and decrypted
 */
export function decodeEvent(envelope: unknown, context: DecodeContext): Received | null {
  const { header, event } = recordOf(envelope);
  const type = recordOf(header).event_type;
  if (type === MESSAGE_EVENT) return decodeMessage(recordOf(header), recordOf(event), context);
  if (type === CARD_EVENT) return decodeCardAction(recordOf(header), recordOf(event));
  return null;
}

type Fields = Readonly<Record<string, unknown>>;

function decodeMessage(header: Fields, event: Fields, context: DecodeContext): Received | null {
  const sender = recordOf(event.sender);
  const message = recordOf(event.message);
  const senderId = recordOf(sender.sender_id).open_id;
  const { message_id: messageId, chat_id: chatId, thread_id } = message;
  if (sender.sender_type !== 'user' || !isOpenId(senderId) || senderId === context.botOpenId) return null;
  if (!isMessageId(messageId) || !isChatId(chatId)) return null;

  const isPrivate = message.chat_type === 'p2p';
  const repliesTo = [...new Set([message.parent_id, message.root_id])].filter(isMessageId);
  const heard = readContent(message, isPrivate, context.botOpenId);
  if (heard === null) return null;
  const { content, isOverheard } = heard;
  // A word to others; of use only as a reply to something, and then the intake looks at what.
  if (isOverheard && repliesTo.length === 0) return null;

  const threadId = isThreadId(thread_id) ? thread_id : null;
  return {
    message: {
      channel: 'feishu',
      lane: laneOf(chatId, threadId),
      messageId,
      senderId,
      content,
      sentAtMs: readTimeMs(message.create_time) ?? readTimeMs(header.create_time) ?? 0,
      address: { chatId, chatKind: isPrivate ? 'private' : 'group', threadId, replyTo: messageId },
      ...(repliesTo.length > 0 && { repliesTo }),
      ...(isOverheard && { isOverheard }),
    },
    // The platform may push one message under several event ids; only the message id stays the same.
    dedupeKeys: [`fs:msg:${context.appId}:${messageId}`],
  };
}

function decodeCardAction(header: Fields, event: Fields): Received | null {
  const senderId = recordOf(event.operator).open_id;
  const { open_message_id: messageId, open_chat_id: chatId } = recordOf(event.context);
  const eventId = header.event_id;
  const button = readButton(recordOf(event.action).value);
  if (button === null || !isOpenId(senderId) || !isMessageId(messageId) || !isChatId(chatId) || !isEventId(eventId)) return null;
  return {
    message: {
      channel: 'feishu',
      lane: laneOf(chatId, button.threadId),
      messageId: eventId,
      senderId,
      content: { kind: 'action', action: button.action },
      sentAtMs: readTimeMs(header.create_time) ?? 0,
      address: { chatId, chatKind: button.chatKind, threadId: button.threadId, replyTo: messageId },
      repliesTo: [messageId],
    },
    dedupeKeys: [`fs:card:${eventId}`],
  };
}

/** What a button carries, `{ a: action, k: 'g' | 'p', t?: thread }`: the event itself does not say what kind of chat it comes from. Not trusted. */
function readButton(value: unknown): { action: Action; chatKind: 'private' | 'group'; threadId: string | null } | null {
  const parsed = typeof value === 'string' ? (parseJson(value) ?? { a: value }) : value;
  if (!isRecord(parsed) || typeof parsed.a !== 'string') return null;
  const action = decodeAction(parsed.a);
  if (action === null) return null;
  return { action, chatKind: parsed.k === 'p' ? 'private' : 'group', threadId: isThreadId(parsed.t) ? parsed.t : null };
}

/** What was said, and whether to us. */
interface Heard {
  readonly content: IncomingContent;
  readonly isOverheard: boolean;
}

const toUs = (content: IncomingContent): Heard => ({ content, isOverheard: false });

function readContent(message: Fields, isPrivate: boolean, botOpenId: string | null): Heard | null {
  const mentions = readMentions(message.mentions, botOpenId);
  const type = message.message_type;
  const content = parseJson(message.content);

  let text: string;
  let isMentioned = mentions.some((mention) => mention.isBot);
  if (type === 'text') {
    if (!isRecord(content) || typeof content.text !== 'string') return null;
    text = fillMentions(content.text, mentions);
  } else if (type === 'post') {
    const fill = (markdown: string) => fillMentions(markdown, mentions);
    const post = readPost(content, (value) => nameOfMention(value, mentions, botOpenId), fill);
    if (post === null) return null;
    isMentioned ||= botOpenId !== null && post.mentions.includes(botOpenId);
    text = post.text;
    if (isPrivate && post.hasMedia && text.trim() === '') return toUs({ kind: 'unsupported', what: 'post' });
  } else if (isPrivate && type === 'file' && isRecord(content) && isFileKey(content.file_key)) {
    return toUs(readFile(String(message.message_id), content.file_key, content.file_name));
  } else {
    const what = typeof type === 'string' && /^[a-z_]{1,32}$/.test(type) ? type : 'unknown';
    return isPrivate ? toUs({ kind: 'unsupported', what }) : null;
  }
  const words = cleanText(text).trim();
  if (isPrivate || isMentioned) return toUs(readWords(words, isPrivate));
  return words === '' ? null : { content: { kind: 'text', text: words }, isOverheard: true };
}

/** The platform gives a file out only by message and key; its event tells no size. */
function readFile(messageId: string, fileKey: string, fileName: unknown): IncomingContent {
  const path = typeof fileName === 'string' ? cleanText(fileName).trim() : '';
  const name = cleanText(path.split(/[\\/]/).at(-1)!.slice(0, 255));
  return { kind: 'file', fileId: `${messageId}:${fileKey}`, name, bytes: null, caption: '' };
}

const COMMANDS: ReadonlySet<string> = new Set(['start', 'help', 'ask', 'topics', 'staff', 'forget', 'desk']);
/** For members of the house, in private only: in a group everybody would read the one-time code. */
const MEMBER_COMMANDS: ReadonlySet<string> = new Set(['bind', 'unbind', 'whoami']);
const HELP: IncomingContent = { kind: 'command', name: 'help', args: '' };

/** A command, or the words as they are; a command we do not have asks for help. Being called without a word is a request for help. */
function readWords(text: string, isPrivate: boolean): IncomingContent {
  if (text === '') return HELP;
  const command = /^\/([a-z]\w*)(?:\s+([\s\S]*))?$/i.exec(text);
  if (command === null) return { kind: 'text', text };
  const name = command[1]!.toLowerCase();
  return COMMANDS.has(name) || (isPrivate && MEMBER_COMMANDS.has(name)) ? { kind: 'command', name, args: command[2] ?? '' } : HELP;
}

interface Mention {
  /** Stands for the person in the text, e.g. `@_user_1`. */
  readonly key: string;
  readonly name: string;
  readonly isBot: boolean;
}

function readMentions(value: unknown, botOpenId: string | null): readonly Mention[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isRecord).map((mention) => ({
    key: typeof mention.key === 'string' ? mention.key : '',
    name: typeof mention.name === 'string' ? mention.name : '',
    // By id, never by name: names are aliases, translated, and not unique.
    isBot: botOpenId !== null && recordOf(mention.id).open_id === botOpenId,
  }));
}

function nameOfMention(value: string, mentions: readonly Mention[], botOpenId: string | null): string | null {
  if (value === 'all' || value === '@_all' || (botOpenId !== null && value === botOpenId)) return '';
  const mention = mentions.find(({ key }) => key === value);
  if (mention === undefined) return null;
  return mention.isBot || mention.name === '' ? '' : `@${mention.name}`;
}

/** In one pass over whole keys, so that `@_user_1` never eats the beginning of `@_user_10`, nor a name that looks like a key. */
function fillMentions(text: string, mentions: readonly Mention[]): string {
  return text.replace(/@_user_\d+|@_all\b/g, (key) => nameOfMention(key, mentions, null) ?? key);
}

/** Epoch milliseconds of a platform time: messages use milliseconds, card events microseconds. */
function readTimeMs(value: unknown): number | null {
  if (typeof value !== 'string' || !/^\d{10,19}$/.test(value)) return null;
  const time = Number(value);
  if (value.length >= 16) return Math.floor(time / 1000);
  return value.length >= 13 ? time : time * 1000;
}

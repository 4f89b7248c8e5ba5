import { decodeAction } from '../../domain/action.ts';
import type { Address, IncomingContent, Received } from '../../domain/message.ts';
import { isCommandName } from './commands.ts';
import { type BotIdentity, isOwnMention, stripMentions, textOf } from './mention.ts';
import {
  readDocument,
  readUpdate,
  type TelegramCallbackQuery,
  type TelegramDocument,
  type TelegramEntity,
  type TelegramMessage,
} from './update.ts';

/** Kinds of message without words. What is not named here (members joining, pins, calls …) is nobody talking to us. */
const WORDLESS = [
  'photo',
  'sticker',
  'voice',
  'video_note',
  'animation',
  'video',
  'audio',
  'document',
  'venue',
  'location',
  'contact',
  'poll',
  'dice',
  'game',
  'story',
  'checklist',
  'paid_media',
] as const;

/**
 * What an update from Telegram says to us, or null when it says nothing: in a group only a mention, a reply to us or one of our commands is
 * meant for us; other bots, channels, anonymous senders and automatic forwards never are.
 * Never throws, whatever comes in.
 * @param nowMs used for button presses, which carry no time of their own.
 */
export function decodeUpdate(update: unknown, me: BotIdentity, nowMs: number): Received | null {
  const read = readUpdate(update);
  if (read?.message) return decodeMessage(read.message, read.update_id, me);
  if (read?.callback_query) return decodePress(read.callback_query, read.update_id, me, nowMs);
  return null;
}

function decodeMessage(message: TelegramMessage, updateId: number, me: BotIdentity): Received | null {
  const { chat, from } = message;
  if (chat.type === 'channel' || from === undefined || from.is_bot || from.id === me.id) return null;
  if (message.sender_chat || message.via_bot || message.is_automatic_forward) return null;
  const content = chat.type === 'private' ? privateContent(message, me) : groupContent(message, me);
  if (content === null) return null;
  const messageId = String(message.message_id);
  const address = addressOf(message);
  return {
    message: {
      channel: 'telegram',
      lane: laneOf(address),
      messageId,
      senderId: String(from.id),
      content,
      sentAtMs: message.date * 1000,
      address,
      ...(message.reply_to_message !== undefined && isReplyTo(me, message) && { repliesTo: [String(message.reply_to_message.message_id)] }),
    },
    dedupeKeys: [`tg:${me.id}:${updateId}`, `tg:${me.id}:${chat.id}:${messageId}:${message.edit_date ?? 0}`],
  };
}

function decodePress(press: TelegramCallbackQuery, updateId: number, me: BotIdentity, nowMs: number): Received | null {
  const action = press.data === undefined ? null : decodeAction(press.data);
  if (action === null || press.message === undefined || press.message.chat.type === 'channel' || press.from.is_bot) return null;
  const address = addressOf(press.message);
  return {
    message: {
      channel: 'telegram',
      lane: laneOf(address),
      messageId: press.id,
      senderId: String(press.from.id),
      content: { kind: 'action', action },
      sentAtMs: nowMs,
      address,
      repliesTo: [String(press.message.message_id)],
    },
    dedupeKeys: [`tg:${me.id}:${updateId}`, `tg:${me.id}:press:${press.id}`],
  };
}

/** In private everything is meant for us, and a command we do not know asks for help. */
function privateContent(message: TelegramMessage, me: BotIdentity): IncomingContent | null {
  const document = readDocument(message);
  if (document !== null) return fileContent(document, message.caption ?? '');
  const written = wordsOf(message);
  if (written === null) {
    const what = WORDLESS.find((kind) => message[kind] !== undefined);
    return what === undefined ? null : { kind: 'unsupported', what };
  }
  const command = commandOf(written, me);
  if (command === 'of-another-bot') return null;
  if (command === null) return textContent(written, me);
  return isCommandName(command.name, 'private') ? command : HELP;
}

function groupContent(message: TelegramMessage, me: BotIdentity): IncomingContent | null {
  const written = wordsOf(message);
  if (written === null) return null;
  const command = commandOf(written, me);
  if (command === 'of-another-bot') return null;
  if (command !== null) return isCommandName(command.name, 'group') ? command : null;
  const isMentioned = written.entities.some((entity) => isOwnMention(written.text, entity, me));
  return isMentioned || isReplyTo(me, message) ? textContent(written, me) : null;
}

const HELP: IncomingContent = { kind: 'command', name: 'help', args: '' };

function fileContent({ file_id: fileId, file_name: name = '', file_size: bytes }: TelegramDocument, caption: string): IncomingContent {
  return { kind: 'file', fileId, name: fileName(name), bytes: bytes ?? null, caption: clean(caption) };
}

/** The last part of a name that may hold a path. */
function fileName(name: string): string {
  return clean(name).split(/[\\/]/).at(-1)!.slice(0, 255).toWellFormed();
}

/** A mention with nothing beside it asks for help. */
function textContent({ text, entities }: Written, me: BotIdentity): IncomingContent {
  const words = clean(stripMentions(text, entities, me));
  return words === '' ? HELP : { kind: 'text', text: words };
}

/** The first message of a forum topic counts as replied to by all others; that is no reply to us, even if we opened the topic. */
function isReplyTo(me: BotIdentity, message: TelegramMessage): boolean {
  const repliedTo = message.reply_to_message;
  return repliedTo?.from?.id === me.id && repliedTo['forum_topic_created'] === undefined;
}

interface Written {
  readonly text: string;
  readonly entities: readonly TelegramEntity[];
}

/** The text of a message or the caption of a picture, or null when there are no words. */
function wordsOf(message: TelegramMessage): Written | null {
  if (message.text !== undefined) return { text: message.text, entities: message.entities ?? [] };
  if (message.caption !== undefined) return { text: message.caption, entities: message.caption_entities ?? [] };
  return null;
}

/** The command a text begins with. A first command addressed to another bot makes the whole message that bot's, wherever it stands. */
function commandOf({ text, entities }: Written, me: BotIdentity): Extract<IncomingContent, { kind: 'command' }> | 'of-another-bot' | null {
  const first = entities.toSorted((a, b) => a.offset - b.offset)[0];
  if (first?.type !== 'bot_command') return null;
  const [name = '', target] = textOf(text, first).slice(1).toLowerCase().split('@');
  if (target !== undefined && target !== me.username.toLowerCase()) return 'of-another-bot';
  if (first.offset > 0) return null;
  const rest = entities.map((entity) => ({ ...entity, offset: entity.offset - first.length })).filter((entity) => entity.offset >= 0);
  return { kind: 'command', name: clean(name), args: clean(stripMentions(text.slice(first.length), rest, me)) };
}

function addressOf(message: Pick<TelegramMessage, 'chat' | 'message_id' | 'is_topic_message' | 'message_thread_id'>): Address {
  const isInTopic = message.is_topic_message === true && message.message_thread_id !== undefined;
  return {
    chatId: String(message.chat.id),
    chatKind: message.chat.type === 'private' ? 'private' : 'group',
    threadId: isInTopic ? String(message.message_thread_id) : null,
    replyTo: String(message.message_id),
  };
}

function laneOf({ chatId, threadId }: Address): string {
  return threadId === null ? `telegram:${chatId}` : `telegram:${chatId}:${threadId}`;
}

/** Text every store can hold: no U+0000, no half of a surrogate pair. */
function clean(text: string): string {
  return text.replaceAll('\0', '').toWellFormed().trim();
}

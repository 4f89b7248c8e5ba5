import { z } from 'zod';

/** Updates to ask Telegram for. Edits, channel posts, reactions and the rest never reach us. */
export const ALLOWED_UPDATES = ['message', 'callback_query', 'my_chat_member'] as const;

const user = z.object({ id: z.int(), is_bot: z.boolean().optional(), username: z.string().optional() });

const chat = z.object({ id: z.int(), type: z.enum(['private', 'group', 'supergroup', 'channel']) });

/** A stretch of the text, in UTF-16 units, as JavaScript counts. */
const entity = z.object({ type: z.string(), offset: z.int().nonnegative(), length: z.int().nonnegative(), user: user.optional() });

/** Loose: the names of the other fields say what a message without text is. */
const message = z.looseObject({
  message_id: z.int(),
  date: z.int(),
  edit_date: z.int().optional(),
  chat,
  from: user.optional(),
  sender_chat: z.object({ id: z.int() }).optional(),
  via_bot: user.optional(),
  is_automatic_forward: z.boolean().optional(),
  is_topic_message: z.boolean().optional(),
  message_thread_id: z.int().optional(),
  reply_to_message: z.looseObject({ message_id: z.int(), from: user.optional() }).optional(),
  text: z.string().optional(),
  entities: z.array(entity).optional(),
  caption: z.string().optional(),
  caption_entities: z.array(entity).optional(),
});

/** The message below which the pressed button stands. Too old to be shown to us, it comes with `date` 0 and little else. */
const buttonMessage = z.object({
  message_id: z.int(),
  date: z.int(),
  chat,
  is_topic_message: z.boolean().optional(),
  message_thread_id: z.int().optional(),
});

const callbackQuery = z.object({
  id: z.string(),
  from: user,
  message: buttonMessage.optional(),
  data: z.string().optional(),
});

/** We were added to a chat, removed from it or blocked. */
const membership = z.object({ chat, new_chat_member: z.object({ status: z.string() }) });

const update = z.object({
  update_id: z.int(),
  message: message.optional(),
  callback_query: callbackQuery.optional(),
  my_chat_member: membership.optional(),
});

/** A file sent as it is, not as a picture or a video. */
const document = z.object({
  file_id: z.string().regex(/^[\w-]{1,256}$/),
  file_name: z.string().optional(),
  file_size: z.int().nonnegative().optional(),
});

export type TelegramDocument = z.infer<typeof document>;
export type TelegramEntity = z.infer<typeof entity>;
export type TelegramMessage = z.infer<typeof message>;
export type TelegramCallbackQuery = z.infer<typeof callbackQuery>;
export type TelegramUpdate = z.infer<typeof update>;

/** The part of an update that we read, its types checked; null when it is not of that shape. Never throws. */
export function readUpdate(value: unknown): TelegramUpdate | null {
  return update.safeParse(value).data ?? null;
}

/** The file of a message; null when there is none. An animation is no file to us, though Telegram adds one for old clients. */
export function readDocument(message: TelegramMessage): TelegramDocument | null {
  return message['animation'] === undefined ? (document.safeParse(message['document']).data ?? null) : null;
}

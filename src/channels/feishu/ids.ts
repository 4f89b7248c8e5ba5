import type { Address } from '../../domain/message.ts';

// The SDK puts ids into request paths as they are, so an id with a slash would reach another endpoint: every id is checked on its way in and out.
const matches =
  (pattern: RegExp) =>
  (value: unknown): value is string =>
    typeof value === 'string' && pattern.test(value);

export const isMessageId: (value: unknown) => value is string = matches(/^om_[A-Za-z0-9_-]{1,64}$/);
export const isChatId: (value: unknown) => value is string = matches(/^oc_[A-Za-z0-9_-]{1,64}$/);
export const isThreadId: (value: unknown) => value is string = matches(/^omt_[A-Za-z0-9_-]{1,64}$/);
export const isOpenId: (value: unknown) => value is string = matches(/^ou_[A-Za-z0-9_-]{1,64}$/);
export const isEventId: (value: unknown) => value is string = matches(/^[\w:.-]{1,128}$/);
/** A file of a message; known only together with the message. */
export const isFileKey: (value: unknown) => value is string = matches(/^[A-Za-z0-9_-]{1,128}$/);

/** An app of one's own; the long connection accepts no other form. */
export const isAppId: (value: unknown) => value is string = matches(/^cli_[0-9a-fA-F]{16}$/);

/** @example laneOf('oc_1', 'omt_2') // → "feishu:oc_1:omt_2" */
export function laneOf(chatId: string, threadId: string | null): string {
  return threadId === null ? `feishu:${chatId}` : `feishu:${chatId}:${threadId}`;
}

/** Whether every id of the address may be sent to the platform. */
export function isSendable(address: Address): boolean {
  return isChatId(address.chatId) && (address.replyTo === null || isMessageId(address.replyTo));
}

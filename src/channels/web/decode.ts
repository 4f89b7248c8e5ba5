import type { z } from 'zod';
import { decodeAction } from '../../domain/action.ts';
import { AppError } from '../../domain/errors.ts';
import type { Incoming, IncomingContent } from '../../domain/message.ts';
import { type AskRequest, askRequest, type ChatRequest, chatRequest, type ExplainRequest, explainRequest } from './schemas.ts';

/** @throws {AppError} `INPUT_INVALID` naming the first thing that is not as expected. */
export function decodeAsk(body: unknown): AskRequest {
  return check(askRequest, body);
}

/** @throws {AppError} `INPUT_INVALID` naming the first thing that is not as expected. */
export function decodeChat(body: unknown): ChatRequest {
  return check(chatRequest, body);
}

/** @throws {AppError} `INPUT_INVALID` naming the first thing that is not as expected. */
export function decodeExplain(body: unknown): ExplainRequest {
  return check(explainRequest, body);
}

/** @throws {AppError} `INPUT_INVALID` for what no conversation or message of ours is called */
export function decodeNews(conversationId: unknown, seen: unknown): { readonly conversationId: string; readonly seen: string | null } {
  const isId = (value: unknown): value is string => typeof value === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(value);
  if (!isId(conversationId) || (seen !== undefined && !isId(seen))) {
    throw new AppError('INPUT_INVALID', 'Expected the id of a conversation, and of a message as "seen"');
  }
  return { conversationId, seen: seen ?? null };
}

/**
 * What a checked chat request says to us. Length is no error here: the assistant asks for a shorter question itself.
 * @throws {AppError} `INPUT_INVALID` for an action no button of ours carries.
 */
export function contentOf(request: ChatRequest): IncomingContent {
  if (request.action === undefined) return { kind: 'text', text: request.question ?? '' };
  const action = decodeAction(request.action);
  if (action === null) throw new AppError('INPUT_INVALID', `Expected "action" to be the action of a button, got "${request.action}"`);
  return { kind: 'action', action };
}

/** One web conversation is one private chat with one person. */
export function incoming(content: IncomingContent, conversationId: string, messageId: string, nowMs: number): Incoming {
  return {
    channel: 'web',
    lane: `web:${conversationId}`,
    messageId,
    senderId: conversationId,
    content,
    sentAtMs: nowMs,
    address: { chatId: conversationId, chatKind: 'private', threadId: null, replyTo: null },
  };
}

/** Document, number and revision of a section's address, or null when no section can have it. */
export function decodeSectionAddress(
  documentId: unknown,
  number: unknown,
  revision: unknown,
): { documentId: string; number: number; revision: number | null } | null {
  if (typeof documentId !== 'string' || !/^[a-z0-9-]{1,40}$/.test(documentId)) return null;
  if (typeof number !== 'string' || !/^\d{1,4}$/.test(number)) return null;
  if (revision === undefined) return { documentId, number: Number(number), revision: null };
  if (typeof revision !== 'string' || !/^[1-9]\d{0,8}$/.test(revision)) return null;
  return { documentId, number: Number(number), revision: Number(revision) };
}

function check<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  if (body === undefined) throw new AppError('INPUT_INVALID', 'Expected a JSON body with content type application/json');
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw new AppError('INPUT_INVALID', result.error.issues[0]?.message ?? 'Expected another shape of body');
}

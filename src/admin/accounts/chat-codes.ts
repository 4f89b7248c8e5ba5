import { randomInt } from 'node:crypto';
import type { AdminStore } from '../store.ts';
import { digestOf } from './secrets.ts';

/** Without 0 O 1 I L: they look alike. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const LENGTH = 8;
const GOOD_FOR_MS = 10 * 60_000;

/** What is kept of a chat code; however it was typed. */
export const chatCodeDigest = (code: string): string => digestOf(`chat:${code.normalize('NFKC').replaceAll(/[\s-]/g, '').toUpperCase()}`);

/** A code with which somebody binds their chat account to `userId`: good once, for ten minutes. */
export async function newChatCode(store: AdminStore, userId: string, nowMs: number): Promise<{ code: string; expiresAtMs: number }> {
  const code = Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  const expiresAtMs = nowMs + GOOD_FOR_MS;
  await store.saveCode({ digest: chatCodeDigest(code), purpose: 'chat', userId, expiresAtMs });
  return { code, expiresAtMs };
}

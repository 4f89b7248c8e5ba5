import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 bits nobody can guess, base64url. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** What is kept of a secret: sha256, base64url. Enough for secrets of full strength; passwords have scrypt. */
export const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

/** Compares without telling by its time how much is right. */
export function isSameSecret(given: string, kept: string): boolean {
  const [left, right] = [given, kept].map((text) => createHash('sha256').update(text).digest()) as [Buffer, Buffer];
  return timingSafeEqual(left, right);
}

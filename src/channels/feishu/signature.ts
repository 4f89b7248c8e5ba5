import { createDecipheriv, createHash, createSecretKey, hash, type KeyObject, timingSafeEqual } from 'node:crypto';

/** What the headers of a callback claim. */
export interface SignatureHeaders {
  /** Epoch seconds, as text. */
  readonly timestamp: string;
  readonly nonce: string;
  /** Lower-case hex. */
  readonly signature: string;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** An event is pushed again for up to 7.1 hours, and whether a repeat is signed anew is not documented. */
export const MAX_AGE_MS = 8 * 60 * MINUTE;
/** What the platform's clock may be ahead of ours. */
export const MAX_AHEAD_MS = 5 * MINUTE;

/** Whether the body, byte for byte, was signed with our Encrypt Key. Takes the same time wherever a wrong signature differs. */
export function isSignedWith(encryptKey: string, headers: SignatureHeaders, body: Buffer): boolean {
  const expected = createHash('sha256').update(headers.timestamp).update(headers.nonce).update(encryptKey).update(body).digest();
  return equals(expected, Buffer.from(headers.signature, 'hex'));
}

/** Whether the signed time lies in the window in which the platform still delivers. */
export function isTimely(timestamp: string, nowMs: number): boolean {
  if (!/^\d{10}$/.test(timestamp)) return false;
  const ageMs = nowMs - Number(timestamp) * SECOND;
  return ageMs <= MAX_AGE_MS && ageMs >= -MAX_AHEAD_MS;
}

/** Compares with a secret without telling by its duration how much of it agrees. */
export function secretCheck(secret: string): (given: unknown) => boolean {
  const digest = (text: string): Buffer => hash('sha256', text, 'buffer');
  const expected = digest(secret);
  return (given) => typeof given === 'string' && equals(expected, digest(given));
}

/** The key of the bodies: the SHA-256 of the Encrypt Key. */
export const bodyKey = (encryptKey: string): KeyObject => createSecretKey(hash('sha256', encryptKey, 'buffer'));

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** @throws {TypeError} when the bytes are not UTF-8 */
export const decodeUtf8 = (bytes: Uint8Array): string => utf8.decode(bytes);

/**
 * Opens `{"encrypt": "…"}`: base64 of a 16-byte vector and AES-256-CBC.
 * @throws {Error} when it was not made with this key
 */
export function decrypt(key: KeyObject, encrypted: string): string {
  const bytes = Buffer.from(encrypted, 'base64');
  const decipher = createDecipheriv('aes-256-cbc', key, bytes.subarray(0, 16));
  return decodeUtf8(Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]));
}

function equals(expected: Buffer, actual: Buffer): boolean {
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

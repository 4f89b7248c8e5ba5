import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

interface Cost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** 32 MB and about a tenth of a second for each guess. */
const COST: Cost = { N: 2 ** 15, r: 8, p: 1 };
/** Most memory a kept hash may ask for: higher costs later, not a hash somebody planted. */
const MAX_MEMORY = 256 * 1024 * 1024;
const SALT_BYTES = 16;
const HASH_BYTES = 32;

export interface PasswordCheck {
  readonly isRight: boolean;
  /** It is right, but kept at another cost than today's: keep it anew. */
  readonly needsRehash: boolean;
}

/** @returns `scrypt$N$r$p$salt$hash`, salt and hash in base64url */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, COST, HASH_BYTES);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/**
 * Whether a password is the one kept.
 * @param kept null when there is no such user: costs the same time and is never right
 */
export async function checkPassword(password: string, kept: string | null): Promise<PasswordCheck> {
  const parts = /^scrypt\$(\d{1,8})\$(\d{1,2})\$(\d{1,2})\$([\w-]+)\$([\w-]+)$/.exec(kept ?? '');
  const cost = parts ? { N: Number(parts[1]), r: Number(parts[2]), p: Number(parts[3]) } : COST;
  const expected = parts ? Buffer.from(parts[5]!, 'base64url') : randomBytes(HASH_BYTES);
  const salt = parts ? Buffer.from(parts[4]!, 'base64url') : randomBytes(SALT_BYTES);
  const given = await derive(password, salt, cost, expected.length);
  const isRight = timingSafeEqual(given, expected) && parts !== null;
  return { isRight, needsRehash: isRight && (cost.N !== COST.N || cost.r !== COST.r || cost.p !== COST.p) };
}

/** The same characters typed on another keyboard are the same password. */
const derive = (password: string, salt: Buffer, { N, r, p }: Cost, length: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, length, { N, r, p, maxmem: MAX_MEMORY }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });

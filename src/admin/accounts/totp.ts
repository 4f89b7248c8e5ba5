import { Secret, TOTP } from 'otpauth';

const PERIOD_S = 30;
const ISSUER = '问策 Wence';

const generator = (secret: string, label = ''): TOTP =>
  new TOTP({ issuer: ISSUER, label, algorithm: 'SHA1', digits: 6, period: PERIOD_S, secret: Secret.fromBase32(secret) });

/** A secret for an authenticator app, base32. */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32;

/** The `otpauth://` address for a QR code. */
export const totpUri = (secret: string, signInName: string): string => generator(secret, signInName).toString();

/**
 * The counter of a code, which may be one period early or late.
 * @param usedCounter that of the last code accepted: it and older ones are not good any more
 * @returns null when the code is not good
 */
export function totpCounter(secret: string, code: string, nowMs: number, usedCounter: number | null): number | null {
  const token = code.replaceAll(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return null;
  const delta = generator(secret).validate({ token, timestamp: nowMs, window: 1 });
  if (delta === null) return null;
  const counter = Math.floor(nowMs / 1000 / PERIOD_S) + delta;
  return usedCounter !== null && counter <= usedCounter ? null : counter;
}

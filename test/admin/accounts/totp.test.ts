import { Secret, TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { newTotpSecret, totpCounter, totpUri } from '../../../src/admin/accounts/totp.ts';

/** RFC 6238, appendix B: the secret "12345678901234567890", the last six of its eight digits. */
const RFC_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('second factor', () => {
  it.each([
    [59, '287082', 1],
    [1_111_111_109, '081804', 37_037_036],
    [1_234_567_890, '005924', 41_152_263],
    [2_000_000_000, '279037', 66_666_666],
  ])('accepts the code of RFC 6238 at %d s', (seconds, code, counter) => {
    expect(totpCounter(RFC_SECRET, code, seconds * 1000, null)).toBe(counter);
  });

  it('accepts a code one period early or late, not two', () => {
    const secret = newTotpSecret();
    const nowMs = 1_800_000_000_000;
    const codeAt = (timestamp: number): string => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp });
    const at = (periods: number): number | null => totpCounter(secret, codeAt(nowMs + periods * 30_000), nowMs, null);
    expect([at(-1), at(0), at(1)]).toEqual([59_999_999, 60_000_000, 60_000_001]);
    expect([at(-2), at(2)]).toEqual([null, null]);
  });

  it('accepts each code once, and none older than the last', () => {
    expect(totpCounter(RFC_SECRET, '287082', 59_000, 0)).toBe(1);
    expect(totpCounter(RFC_SECRET, '287082', 59_000, 1)).toBeNull();
    expect(totpCounter(RFC_SECRET, '287082', 59_000, 2)).toBeNull();
  });

  it.each(['', '28708', '2870822', 'abcdef', '２８７０８２'])('does not take %s for a code', (code) => {
    expect(totpCounter(RFC_SECRET, code, 59_000, null)).toBeNull();
  });

  it('gives an address for authenticator apps', () => {
    const uri = new URL(totpUri(RFC_SECRET, 'chen.li'));
    expect(uri.protocol).toBe('otpauth:');
    expect(uri.searchParams.get('secret')).toBe(RFC_SECRET);
    expect(decodeURIComponent(uri.pathname)).toContain('chen.li');
  });
});

import { describe, expect, it } from 'vitest';
import { bodyKey, decrypt, isSignedWith, isTimely, secretCheck } from '../../../src/channels/feishu/signature.ts';
import { encrypt, sign } from '../../fakes/feishu-events.ts';

describe('encryption', () => {
  it('opens the example of the documentation', () => {
    expect(decrypt(bodyKey('test key'), 'P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=')).toBe('hello world');
  });

  it('does not open what another key closed, nor what is no ciphertext', () => {
    // Padding may come out right by chance; the text then is no UTF-8 or no JSON.
    const attempt = () => JSON.parse(decrypt(bodyKey('our key'), encrypt('another key', '{"a":"补贴"}'))) as unknown;
    for (let round = 0; round < 50; round += 1) expect(attempt).toThrow();
    for (const garbage of ['', 'AAAA', '补贴', 'P37w+VZImNgPEO1RBhJ6RtKl7n6zymIb'])
      expect(() => decrypt(bodyKey('our key'), garbage)).toThrow();
  });
});

describe('signatures', () => {
  const body = Buffer.from('{ "encrypt": "…" }');
  const headers = { timestamp: '1700000000', nonce: 'n', signature: sign('key', '1700000000', 'n', body) };

  it('holds for the very bytes, with this key, time and nonce', () => {
    expect(isSignedWith('key', headers, body)).toBe(true);
    expect(isSignedWith('another', headers, body)).toBe(false);
    expect(isSignedWith('key', headers, Buffer.from('{"encrypt":"…"}'))).toBe(false);
    expect(isSignedWith('key', { ...headers, timestamp: '1700000001' }, body)).toBe(false);
    expect(isSignedWith('key', { ...headers, nonce: 'm' }, body)).toBe(false);
    for (const signature of ['', 'f', headers.signature.slice(2), `${headers.signature}00`, 'zz']) {
      expect(isSignedWith('key', { ...headers, signature }, body)).toBe(false);
    }
  });

  it('holds for eight hours, and for a clock five minutes ahead', () => {
    const now = 1_700_000_000_000;
    const at = (offsetSeconds: number) => isTimely(String(1_700_000_000 + offsetSeconds), now);
    expect([at(0), at(-8 * 3600), at(300)]).toEqual([true, true, true]);
    expect([at(-8 * 3600 - 1), at(301)]).toEqual([false, false]);
    for (const odd of ['', 'now', '-1', '1e9', ' 1700000000', '99999999999']) expect(isTimely(odd, now)).toBe(false);
  });

  it('compares secrets of any length and kind', () => {
    const isToken = secretCheck('token');
    expect(isToken('token')).toBe(true);
    for (const other of ['toke', 'tokens', '', null, undefined, 1, {}]) expect(isToken(other)).toBe(false);
  });
});

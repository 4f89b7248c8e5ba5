import { scryptSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkPassword, hashPassword } from '../../../src/admin/accounts/password.ts';
import { requireGoodPassword } from '../../../src/admin/accounts/password-rules.ts';

const PASSWORD = '春眠不觉晓 处处闻啼鸟';

describe('passwords', () => {
  it('keeps a salted scrypt hash that only the password fits', async () => {
    const [one, other] = [await hashPassword(PASSWORD), await hashPassword(PASSWORD)];
    expect(one).toMatch(/^scrypt\$32768\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
    expect(one).not.toBe(other);
    expect(await checkPassword(PASSWORD, one)).toEqual({ isRight: true, needsRehash: false });
    expect(await checkPassword(`${PASSWORD} `, one)).toEqual({ isRight: false, needsRehash: false });
  });

  it('takes the same characters typed on another keyboard', async () => {
    const kept = await hashPassword('Ｗｅｎｃｅ　correct horse');
    expect((await checkPassword('Wence correct horse', kept)).isRight).toBe(true);
  });

  it('asks for a new hash when one was kept at a lower cost', async () => {
    const salt = Buffer.from('0123456789abcdef');
    const hash = scryptSync('correct horse battery', salt, 32, { N: 1024, r: 8, p: 1 });
    const kept = `scrypt$1024$8$1$${salt.toString('base64url')}$${hash.toString('base64url')}`;
    expect(await checkPassword('correct horse battery', kept)).toEqual({ isRight: true, needsRehash: true });
    expect(await checkPassword('correct horse', kept)).toEqual({ isRight: false, needsRehash: false });
  });

  it.each([null, '', 'scrypt$x', 'plain'])('is never right for a user who is not there (%s)', async (kept) => {
    expect(await checkPassword('', kept)).toEqual({ isRight: false, needsRehash: false });
    expect(await checkPassword('plain', kept)).toEqual({ isRight: false, needsRehash: false });
  });

  it.each([
    ['short', '12 个字符'],
    ['my Chen.Li password', '登录名'],
    ['Password1234', '太常见'],
    ['ａｄｍｉｎｉｓｔｒａｔｏｒ', '太常见'],
    ['ababababababab', '太常见'],
  ])('refuses %s', (password, why) => {
    expect(() => requireGoodPassword(password, 'chen.li')).toThrow(why);
  });

  it('takes a password of unrelated words', () => {
    expect(() => requireGoodPassword('correct horse battery', 'chen.li')).not.toThrow();
    expect(() => requireGoodPassword(PASSWORD.repeat(2), 'chen.li')).not.toThrow();
  });
});

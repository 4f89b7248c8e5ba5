import { Secret, TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../../src/admin/accounts/secrets.ts';
import { prepareSetUp } from '../../src/admin/accounts/set-up.ts';
import { actionsIn, PASSWORD, START_MS, startAdmin, statusesOf } from './harness.ts';

const NEW_PASSWORD = 'staple the other horse';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('set-up', () => {
  it('makes the first admin with the one-time code, once', async () => {
    const admin = await startAdmin();
    const code = await prepareSetUp(admin.store, admin.now);
    const browser = admin.client();
    expect((await browser.get('/gate')).body).toEqual({ needsSetUp: true, minPassword: 12 });
    const form = { code, name: 'Chen.Li', displayName: '陈丽', password: PASSWORD };
    const made = await browser.post('/set-up', form);
    expect(made.status).toBe(200);
    expect(made.body.user).toMatchObject({ name: 'chen.li', displayName: '陈丽', role: 'admin', mustChangePassword: false });
    expect((await browser.get('/session')).body.user.name).toBe('chen.li');
    expect((await admin.client().post('/set-up', { ...form, name: 'mallory' })).status).toBe(403);
    expect((await browser.get('/gate')).body.needsSetUp).toBe(false);
    expect(await prepareSetUp(admin.store, admin.now)).toBeNull();
    expect(await actionsIn(admin)).toEqual([
      `account.set-up account:${made.body.user.id}`,
      `session.signed-in account:${made.body.user.id}`,
    ]);
  });

  it('takes no guessed and no old code', async () => {
    const admin = await startAdmin();
    const code = await prepareSetUp(admin.store, admin.now);
    const form = { name: 'chen.li', displayName: '陈丽', password: PASSWORD };
    expect((await admin.client().post('/set-up', { ...form, code: 'guess' })).body.error.code).toBe('FORBIDDEN');
    admin.later(24 * HOUR + 1);
    expect((await admin.client().post('/set-up', { ...form, code })).status).toBe(403);
    expect(await admin.store.users()).toEqual([]);
  });

  it('refuses a password that would be guessed, and keeps the code', async () => {
    const admin = await startAdmin();
    const form = { code: await prepareSetUp(admin.store, admin.now), name: 'chenli', displayName: '陈丽' };
    expect((await admin.client().post('/set-up', { ...form, password: 'chenli and horses' })).body.error).toMatchObject({
      code: 'INPUT_INVALID',
    });
    expect((await admin.client().post('/set-up', { ...form, password: PASSWORD })).status).toBe(200);
  });
});

describe('signing in', () => {
  it('gives a cookie no script can read and keeps only its digest', async () => {
    const admin = await startAdmin();
    await admin.makeUser('ann', 'editor');
    const browser = admin.client();
    const { status, headers, body } = await browser.post('/session', { name: ' Ann ', password: PASSWORD });
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.getSetCookie()[0]).toMatch(/^wence=[\w-]{43}; Max-Age=43200; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Strict$/);
    expect(body).toEqual({
      user: { id: 'u_ann', name: 'ann', displayName: 'ann 先生', role: 'editor', hasTotp: false, mustChangePassword: false },
      csrfToken: expect.stringMatching(/^[\w-]{43}$/),
      isSingleAdmin: true,
      idleMinutes: 60,
    });
    const secret = browser.cookie!.slice('wence='.length);
    expect(await admin.store.session(secret)).toBeNull();
    expect(await admin.store.session(digestOf(secret))).toMatchObject({ userId: 'u_ann', from: '127.0.0.1' });
    expect((await browser.get('/session')).body.csrfToken).toBe(body.csrfToken);
  });

  it('sends the cookie over nothing but https where there is https', async () => {
    const admin = await startAdmin({ isSecure: true });
    await admin.makeUser('ann', 'editor');
    const browser = admin.client();
    const { headers } = await browser.post('/session', { name: 'ann', password: PASSWORD });
    expect(headers.getSetCookie()[0]).toMatch(/^__Host-wence=[\w-]{43}; .*Path=\/; .*HttpOnly; Secure; SameSite=Strict$/);
    expect((await browser.get('/session')).status).toBe(200);
    browser.cookie = browser.cookie!.replace('__Host-', '');
    expect((await browser.get('/session')).status).toBe(401);
  });

  it('starts a new session whatever cookie the browser had before, and ends that one', async () => {
    const admin = await startAdmin();
    const planted = await admin.signedIn('viewer', 'mallory');
    await admin.makeUser('ann', 'editor');
    const before = planted.cookie!;
    const { headers } = await planted.request('post', '/session', { body: { name: 'ann', password: PASSWORD } });
    expect(headers.getSetCookie()[0]).not.toContain(before);
    const old = admin.client(null, { cookie: before });
    expect((await old.get('/session')).status).toBe(401);
    const fixed = admin.client(null, { cookie: `wence=${'A'.repeat(43)}` });
    await fixed.post('/session', { name: 'ann', password: PASSWORD });
    expect(fixed.cookie).not.toBe(`wence=${'A'.repeat(43)}`);
  });

  it('tells an unknown name, a wrong password and a disabled user in the same words', async () => {
    const admin = await startAdmin();
    await admin.makeUser('ann', 'editor');
    await admin.makeUser('ben', 'editor', { disabledAtMs: 1 });
    const attempt = async (name: string, password: string) => (await admin.client().post('/session', { name, password })).body;
    const wrong = await attempt('ann', 'wrong horse battery');
    expect(wrong.error.code).toBe('UNAUTHENTICATED');
    expect(await attempt('nobody', PASSWORD)).toEqual(wrong);
    expect(await attempt('ben', PASSWORD)).toEqual(wrong);
    expect(await attempt('', '')).toEqual(wrong);
    expect(await actionsIn(admin)).toEqual([
      'session.refused account:u_ann',
      'session.refused -',
      'session.refused account:u_ben',
      'session.refused -',
    ]);
  });

  it('writes no password into the audit log that was typed into the field for the name', async () => {
    const admin = await startAdmin();
    await admin.client().post('/session', { name: 'My secret Pass!', password: 'x' });
    expect(JSON.stringify(await admin.store.audit({ limit: 10 }))).not.toMatch(/secret pass/i);
  });

  it('refuses a page of another site', async () => {
    const admin = await startAdmin();
    await admin.makeUser('ann', 'editor');
    const body = { name: 'ann', password: PASSWORD };
    const foreign: Record<string, string>[] = [{ Origin: 'https://evil.example' }, { 'Sec-Fetch-Site': 'cross-site' }];
    for (const headers of foreign) {
      const { status, headers: answer } = await admin.client().request('post', '/session', { body, headers });
      expect(status).toBe(403);
      expect(answer.getSetCookie()).toEqual([]);
    }
  });

  it('ends a session that was idle for an hour, and any after twelve', async () => {
    const admin = await startAdmin();
    const idle = await admin.signedIn('viewer');
    admin.later(59 * MINUTE);
    expect((await idle.get('/session')).status).toBe(200);
    admin.later(59 * MINUTE);
    expect((await idle.get('/session')).status).toBe(200);
    admin.later(60 * MINUTE);
    expect((await idle.get('/session')).status).toBe(401);
    const busy = await admin.signedIn('viewer');
    for (let hour = 0; hour < 11; hour++) {
      admin.later(59 * MINUTE);
      expect((await busy.get('/session')).status).toBe(200);
    }
    admin.later(12 * HOUR - 11 * 59 * MINUTE - 1);
    // Just seen, and over all the same.
    const { session } = { session: await admin.store.session(digestOf(busy.cookie!.slice(6))) };
    await admin.store.saveSession({ ...session!, seenAtMs: admin.now() }, null);
    expect((await busy.get('/session')).status).toBe(200);
    admin.later(1);
    expect((await busy.get('/session')).status).toBe(401);
  });

  it('signs out', async () => {
    const admin = await startAdmin();
    const browser = await admin.signedIn('viewer');
    const { cookie } = browser;
    const { status, headers } = await browser.request('delete', '/session');
    expect(status).toBe(204);
    expect(headers.getSetCookie()[0]).toMatch(/^wence=; Path=\/; Expires=Thu, 01 Jan 1970/);
    browser.cookie = cookie;
    expect((await browser.get('/session')).status).toBe(401);
  });
});

describe('too many failures', () => {
  const attempt = (admin: Awaited<ReturnType<typeof startAdmin>>, name: string, password: string, from = '203.0.113.1') =>
    admin.client().request('post', '/session', { body: { name, password }, headers: { 'X-Forwarded-For': from } });

  it('close a name for a quarter of an hour, also to the right password and from elsewhere', async () => {
    const admin = await startAdmin();
    await admin.makeUser('ann', 'editor');
    const wrong = await Promise.all(Array.from({ length: 8 }, (_, index) => attempt(admin, 'ann', 'wrong', `203.0.113.${index}`)));
    expect(statusesOf(wrong)).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
    const closed = await attempt(admin, 'ann', PASSWORD, '198.51.100.9');
    expect(closed.status).toBe(429);
    expect(closed.body.error.code).toBe('RATE_LIMITED');
    expect(closed.headers.get('retry-after')).toBe('900');
    admin.later(15 * MINUTE + 1);
    expect((await attempt(admin, 'ann', PASSWORD)).status).toBe(200);
  });

  it('are forgotten after signing in', async () => {
    const admin = await startAdmin();
    await admin.makeUser('ann', 'editor');
    for (let round = 0; round < 2; round++) {
      for (let index = 0; index < 4; index++) await attempt(admin, 'ann', 'wrong');
      expect((await attempt(admin, 'ann', PASSWORD)).status).toBe(200);
    }
  });

  it('close an address, whatever names it tries, and no other', async () => {
    const admin = await startAdmin();
    await admin.makeUser('ann', 'editor');
    const tries = await Promise.all(Array.from({ length: 24 }, (_, index) => attempt(admin, `name${index}`, 'wrong', '2001:db8:1:2::1')));
    expect(tries.filter(({ status }) => status === 401)).toHaveLength(20);
    expect((await attempt(admin, 'ann', PASSWORD, '2001:db8:1:2::ffff')).status).toBe(429);
    expect((await attempt(admin, 'ann', PASSWORD, '2001:db8:9::1')).status).toBe(200);
  });

  it('count for the current password asked for again', async () => {
    const admin = await startAdmin();
    const browser = await admin.signedIn('viewer');
    const change = () => browser.post('/account/password', { current: 'wrong', next: NEW_PASSWORD });
    for (let index = 0; index < 5; index++) expect((await change()).body.error.code).toBe('INPUT_INVALID');
    expect((await change()).status).toBe(429);
  });
});

describe('your account', () => {
  it('changes the password, ends other sessions and gives this browser a new one', async () => {
    const admin = await startAdmin();
    const [here, there] = [await admin.signedIn('viewer'), await admin.signedIn('viewer')];
    const before = here.cookie;
    const { status } = await here.post('/account/password', { current: PASSWORD, next: NEW_PASSWORD });
    expect(status).toBe(200);
    expect(here.cookie).not.toBe(before);
    expect((await here.get('/session')).status).toBe(200);
    expect((await there.get('/session')).status).toBe(401);
    expect((await admin.client(null, { cookie: before! }).get('/session')).status).toBe(401);
    expect((await admin.client().post('/session', { name: 'viewer', password: PASSWORD })).status).toBe(401);
    expect((await admin.client().post('/session', { name: 'viewer', password: NEW_PASSWORD })).status).toBe(200);
    expect(await actionsIn(admin)).toContain('account.password-changed account:u_viewer');
  });

  it('lets nobody stay with a bad or the same password', async () => {
    const admin = await startAdmin();
    const browser = await admin.signedIn('viewer');
    for (const next of ['short', 'the viewer horse', 'password1234', PASSWORD]) {
      expect((await browser.post('/account/password', { current: PASSWORD, next })).body.error.code).toBe('INPUT_INVALID');
    }
  });

  it('has a second factor, each code of which is good once', async () => {
    const admin = await startAdmin();
    const browser = await admin.signedIn('editor', 'ann');
    const { secret } = (await browser.post('/account/totp')).body;
    const code = (): string => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: admin.now() });
    expect((await browser.post('/account/totp/confirm', { code: '000000' })).body.error.code).toBe('INPUT_INVALID');
    expect((await browser.get('/session')).body.user.hasTotp).toBe(false);
    expect((await browser.post('/account/totp/confirm', { code: code() })).body).toMatchObject({ hasTotp: true });

    const signIn = (code?: string) =>
      admin.client().post('/session', { name: 'ann', password: PASSWORD, ...(code === undefined ? {} : { code }) });
    expect((await signIn()).body.error.code).toBe('TOTP_REQUIRED');
    // The code it was confirmed with is spent.
    expect((await signIn(code())).body.error.code).toBe('UNAUTHENTICATED');
    admin.later(30_000);
    const both = await Promise.all([signIn(code()), signIn(code())]);
    expect(statusesOf(both)).toEqual([200, 401]);
    admin.later(15 * MINUTE);
    expect((await signIn(code())).status).toBe(200);

    expect((await browser.post('/account/totp')).body.error.code).toBe('NOT_POSSIBLE');
    expect((await browser.post('/account/totp/off', { password: 'wrong' })).status).toBe(400);
    expect((await browser.post('/account/totp/off', { password: PASSWORD })).body).toMatchObject({ hasTotp: false });
    expect((await signIn()).status).toBe(200);
  });

  it('gives no more guesses at a code to who leaves it out in between', async () => {
    const admin = await startAdmin();
    await admin.makeUser('ann', 'editor', { totpSecret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' });
    const statuses: number[] = [];
    for (let index = 0; index < 6; index++) {
      const { status } = await admin
        .client()
        .post('/session', { name: 'ann', password: PASSWORD, ...(index % 2 ? {} : { code: '000000' }) });
      statuses.push(status);
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
  });

  it('can do nothing before a first password is changed', async () => {
    const admin = await startAdmin();
    const browser = await admin.signedIn('admin', 'ann', { mustChangePassword: true });
    expect((await browser.get('/session')).body.user.mustChangePassword).toBe(true);
    for (const path of ['/texts', '/users', '/tokens', '/overview']) expect((await browser.get(path)).status).toBe(403);
    expect((await browser.post('/account/password', { current: PASSWORD, next: NEW_PASSWORD })).status).toBe(200);
    expect((await browser.get('/users')).status).toBe(200);
  });

  it('makes chat codes that are good once, for ten minutes', async () => {
    const { createPeople } = await import('../../src/admin/accounts/people.ts');
    const admin = await startAdmin();
    const people = createPeople(admin.store, admin.now);
    const browser = await admin.signedIn('editor', 'ann');
    const chat = { channel: 'telegram', senderId: '42' } as const;
    const { code, command, expiresAtMs } = (await browser.post('/account/chats')).body;
    expect(code).toMatch(/^[2-9A-HJKMNP-Z]{8}$/);
    expect(command).toBe(`/bind ${code}`);
    expect(expiresAtMs).toBe(START_MS + 10 * MINUTE);
    expect(await people.memberOf(chat)).toBeNull();
    expect(await people.bind(chat, ` ${code.slice(0, 4).toLowerCase()}-${code.slice(4)} `)).toEqual({
      userId: 'u_ann',
      displayName: 'ann 先生',
      role: 'editor',
    });
    expect(await people.bind({ ...chat, senderId: '43' }, code)).toBeNull();
    expect((await browser.get('/account/chats')).body.items).toEqual([{ ...chat, boundAtMs: START_MS }]);
    const late = (await browser.post('/account/chats')).body.code;
    admin.later(10 * MINUTE + 1);
    expect(await people.bind({ ...chat, senderId: '44' }, late)).toBeNull();
    const other = await admin.signedIn('admin');
    expect((await other.request('delete', '/account/chats/telegram/42')).status).toBe(404);
    expect((await browser.request('delete', '/account/chats/telegram/42')).status).toBe(204);
    expect(await people.memberOf(chat)).toBeNull();
    expect(await actionsIn(admin)).toEqual(['chat.bound chat:telegram:42', 'chat.unbound chat:telegram:42']);
  });

  it('does not let a chat user guess codes', async () => {
    const { createPeople } = await import('../../src/admin/accounts/people.ts');
    const admin = await startAdmin();
    const people = createPeople(admin.store, admin.now);
    const browser = await admin.signedIn('editor', 'ann');
    const chat = { channel: 'feishu', senderId: 'ou_1' } as const;
    for (let index = 0; index < 5; index++) await people.bind(chat, `GUESS${index}`);
    const { code } = (await browser.post('/account/chats')).body;
    expect(await people.bind(chat, code)).toBeNull();
    admin.later(15 * MINUTE + 1);
    expect(await people.bind(chat, (await browser.post('/account/chats')).body.code)).not.toBeNull();
  });
});

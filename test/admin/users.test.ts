import { describe, expect, it } from 'vitest';
import { isSingleAdmin } from '../../src/admin/single-admin.ts';
import { actionsIn, PASSWORD, startAdmin, statusesOf } from './harness.ts';

const form = { name: 'ben', displayName: '本', role: 'editor', password: PASSWORD };

describe('people', () => {
  it('are made with a first password they have to change', async () => {
    const admin = await startAdmin();
    const chief = await admin.signedIn('admin', 'chief');
    const made = await chief.post('/users', form);
    expect(made.body).toEqual({
      id: expect.any(String),
      name: 'ben',
      displayName: '本',
      role: 'editor',
      hasTotp: false,
      isDisabled: false,
      createdAtMs: admin.now(),
      chats: 0,
    });
    expect((await chief.post('/users', { ...form, name: 'BEN' })).body.error).toMatchObject({
      code: 'NOT_POSSIBLE',
      message: '登录名“ben”已被使用。',
    });
    expect((await chief.post('/users', { ...form, name: 'cleo', password: 'administrator' })).body.error.code).toBe('INPUT_INVALID');
    const ben = admin.client();
    expect((await ben.post('/session', { name: 'ben', password: PASSWORD })).body.user.mustChangePassword).toBe(true);
    expect((await ben.get('/texts')).status).toBe(403);
    const { text, body } = await chief.get('/users');
    expect(body.items.map(({ name }: { name: string }) => name).sort()).toEqual(['ben', 'chief']);
    expect(text).not.toMatch(/scrypt|passwordHash/);
    expect(await actionsIn(admin)).toContain(`account.created account:${made.body.id}`);
  });

  it.each([
    ['a new role', { role: 'viewer' }, 'account.changed'],
    ['a new password', { password: 'another good horse' }, 'account.password-reset'],
    ['being disabled', { isDisabled: true }, 'account.disabled'],
  ])('lose their sessions by %s', async (_what, change, action) => {
    const admin = await startAdmin();
    const chief = await admin.signedIn('admin', 'chief');
    const ben = await admin.signedIn('editor', 'ben');
    expect((await chief.request('patch', '/users/u_ben', { body: change })).status).toBe(200);
    expect((await ben.get('/session')).status).toBe(401);
    expect(await actionsIn(admin)).toEqual([`${action} account:u_ben`]);
  });

  it('keep them by a new display name', async () => {
    const admin = await startAdmin();
    const ben = await admin.signedIn('editor', 'ben');
    await (await admin.signedIn('admin')).request('patch', '/users/u_ben', { body: { displayName: '本先生' } });
    expect((await ben.get('/session')).body.user.displayName).toBe('本先生');
  });

  it('get their second factor and their account back from an admin', async () => {
    const admin = await startAdmin();
    await admin.makeUser('ben', 'editor', { totpSecret: 'GEZDGNBVGY3TQOJQ', disabledAtMs: 1 });
    const chief = await admin.signedIn('admin', 'chief');
    const { body } = await chief.request('patch', '/users/u_ben', { body: { resetTotp: true, isDisabled: false } });
    expect(body).toMatchObject({ hasTotp: false, isDisabled: false });
    expect(await actionsIn(admin)).toEqual(['account.enabled account:u_ben', 'account.totp-off account:u_ben']);
  });

  it('never are without an admin, and none locks themselves out', async () => {
    const admin = await startAdmin();
    const chief = await admin.signedIn('admin', 'chief');
    const refused = async (body: object) => (await chief.request('patch', '/users/u_chief', { body })).body.error.code;
    expect(await refused({ role: 'viewer' })).toBe('NOT_POSSIBLE');
    expect(await refused({ isDisabled: true })).toBe('NOT_POSSIBLE');
    expect(await refused({ password: 'another good horse' })).toBe('NOT_POSSIBLE');
    const second = await admin.signedIn('admin', 'second');
    const both = await Promise.all([
      chief.request('patch', '/users/u_second', { body: { role: 'viewer' } }),
      second.request('patch', '/users/u_chief', { body: { role: 'viewer' } }),
    ]);
    expect(statusesOf(both)).not.toEqual([200, 200]);
    expect((await admin.store.users()).filter(({ role }) => role === 'admin')).toHaveLength(1);
  });

  it('may approve their own drafts while only one could approve at all, or when an admin says so', async () => {
    const admin = await startAdmin();
    const chief = await admin.signedIn('admin', 'chief');
    expect(await isSingleAdmin(admin.store)).toBe(true);
    await admin.makeUser('ben', 'editor');
    await admin.makeUser('old', 'reviewer', { disabledAtMs: 1 });
    expect(await isSingleAdmin(admin.store)).toBe(true);
    await admin.makeUser('rita', 'reviewer');
    expect((await chief.get('/settings')).body.isSingleAdmin).toBe(false);
    expect((await chief.request('patch', '/settings', { body: { isSingleAdmin: true } })).body.isSingleAdmin).toBe(true);
    expect(await isSingleAdmin(admin.store)).toBe(true);
    expect(await actionsIn(admin)).toEqual(['setting.changed setting:single-admin']);
  });

  it('see of secret settings only whether they are set', async () => {
    const admin = await startAdmin();
    const { text, body } = await (await admin.signedIn('admin')).get('/settings');
    expect(text).not.toContain('must never be shown');
    expect(body.environment[1]).toMatchObject({ name: 'FEISHU_APP_SECRET', value: null, isSet: true, isSecret: true });
  });
});

describe('the audit log', () => {
  it('is whole for admins, and about the library for reviewers', async () => {
    const admin = await startAdmin();
    const [chief, rita] = [await admin.signedIn('admin', 'chief'), await admin.signedIn('reviewer', 'rita')];
    const actor = { kind: 'person', userId: 'u_chief', name: 'chief', from: '::1' } as const;
    for (let index = 0; index < 5; index++) {
      await admin.store.addAudit({ atMs: index, actor, action: 'text.edited', target: `text:t${index}`, detail: { number: index } });
      await admin.store.addAudit({ atMs: index, actor, action: 'session.signed-in', target: 'account:u_chief', detail: {} });
    }
    const first = (await rita.get('/audit?limit=3')).body;
    expect(first.items.map(({ target }: { target: string }) => target)).toEqual(['text:t4', 'text:t3', 'text:t2']);
    const rest = (await rita.get(`/audit?limit=3&before=${first.next}`)).body;
    expect(rest).toMatchObject({ items: [{ target: 'text:t1' }, { target: 'text:t0' }], next: null });
    expect((await rita.get('/audit?action=session.signed-in')).body.items).toEqual([]);
    expect((await chief.get('/audit')).body.items).toHaveLength(10);
    expect((await chief.get('/audit?target=text:t3')).body.items).toEqual([
      { seq: expect.any(Number), atMs: 3, actor, action: 'text.edited', target: 'text:t3', detail: { number: 3 } },
    ]);
    expect((await chief.get('/audit?user=nobody')).body).toEqual({ items: [], next: null });
    expect((await chief.get('/audit?limit=100000')).status).toBe(400);
  });

  it('is a table that a spreadsheet shows and does not run', async () => {
    const admin = await startAdmin();
    const chief = await admin.signedIn('admin', 'chief');
    const nasty = ['=HYPERLINK("http://evil.example")', '+1', '-1', '@SUM(1)', '\t=1', '\r=1'];
    for (const name of nasty) {
      await admin.store.addAudit({
        atMs: 0,
        actor: { kind: 'person', userId: null, name, from: '::1' },
        action: 'session.refused',
        target: null,
        detail: {},
      });
    }
    const { text, headers } = await chief.get('/audit.csv');
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(headers.get('content-disposition')).toBe('attachment; filename=wence-audit.csv');
    const { parse } = await import('csv-parse/sync');
    // The byte order mark is taken off by fetch.
    const rows: string[][] = parse(text, { bom: true });
    expect(rows[0]).toEqual(['序号', '时间（UTC）', '身份', '操作人', '来源', '操作', '对象', '详情']);
    expect(
      rows
        .slice(1)
        .map((row) => row[3])
        .toReversed(),
    ).toEqual(nasty.map((name) => `'${name}`));
    expect(await actionsIn(admin)).toContain('export.made audit.csv');
    const raw = new Uint8Array(await (await fetch(`${admin.base}/audit.csv`, { headers: { Cookie: chief.cookie! } })).arrayBuffer());
    expect(Buffer.from(raw.slice(0, 3)).toString('hex')).toBe('efbbbf');
  });
});

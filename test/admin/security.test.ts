import { describe, expect, it } from 'vitest';
import { newApiToken } from '../../src/admin/accounts/tokens.ts';
import type { Route } from '../../src/admin/http/route.ts';
import { ROUTES } from '../../src/admin/http/routes.ts';
import type { ApiToken, User } from '../../src/admin/store.ts';
import { ROLES, type Role } from '../../src/domain/role.ts';
import { type Admin, type Client, PASSWORD, startAdmin } from './harness.ts';

const nameOf = ({ method, path }: Route): string => `${method.toUpperCase()} ${path}`;
const addressOf = ({ path }: Route): string => path.replaceAll(/:\w+/g, 'x');
const closed = ROUTES.filter(({ needs }) => needs !== 'open');
const roleBelow = (role: Role): Role | null => ROLES[ROLES.indexOf(role) - 1] ?? null;
const isRole = (needs: Route['needs']): needs is Role => (ROLES as readonly string[]).includes(needs);

const outcome = async (route: Route, client: Client, headers: Record<string, string> = {}): Promise<string> => {
  const { status, body } = await client.request(route.method, addressOf(route), { headers });
  return `${nameOf(route)} → ${status} ${body?.error?.code ?? ''}`.trim();
};
const all = async (routes: readonly Route[], client: Client, headers?: Record<string, string>): Promise<string[]> => {
  const outcomes: string[] = [];
  for (const route of routes) outcomes.push(await outcome(route, client, headers));
  return outcomes;
};
const each = (routes: readonly Route[], end: string): string[] => routes.map((route) => `${nameOf(route)} → ${end}`);

async function tokenOf(admin: Admin, owner: User, change: Partial<ApiToken> = {}): Promise<Record<string, string>> {
  const { token, digest } = newApiToken();
  const { newId, now } = admin;
  const kept: ApiToken = {
    id: newId(),
    userId: owner.id,
    name: 'script',
    digest,
    role: 'admin',
    createdAtMs: now(),
    expiresAtMs: null,
    usedAtMs: null,
    revokedAtMs: null,
    ...change,
  };
  await admin.store.saveToken(kept, null);
  return { Authorization: `Bearer ${token}` };
}

describe('every route', () => {
  it('is open on purpose', () => {
    expect(ROUTES.filter(({ needs }) => needs === 'open').map(nameOf)).toEqual(['GET /gate', 'POST /set-up', 'POST /session']);
    expect(ROUTES.filter(({ needs }) => needs === 'pending').map(nameOf)).toEqual([
      'GET /session',
      'DELETE /session',
      'POST /account/password',
    ]);
    expect(new Set(ROUTES.map(nameOf)).size).toBe(ROUTES.length);
  });

  it('is closed without a session, and with one nobody knows', async () => {
    const admin = await startAdmin();
    expect(await all(closed, admin.client())).toEqual(each(closed, '401 UNAUTHENTICATED'));
    expect(await all(closed, admin.client(null, { cookie: 'wence=guessed', csrfToken: 'x' }))).toEqual(each(closed, '401 UNAUTHENTICATED'));
  });

  it('is closed to the role below its own', async () => {
    const admin = await startAdmin();
    for (const role of ROLES) {
      const routes = closed.filter(({ needs }) => isRole(needs) && roleBelow(needs) === role);
      expect(await all(routes, await admin.signedIn(role))).toEqual(each(routes, '403 FORBIDDEN'));
    }
  });

  it('is open to its own role', async () => {
    const admin = await startAdmin();
    for (const role of ROLES) {
      for (const route of closed.filter(({ needs }) => needs === role)) {
        expect(await outcome(route, await admin.signedIn(role))).not.toMatch(/→ (401|403|5\d\d)/);
      }
    }
    expect(admin.faults).toEqual([]);
  });

  it('changes nothing without the CSRF token of this very session, or for a page of another site', async () => {
    const admin = await startAdmin();
    const changing = closed.filter(({ method }) => method !== 'get');
    const other = await admin.signedIn('admin', 'other');
    const browser = await admin.signedIn('admin');
    const own = browser.csrfToken;
    for (const token of [null, '', 'guessed', other.csrfToken]) {
      browser.csrfToken = token;
      expect(await all(changing, browser)).toEqual(each(changing, '403 FORBIDDEN'));
    }
    browser.csrfToken = own;
    expect(await all(changing, browser, { Origin: 'https://evil.example' })).toEqual(each(changing, '403 FORBIDDEN'));
    expect(await all(changing, browser, { 'Sec-Fetch-Site': 'same-site' })).toEqual(each(changing, '403 FORBIDDEN'));
  });

  it('is closed to a token that is revoked, has expired, or whose owner is disabled', async () => {
    const admin = await startAdmin();
    const owner = await admin.makeUser('owner', 'admin');
    const gone = await admin.makeUser('gone', 'admin', { disabledAtMs: 1 });
    const bad = [
      await tokenOf(admin, owner, { revokedAtMs: 1 }),
      await tokenOf(admin, owner, { expiresAtMs: admin.now() }),
      await tokenOf(admin, gone),
      { Authorization: 'Bearer wence_guessed' },
      { Authorization: `Basic ${btoa(`owner:${PASSWORD}`)}` },
    ];
    // A good cookie beside a bad token does not help it.
    const browser = await admin.signedIn('admin');
    for (const headers of bad) expect(await all(closed, browser, headers)).toEqual(each(closed, '401 UNAUTHENTICATED'));
  });

  it('is closed to a token of a lower role, or whose owner has a lower one by now', async () => {
    const admin = await startAdmin();
    const chief = await admin.makeUser('chief', 'admin');
    const reader = await admin.makeUser('reader', 'viewer');
    const routes = closed.filter(({ needs, isForPeople }) => isRole(needs) && needs !== 'viewer' && !isForPeople);
    expect(routes.length).toBeGreaterThan(15);
    for (const headers of [await tokenOf(admin, chief, { role: 'viewer' }), await tokenOf(admin, reader)]) {
      expect(await all(routes, admin.client(), headers)).toEqual(each(routes, '403 FORBIDDEN'));
    }
  });

  it('that manages people and keys is closed to tokens', async () => {
    const admin = await startAdmin();
    const headers = await tokenOf(admin, await admin.makeUser('chief', 'admin'));
    const personal = closed.filter(({ isForPeople }) => isForPeople);
    expect(personal.map(nameOf)).toEqual(
      expect.arrayContaining(['POST /tokens', 'POST /users', 'PATCH /users/:id', 'POST /account/password']),
    );
    expect(await all(personal, admin.client(), headers)).toEqual(each(personal, '403 FORBIDDEN'));
    const { status } = await admin.client().request('get', '/users', { headers });
    expect(status).toBe(200);
  });

  it('is closed to a token whose owner has to change the password', async () => {
    const admin = await startAdmin();
    const headers = await tokenOf(admin, await admin.makeUser('chief', 'admin', { mustChangePassword: true }));
    const routes = closed.filter(({ needs }) => needs !== 'pending');
    expect(await all(routes, admin.client(), headers)).toEqual(each(routes, '403 FORBIDDEN'));
  });
});

describe('tokens', () => {
  it('are shown once, act for their owner, and need no CSRF token', async () => {
    const admin = await startAdmin();
    const browser = await admin.signedIn('reviewer', 'ann');
    expect((await browser.post('/tokens', { name: '同步', role: 'admin', days: 30 })).body.error.code).toBe('FORBIDDEN');
    const { token, view } = (await browser.post('/tokens', { name: '同步', role: 'editor', days: 30 })).body;
    expect(token).toMatch(/^wence_[\w-]{43}$/);
    expect(view).toMatchObject({ name: '同步', owner: 'ann 先生', role: 'editor', expiresAtMs: admin.now() + 30 * 86_400_000 });
    const headers = { Authorization: `Bearer ${token}` };
    expect((await admin.client().request('get', '/session', { headers })).body).toMatchObject({ user: { name: 'ann' }, csrfToken: '' });
    expect((await admin.client().request('post', '/evaluations', { body: {}, headers })).status).toBe(200);
    const { text, body } = await browser.get('/tokens');
    expect(text).not.toContain(token);
    expect(body.items).toEqual([expect.objectContaining({ id: view.id, usedAtMs: admin.now() })]);
    expect((await (await admin.signedIn('viewer')).get('/tokens')).body.items).toEqual([]);
    expect((await (await admin.signedIn('viewer')).request('delete', `/tokens/${view.id}`)).status).toBe(404);
    expect((await (await admin.signedIn('admin')).request('delete', `/tokens/${view.id}`)).status).toBe(204);
    expect((await admin.client().request('get', '/session', { headers })).status).toBe(401);
    const audit = await admin.store.audit({ limit: 10 });
    expect(JSON.stringify(audit)).not.toContain(token.slice(6));
    expect(audit.map(({ action }) => action)).toEqual(['token.revoked', 'evaluation.run', 'token.created']);
    expect(audit[1]!.actor).toMatchObject({ kind: 'token', userId: 'u_ann', name: 'ann 先生（同步）' });
  });
});

describe('what is sent', () => {
  it('is answered in JSON, also where there is nothing', async () => {
    const admin = await startAdmin();
    const browser = await admin.signedIn('admin');
    for (const [method, path] of [
      ['get', '/nothing'],
      ['put', '/users'],
      ['get', '/texts/none'],
      ['get', '/texts/none/revisions/1'],
      ['get', '/texts/..%2f..%2fetc%2fpasswd'],
      ['get', '/jobs/..%2f..%2fetc%2fpasswd'],
      ['post', '/imports/..%2f..%2fetc%2fpasswd/apply'],
    ] as const) {
      const { status, body, headers } = await browser.request(method, path, method === 'post' ? { body: {} } : {});
      expect([path, status, body.error.code]).toEqual([path, 404, 'NOT_FOUND']);
      expect(headers.get('cache-control')).toBe('no-store');
    }
    expect((await browser.get('/%E0%A4%A')).status).toBe(404);
    expect((await browser.get('/texts/%E0%A4%A')).body.error.code).toBe('INPUT_INVALID');
  });

  it('is refused when it is too large, and by whom it may not be sent before it is read', async () => {
    const admin = await startAdmin();
    const browser = await admin.signedIn('editor');
    const json = JSON.stringify({ source: 'x'.repeat(2 * 1024 * 1024), note: '' });
    const sent = { body: json, headers: { 'Content-Type': 'application/json' } };
    const refused = await browser.request('post', '/texts', sent);
    expect([refused.status, refused.body.error.code]).toEqual([413, 'INPUT_TOO_LARGE']);
    const file = { body: new Uint8Array(20 * 1024 * 1024 + 1), headers: { 'Content-Type': 'application/octet-stream' } };
    expect((await browser.request('post', '/uploads?name=a.pdf', file)).status).toBe(413);
    const fits = { ...file, body: new Uint8Array(20 * 1024 * 1024) };
    expect((await browser.request('post', '/uploads?name=a.pdf', fits)).body.bytes).toBe(20 * 1024 * 1024);
    expect((await admin.client().request('post', '/texts', sent)).status).toBe(401);
    expect((await (await admin.signedIn('viewer')).request('post', '/texts', sent)).status).toBe(403);
  });

  it.each([
    ['no JSON', '{', 'application/json'],
    ['JSON called text', '{"question":"问"}', 'text/plain'],
    ['a form', 'question=x', 'application/x-www-form-urlencoded'],
    ['a list', '[]', 'application/json'],
    ['another charset', '{}', 'application/json; charset=utf-16'],
    ['the wrong field', '{"ask":"问"}', 'application/json'],
  ])('is refused when it is %s', async (_name, body, type) => {
    const admin = await startAdmin();
    const { status, body: answer } = await (await admin.signedIn('editor')).request('post', '/explain', {
      body,
      headers: { 'Content-Type': type },
    });
    expect([status, answer.error.code]).toEqual([400, 'INPUT_INVALID']);
  });

  it('gets no stack and no inner words when something breaks', async () => {
    const admin = await startAdmin({
      queue: async () => {
        throw new Error('select * from secrets');
      },
    });
    const { status, text, headers } = await (await admin.signedIn('viewer')).get('/overview');
    expect(status).toBe(500);
    expect(text).not.toMatch(/secrets|at |\.ts/);
    expect(admin.faults).toEqual([expect.objectContaining({ correlationId: headers.get('x-correlation-id') })]);
  });
});

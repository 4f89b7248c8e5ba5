import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { onTestFinished } from 'vitest';
import { hashPassword } from '../../src/admin/accounts/password.ts';
import { openSession } from '../../src/admin/accounts/sessions.ts';
import { createAdminApi } from '../../src/admin/http/index.ts';
import type { AdminServices } from '../../src/admin/services.ts';
import { isSingleAdmin } from '../../src/admin/single-admin.ts';
import type { User } from '../../src/admin/store.ts';
import type { Remembered } from '../../src/domain/turn.ts';
import type { Role } from '../../src/domain/role.ts';
import { createHandOff } from '../../src/hand-off/create-hand-off.ts';
import { DESKS_SETTING, readDesks } from '../../src/hand-off/desk-book.ts';
import { createInsight } from '../../src/insight/insight.ts';
import { createEditorial } from '../../src/knowledge/editorial/create-editorial.ts';
import { openStore } from '../../src/storage/open-store.ts';
import { createThesaurus } from '../../src/text/thesaurus.ts';
import { tokenise } from '../../src/text/tokens.ts';
import { createDesk } from './desk.ts';

export const PASSWORD = 'correct horse battery';
/** Hashing takes its time on purpose: once is enough. */
const passwordHash = hashPassword(PASSWORD);
export const START_MS = Date.UTC(2026, 10, 23, 1);

export interface Reply {
  readonly status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- a test looks at what came, whatever it is
  readonly body: any;
  readonly text: string;
  readonly headers: Headers;
}

interface Sent {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** A browser, or a program: what it sends along with every request. */
export interface Client {
  readonly user: User | null;
  cookie: string | null;
  csrfToken: string | null;
  request(method: string, path: string, sent?: Sent): Promise<Reply>;
  get(path: string): Promise<Reply>;
  post(path: string, body?: unknown): Promise<Reply>;
}

/** The API on a real server with a real database. */
export async function startAdmin(changes: Partial<AdminServices> = {}) {
  let nowMs = START_MS;
  let ids = 0;
  const faults: object[] = [];
  const log = { debug() {}, info() {}, warn() {}, error: (fields: object) => void faults.push(fields) };
  const now = (): number => nowMs;
  const newId = (): string => `id_${++ids}`;
  const folder = await mkdtemp(join(tmpdir(), 'wence-admin-'));
  const database = await openStore({ kind: 'sqlite', file: join(folder, 'test.db') }, { log, now, newId });
  const { admin: store, editorial: texts } = database;
  const editorial = createEditorial({ store: texts, isSingleAdmin: () => isSingleAdmin(store), now });
  const library = changes.library ?? createDesk();
  const services: AdminServices = {
    store,
    editorial,
    texts,
    library,
    tickets: database.tickets,
    staff: createHandOff({
      store: database.tickets,
      desks: async () => readDesks(await store.setting(DESKS_SETTING)),
      memberOf: async () => null,
      outgoing: (notices) => notices.map((notice) => ({ ...notice, id: newId(), form: 'rich' as const })),
      contact: '12345',
      timeZone: 'Asia/Shanghai',
      now,
      newId,
    }),
    insight: createInsight({
      store: database.insight,
      library: { ...library, inForce: () => library.records(), tokenise: (text) => tokenise(text, createThesaurus([])) },
      desks: async () => readDesks(await store.setting(DESKS_SETTING)),
      timeZone: 'Asia/Shanghai',
      now,
    }),
    sendDigest: async () => 2,
    subscriptions: database.subscriptions,
    timeZone: 'Asia/Shanghai',
    doctor: async () => [{ id: 'disk', title: '磁盘空间', status: 'ok', detail: '充足', next: null }],
    environment: [
      { name: 'PORT', description: 'Port', value: '3000', isSet: true, isSecret: false, fallback: '3000' },
      { name: 'FEISHU_APP_SECRET', description: 'Secret', value: 'must never be shown', isSet: true, isSecret: true, fallback: null },
    ],
    channels: () => [{ name: 'telegram', status: 'connected', detail: '@wence_bot' }],
    queue: async () => ({ waiting: 1, unsent: 2, deadMessages: 0, deadReplies: 0 }),
    log,
    now,
    newId,
    isSecure: false,
    ...changes,
  };
  const stop = new AbortController();
  const http = express();
  http.set('trust proxy', 'loopback');
  http.use('/api/v1/admin', createAdminApi(services, { signal: stop.signal }));
  const server = http.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/admin`;
  onTestFinished(async () => {
    stop.abort();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });

  function client(user: User | null = null, given: { cookie?: string; csrfToken?: string } = {}): Client {
    const self: Client = {
      user,
      cookie: given.cookie ?? null,
      csrfToken: given.csrfToken ?? null,
      async request(method, path, { body, headers = {} } = {}) {
        const isRaw = body instanceof Uint8Array || typeof body === 'string';
        const response = await fetch(`${base}${path}`, {
          method: method.toUpperCase(),
          headers: {
            ...(self.cookie === null ? {} : { Cookie: self.cookie }),
            ...(self.csrfToken === null ? {} : { 'X-CSRF-Token': self.csrfToken }),
            ...(body === undefined || isRaw ? {} : { 'Content-Type': 'application/json' }),
            ...headers,
          },
          ...(body === undefined ? {} : { body: isRaw ? (body as string | Uint8Array<ArrayBuffer>) : JSON.stringify(body) }),
        });
        const text = await response.text();
        const set = response.headers.getSetCookie().at(-1);
        if (set !== undefined) self.cookie = set.split(';')[0]!;
        const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
        const parsed: unknown = isJson ? JSON.parse(text) : null;
        if (parsed !== null && typeof parsed === 'object' && 'csrfToken' in parsed) self.csrfToken = String(parsed.csrfToken);
        return { status: response.status, body: parsed, text, headers: response.headers };
      },
      get: (path) => self.request('get', path),
      post: (path, body = {}) => self.request('post', path, { body }),
    };
    return self;
  }

  async function makeUser(name: string, role: Role, change: Partial<User> = {}): Promise<User> {
    const user: User = {
      id: `u_${name}`,
      name,
      displayName: `${name} 先生`,
      role,
      passwordHash: await passwordHash,
      totpSecret: null,
      pendingTotp: null,
      totpUsed: null,
      mustChangePassword: false,
      createdAtMs: nowMs,
      disabledAtMs: null,
      ...change,
    };
    await store.saveUser(user, null);
    return user;
  }

  /** Somebody who is signed in already. */
  async function signedIn(role: Role, name: string = role, change: Partial<User> = {}): Promise<Client> {
    const user = (await store.userNamed(name)) ?? (await makeUser(name, role, change));
    const { secret, session } = await openSession(store, user, { from: '127.0.0.1', agent: 'test' }, nowMs, null);
    return client(user, { cookie: `wence=${secret}`, csrfToken: session.csrfToken });
  }

  /** The result of a job, once it is done. */
  async function finished(by: Client, job: Reply): Promise<Reply['body']> {
    for (;;) {
      const { body } = await by.get(`/jobs/${job.body.id}`);
      if (body.state !== 'running') return body;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  return {
    base,
    services,
    store,
    texts,
    editorial,
    subscriptions: database.subscriptions,
    tickets: database.tickets,
    erasePerson: (asker: string) => database.privacy.erasePerson(asker, nowMs),
    /** As the assistant does when it has answered. */
    save: (handled: Remembered) => database.save(handled),
    faults,
    client,
    makeUser,
    signedIn,
    finished,
    later: (ms: number) => void (nowMs += ms),
    now,
    newId,
  };
}

export type Admin = Awaited<ReturnType<typeof startAdmin>>;

/** What the audit log says, the oldest first, as `action target`. */
export const actionsIn = async ({ store }: Pick<Admin, 'store'>): Promise<string[]> =>
  (await store.audit({ limit: 200 })).map(({ action, target }) => `${action} ${target ?? '-'}`).toReversed();

/** The statuses of requests made at once, whichever came first. */
export const statusesOf = (replies: readonly Reply[]): number[] => replies.map(({ status }) => status).sort((a, b) => a - b);

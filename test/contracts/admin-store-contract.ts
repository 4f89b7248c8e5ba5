import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AdminStore, ApiToken, EvaluationRun, OneTimeCode, Session } from '../../src/admin/store.ts';
import type { AuditAction } from '../../src/domain/audit.ts';
import { cleanCopy } from '../../src/storage/clean.ts';
import { T0 } from '../storage/messages.ts';
import { audit, user } from '../storage/samples.ts';
import { anyText } from '../support/any-text.ts';
import type { OpenConsoleStores, OpenStores } from './console-stores.ts';

const session = (digest: string, userId: string, part: Partial<Session> = {}): Session => ({
  digest,
  userId,
  csrfToken: `csrf-${digest}`,
  createdAtMs: T0,
  seenAtMs: T0,
  from: '2001:db8::7',
  agent: '浏览器 1.0',
  ...part,
});
const token = (id: string, userId: string, part: Partial<ApiToken> = {}): ApiToken => ({
  id,
  userId,
  name: '夜间导入',
  digest: `digest-${id}`,
  role: 'editor',
  createdAtMs: T0,
  expiresAtMs: T0 + 1_000,
  usedAtMs: null,
  revokedAtMs: null,
  ...part,
});
const setUpCode = (digest: string, part: Partial<OneTimeCode> = {}): OneTimeCode => ({
  digest,
  purpose: 'set-up',
  userId: null,
  expiresAtMs: T0 + 100,
  ...part,
});
const chatCode = (digest: string, userId: string): OneTimeCode => setUpCode(digest, { purpose: 'chat', userId });
const run = (id: string, atMs: number): EvaluationRun => ({
  id,
  atMs,
  userId: null,
  libraryVersion: 3,
  results: JSON.stringify([{ id: 'q1', question: '补贴多少\u0000' }]),
  summary: { asked: 10, answered: 7, clarified: 2, refused: 1, firstRight: 0.9, amongThree: 1, evidence: null, heldBack: 0.5 },
});

/** What every store of the console's people promises. */
export function adminStoreContract(name: string, open: OpenStores): void {
  describe(`admin store contract: ${name}`, () => {
    let opened: OpenConsoleStores;
    let store: AdminStore;

    beforeEach(async () => {
      opened = await open();
      store = opened.stores.admin;
    });
    afterEach(() => opened.close());

    /** Calls at the same time, on the store as two processes have it. */
    const together = async <T>(count: number, call: (on: AdminStore, at: number) => Promise<T>): Promise<T[]> => {
      const other = (await opened.another?.())?.admin ?? store;
      return Promise.all(Array.from({ length: count }, (_, at) => call(at % 2 === 0 ? store : other, at)));
    };
    const actions = async (): Promise<AuditAction[]> => (await store.audit({ limit: 1_000 })).map(({ action }) => action);
    const addUsers = async (...ids: string[]): Promise<void> => {
      for (const id of ids) expect(await store.saveUser(user(id), null)).toBe('saved');
    };

    describe('users', () => {
      it('are kept with every field, those there longest first', async () => {
        const [one, two] = [user('u1', { createdAtMs: T0 + 1, role: 'admin', mustChangePassword: true, disabledAtMs: T0 + 5 }), user('u2')];
        const bare = user('u3', { createdAtMs: T0 + 2, totpSecret: null, pendingTotp: 'ABC', totpUsed: null });
        for (const each of [one, two, bare]) await store.saveUser(each, audit({ action: 'account.created' }));
        expect(await store.users()).toEqual([two, one, bare]);
        expect(await store.user('u1')).toEqual(one);
        expect(await store.userNamed('name-u3')).toEqual(bare);
        expect([await store.user('name-u1'), await store.userNamed('u1')]).toEqual([null, null]);
        expect(await actions()).toEqual(['account.created', 'account.created', 'account.created']);
      });

      it('are replaced by id, and share no name', async () => {
        await addUsers('u1', 'u2');
        const renamed = user('u1', { name: 'other', displayName: '李四', role: 'viewer', totpSecret: null, mustChangePassword: true });
        expect(await store.saveUser(renamed, audit())).toBe('saved');
        expect(await store.user('u1')).toEqual(renamed);
        expect(await store.saveUser(user('u2', { name: 'other', displayName: 'x' }), audit())).toBe('taken');
        expect(await store.saveUser(user('u3', { name: 'other' }), audit())).toBe('taken');
        expect(await store.users()).toEqual([renamed, user('u2')]);
        expect((await actions()).length, 'a line only for what happened').toBe(1);
        expect(await store.saveUser(user('u3', { name: 'name-u1' }), null), 'the old name is free').toBe('saved');
      });

      it('get a name once, however many ask for it together', async () => {
        const outcomes = await together(12, (on, at) => on.saveUser(user(`u${at}`, { name: 'wanted' }), audit()));
        expect(outcomes.filter((outcome) => outcome === 'saved')).toHaveLength(1);
        expect(await store.users()).toHaveLength(1);
        expect(await actions()).toHaveLength(1);
      });
    });

    describe('setting up', () => {
      const first = user('u1', { role: 'admin' });
      const line = audit({ action: 'account.set-up', target: 'account:u1' });

      it('makes the first user with a code, once', async () => {
        await store.saveCode(setUpCode('good'));
        await store.saveCode(setUpCode('also good'));
        expect(await store.setUp(first, 'good', T0, line)).toBe(true);
        expect(await store.users()).toEqual([first]);
        expect(await store.setUp(user('u2'), 'good', T0, line)).toBe(false);
        expect(await store.setUp(user('u2'), 'also good', T0, line)).toBe(false);
        expect(await store.users()).toHaveLength(1);
        expect(await actions()).toEqual(['account.set-up']);
      });

      it('takes no code that is unknown, expired or for something else', async () => {
        await store.saveCode(setUpCode('good'));
        await store.saveCode(setUpCode('other', { purpose: 'chat' }));
        for (const [code, nowMs] of [
          ['unknown', T0],
          ['other', T0],
          ['', T0],
          ['good', T0 + 100],
        ] as const) {
          expect(await store.setUp(first, code, nowMs, line)).toBe(false);
        }
        expect([await store.users(), await actions()]).toEqual([[], []]);
        expect(await store.setUp(first, 'good', T0 + 99, line), 'failed tries cost nothing').toBe(true);
      });

      it('has exactly one winner, with one code or with several', async () => {
        await store.saveCode(setUpCode('code-0'));
        await store.saveCode(setUpCode('code-1'));
        const outcomes = await together(12, (on, at) => on.setUp(user(`u${at}`), `code-${at % 4 < 2 ? 0 : 1}`, T0, line));
        expect(outcomes.filter(Boolean)).toHaveLength(1);
        expect(await store.users()).toEqual([user(`u${outcomes.indexOf(true)}`)]);
        expect(await actions()).toEqual(['account.set-up']);
      });
    });

    describe('sessions', () => {
      beforeEach(() => addUsers('u1', 'u2'));

      it('are kept until they are ended', async () => {
        await store.saveSession(session('s1', 'u1'), audit({ action: 'session.signed-in' }));
        expect(await store.session('s1')).toEqual(session('s1', 'u1'));
        const seen = session('s1', 'u1', { seenAtMs: T0 + 60_000 });
        await store.saveSession(seen, null);
        expect(await store.session('s1')).toEqual(seen);
        await store.endSessions({ digest: 's1' }, audit({ action: 'session.signed-out' }));
        expect(await store.session('s1')).toBeNull();
        expect(await actions()).toEqual(['session.signed-out', 'session.signed-in']);
      });

      it('do not come back by having been seen', async () => {
        await store.saveSession(session('s1', 'u1'), null);
        await store.endSessions({ digest: 's1' }, null);
        await store.saveSession(session('s1', 'u1', { seenAtMs: T0 + 1 }), audit());
        expect([await store.session('s1'), await actions()]).toEqual([null, []]);
      });

      it('end all of a person, or all but one', async () => {
        for (const [digest, userId] of [
          ['a', 'u1'],
          ['b', 'u1'],
          ['c', 'u1'],
          ['d', 'u2'],
        ] as const)
          await store.saveSession(session(digest, userId), null);
        const left = async () =>
          (await Promise.all(['a', 'b', 'c', 'd'].map((digest) => store.session(digest)))).map((one) => one?.digest ?? '-').join('');
        await store.endSessions({ userId: 'u1', except: 'b' }, null);
        expect(await left()).toBe('-b-d');
        await store.endSessions({ userId: 'u1', except: 'd' }, null);
        expect(await left()).toBe('---d');
        await store.endSessions({ userId: 'u2', except: null }, null);
        expect(await left()).toBe('----');
      });
    });

    describe('tokens', () => {
      beforeEach(() => addUsers('u1', 'u2'));

      it('are kept with every field, and found by their digest', async () => {
        const [one, two] = [token('t1', 'u1', { createdAtMs: T0 + 1 }), token('t2', 'u2', { expiresAtMs: null, role: 'viewer' })];
        await store.saveToken(one, audit({ action: 'token.created' }));
        await store.saveToken(two, null);
        expect(await store.token('digest-t1')).toEqual(one);
        expect(await store.token('t1')).toBeNull();
        expect(await store.tokens()).toEqual([two, one]);
        await store.saveToken({ ...one, usedAtMs: T0 + 9 }, null);
        expect(await store.token('digest-t1')).toEqual({ ...one, usedAtMs: T0 + 9 });
        expect(await actions()).toEqual(['token.created']);
      });

      it('stay revoked', async () => {
        await store.saveToken(token('t1', 'u1', { revokedAtMs: T0 + 5 }), null);
        await store.saveToken(token('t1', 'u1', { usedAtMs: T0 + 6 }), null);
        expect(await store.token('digest-t1')).toMatchObject({ usedAtMs: T0 + 6, revokedAtMs: T0 + 5 });
      });
    });

    describe('binding a chat', () => {
      const chat = { channel: 'feishu', senderId: 'ou_😀' } as const;
      const line = () => audit({ action: 'chat.bound' });
      beforeEach(async () => {
        await addUsers('u1', 'u2');
        await store.saveCode(chatCode('c1', 'u1'));
      });

      it('takes a code and makes the chat user somebody', async () => {
        const bound = await store.bindByCode('c1', chat, T0 + 7, ({ id, displayName }) =>
          audit({ action: 'chat.bound', target: id, detail: { displayName } }),
        );
        expect(bound).toEqual(user('u1'));
        const binding = { ...chat, userId: 'u1', boundAtMs: T0 + 7 };
        expect(await store.binding('feishu', 'ou_😀')).toEqual(binding);
        expect([await store.binding('telegram', 'ou_😀'), await store.binding('feishu', 'ou_')]).toEqual([null, null]);
        expect([await store.bindings('u1'), await store.bindings('u2')]).toEqual([[binding], []]);
        expect(await store.audit({ limit: 5 })).toMatchObject([{ action: 'chat.bound', target: 'u1', detail: { displayName: '王芳' } }]);
      });

      it('takes a code once, and only while it is good', async () => {
        await store.saveCode(setUpCode('set-up'));
        for (const [code, nowMs] of [
          ['unknown', T0],
          ['set-up', T0],
          ['c1', T0 + 100],
        ] as const) {
          expect(await store.bindByCode(code, chat, nowMs, line)).toBeNull();
        }
        expect([await store.binding('feishu', 'ou_😀'), await actions()]).toEqual([null, []]);
        expect(await store.bindByCode('c1', chat, T0 + 99, line)).not.toBeNull();
        expect(await store.bindByCode('c1', { ...chat, senderId: 'another' }, T0 + 99, line)).toBeNull();
        expect(await store.bindings('u1')).toHaveLength(1);
      });

      it('has exactly one winner', async () => {
        const outcomes = await together(12, (on, at) => on.bindByCode('c1', { channel: 'telegram', senderId: `${at}` }, T0, line));
        expect(outcomes.filter((bound) => bound !== null)).toHaveLength(1);
        expect(await store.bindings('u1')).toMatchObject([{ senderId: `${outcomes.findIndex((bound) => bound !== null)}` }]);
        expect(await actions()).toEqual(['chat.bound']);
      });

      it('binds anew who was bound, and nobody to who may not come in', async () => {
        await store.bindByCode('c1', chat, T0, line);
        await store.saveCode(chatCode('c2', 'u2'));
        await store.bindByCode('c2', chat, T0 + 1, line);
        expect(await store.binding('feishu', chat.senderId)).toMatchObject({ userId: 'u2', boundAtMs: T0 + 1 });
        expect(await store.bindings('u1')).toEqual([]);
        await store.saveCode(chatCode('c3', 'u1'));
        await store.saveUser(user('u1', { disabledAtMs: T0 }), null);
        expect(await store.bindByCode('c3', chat, T0, line)).toBeNull();
        expect(await store.binding('feishu', chat.senderId)).toMatchObject({ userId: 'u2' });
      });

      it('is undone', async () => {
        await store.bindByCode('c1', chat, T0, line);
        expect(await store.unbind('telegram', chat.senderId, audit({ action: 'chat.unbound' }))).toBe(false);
        expect(await store.unbind('feishu', chat.senderId, audit({ action: 'chat.unbound' }))).toBe(true);
        expect(await store.unbind('feishu', chat.senderId, audit({ action: 'chat.unbound' }))).toBe(false);
        expect(await store.binding('feishu', chat.senderId)).toBeNull();
        expect(await actions()).toEqual(['chat.unbound', 'chat.bound']);
      });
    });

    describe('failures', () => {
      it('are counted by key within the time asked for', async () => {
        const times = [0, 10, 20, 30];
        const counts = [];
        for (const time of times) counts.push(await store.countFailure('name:a', T0 + time, T0 + time - 15));
        expect(counts).toEqual([1, 2, 2, 2]);
        expect(await Promise.all([0, 20, 21, 31].map((since) => store.failures('name:a', T0 + since)))).toEqual([4, 2, 1, 0]);
        expect(await store.failures('name:b', 0)).toBe(0);
        await store.countFailure('name:b', T0, 0);
        await store.forgetFailures('name:a');
        expect([await store.failures('name:a', 0), await store.failures('name:b', 0)]).toEqual([0, 1]);
      });

      it('give each count once, over all processes', async () => {
        const counts = await together(16, (on) => on.countFailure('code:u1:7', T0, 0));
        expect(counts.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 16 }, (_, at) => at + 1));
      });
    });

    it('keeps settings', async () => {
      expect(await store.setting('single-admin')).toBeNull();
      await store.saveSetting('single-admin', 'yes', audit({ action: 'setting.changed' }));
      await store.saveSetting('single-admin', 'no', audit({ action: 'setting.changed' }));
      await store.saveSetting('other', '', audit({ action: 'setting.changed' }));
      expect([await store.setting('single-admin'), await store.setting('other')]).toEqual(['no', '']);
      expect(await actions()).toHaveLength(3);
    });

    it('keeps runs of the question set, the latest first', async () => {
      const runs = [run('r1', T0), { ...run('r2', T0 + 5), userId: 'u1' }, run('r3', T0)];
      for (const each of runs) await store.saveEvaluation(each, audit({ action: 'evaluation.run' }));
      const listed = [runs[1]!, runs[2]!, runs[0]!].map(({ results: _results, ...rest }) => rest);
      expect(await store.evaluations(10)).toEqual(listed);
      expect(await store.evaluations(1)).toEqual(listed.slice(0, 1));
      expect(await store.evaluation('r2')).toEqual(runs[1]);
      expect(await store.evaluation('r9')).toBeNull();
    });

    describe('the audit log', () => {
      it('lists the latest first, by what is asked for', async () => {
        const other = { kind: 'house', userId: null, name: '系统', from: null } as const;
        for (let at = 0; at < 6; at++) {
          await store.addAudit(
            audit({
              atMs: T0 + at,
              ...(at % 2 === 0 && { actor: other }),
              action: at % 3 === 0 ? 'text.published' : 'text.edited',
              target: at < 2 ? null : `text:${at % 2}`,
            }),
          );
        }
        const times = async (filter: Partial<Parameters<AdminStore['audit']>[0]>) =>
          (await store.audit({ limit: 100, ...filter })).map(({ atMs }) => atMs - T0);
        expect(await times({})).toEqual([5, 4, 3, 2, 1, 0]);
        expect(await times({ limit: 2 })).toEqual([5, 4]);
        expect(await times({ userId: 'u1' })).toEqual([5, 3, 1]);
        expect(await times({ action: 'text.published' })).toEqual([3, 0]);
        expect(await times({ target: 'text:0' })).toEqual([4, 2]);
        expect(await times({ target: 'text' })).toEqual([]);
        expect(await times({ userId: 'u1', action: 'text.edited', target: 'text:1' })).toEqual([5]);
        const [, second] = await store.audit({ limit: 2 });
        expect(await times({ before: second!.seq, limit: 2 })).toEqual([3, 2]);
        expect((await store.audit({ limit: 1, action: 'text.published', before: second!.seq }))[0]).toMatchObject({
          actor: { kind: 'person' },
          atMs: T0 + 3,
        });
      });

      it('takes any words', async () => {
        await fc.assert(
          fc.asyncProperty(anyText(), anyText(), async (words, key) => {
            const line = audit({
              actor: { kind: 'token', userId: words, name: words, from: words },
              target: words,
              detail: { [`k${key.length}`]: words, n: 1.5, b: true, z: null },
            });
            await store.addAudit(line);
            expect(await store.audit({ limit: 1, target: words })).toEqual([{ seq: expect.any(Number), ...cleanCopy(line) }]);
          }),
          { numRuns: 40 },
        );
      });

      it('cannot be changed, not even past the store', async () => {
        await store.addAudit(audit());
        const before = await store.audit({ limit: 10 });
        for (const statement of [
          `update audit_log set action = 'text.created'`,
          `delete from audit_log`,
          `insert into audit_log select * from audit_log where true on conflict (seq) do update set detail = '{}'`,
        ]) {
          await expect(opened.execute(statement), statement).rejects.toThrow(/append-only|non-DEFAULT value/);
        }
        expect(await store.audit({ limit: 10 })).toEqual(before);
        await store.addAudit(audit());
        expect(await store.audit({ limit: 10 })).toHaveLength(2);
      });
    });

    it('keeps everything over a restart', async () => {
      if (!opened.reopen) return;
      await store.saveCode(setUpCode('set-up'));
      await store.setUp(user('u1'), 'set-up', T0, audit());
      await store.saveCode(chatCode('c1', 'u1'));
      await store.saveSession(session('s1', 'u1'), null);
      await store.saveToken(token('t1', 'u1'), null);
      await store.countFailure('name:a', T0, 0);
      await store.saveSetting('single-admin', 'yes', audit());
      await store.saveEvaluation(run('r1', T0), audit());
      const see = async (on: AdminStore) => [
        await on.users(),
        await on.session('s1'),
        await on.tokens(),
        await on.failures('name:a', 0),
        await on.setting('single-admin'),
        await on.evaluation('r1'),
        await on.audit({ limit: 10 }),
      ];
      const before = await see(store);
      const { admin: later } = await opened.reopen();
      expect(await see(later)).toEqual(before);
      expect(await later.bindByCode('c1', { channel: 'feishu', senderId: 'ou' }, T0, () => audit())).toEqual(user('u1'));
      expect(await later.setUp(user('u2'), 'set-up', T0, audit())).toBe(false);
    });
  });
}

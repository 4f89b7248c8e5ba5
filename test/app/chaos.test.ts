import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { THE_HOUSE } from '../../src/domain/audit.ts';
import { addDays, dayIn } from '../../src/domain/day.ts';
import { wallTime } from '../../src/domain/wall-time.ts';
import { DESKS_SETTING } from '../../src/hand-off/desk-book.ts';
import { DIGEST_SETTING } from '../../src/insight/digest-plan.ts';
import { openStore } from '../../src/storage/open-store.ts';
import { NEWS_HOURS_SETTING } from '../../src/subscriptions/quiet-hours.ts';
import { messageEvent } from '../fakes/feishu-events.ts';
import { messageUpdate } from '../fakes/telegram-updates.ts';
import { ChildServer, SMALL_LIBRARY } from '../support/child-server.ts';
import { feishuSettings, telegramSettings, temporaryFolder } from '../support/config.ts';
import { deskOf } from '../support/desks.ts';
import { startPostgres } from '../support/postgres.ts';
import { fakeFeishu, fakeTelegram, nowS, silent } from '../support/running.ts';
import { turnOf } from '../support/turns.ts';

const postgres = await startPostgres();
afterAll(() => postgres?.stop());

const ZONE = 'Asia/Shanghai';
const KILLS = 4;
/** Told late by two days at most, even when the test runs at midnight. */
const DIGESTS = 2;
const QUESTION = '班车几点发车';
const DESK = 'oc_desk';
const READER = 'oc_reader';
/** As `wence start`, but it looks many times a second for what is due. */
const BUSY = fileURLToPath(new URL('../support/busy-main.ts', import.meta.url));

const until = async (check: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await check())) await sleep(20);
};

const policy = (id: string): string =>
  `---\nid: ${id}\nkind: policy\ntitle: 第${id}号办法\ncategory: talent\n---\n\n### 1. 落户\n\n给予落户。\n`;

describe.skipIf(!postgres)('several processes on one database', () => {
  it('killed one after the other, and the database restarted meanwhile, answer everything, once on Feishu, in order, and tell what is due once', {
    timeout: 240_000,
  }, async () => {
    const url = await postgres!.createDatabase();
    const [feishu, telegram] = [await fakeFeishu(), await fakeTelegram()];
    const library = temporaryFolder();
    cpSync(SMALL_LIBRARY, library, { recursive: true });
    const settings = {
      ...feishuSettings(feishu),
      ...telegramSettings(telegram),
      DATABASE_URL: url,
      PSEUDONYM_KEY: 'the same for all of them, nobody can guess it',
      KNOWLEDGE_DIR: library,
      LOG_LEVEL: 'fatal',
    };
    const store = await openStore({ kind: 'postgres', url }, { log: silent, now: Date.now, newId: () => crypto.randomUUID() });
    onTestFinished(() => store.close());
    const save = (key: string, value: unknown): Promise<void> =>
      store.admin.saveSetting(key, JSON.stringify(value), {
        atMs: 1,
        actor: THE_HOUSE,
        action: 'setting.changed',
        target: null,
        detail: {},
      });
    const nowMs = Date.now();
    await save(DESKS_SETTING, [deskOf({ channel: 'feishu', chatId: DESK })]);
    await save(DIGEST_SETTING, { isOn: false });
    await save(NEWS_HOURS_SETTING, { quietFrom: '00:00', quietUntil: '00:00', dailyAt: '09:00' });
    await store.subscriptions.subscribe({
      id: 'reader',
      channel: 'feishu',
      address: { chatId: READER, chatKind: 'private', threadId: null, replyTo: null },
      asker: 'asker-1',
      topic: { scope: 'all', value: '' },
      pace: 'at-once',
      createdAtMs: nowMs,
    });
    // A question in each of the weeks that digests are about.
    const asked = { day: addDays(dayIn(ZONE, nowMs), -4), atMs: nowMs - 4 * 86_400_000 };
    const refused = { outcome: 'refused', reason: 'not-in-library', missingTerms: [], suggestions: [], confidence: 0.1 } as const;
    await store.save({ turn: turnOf({ ...asked, question: '宠物狗证怎么办', answer: refused }), feedback: null });

    const start = async (): Promise<ChildServer> => {
      const child = new ChildServer({ ...settings, DATA_DIR: temporaryFolder() }, BUSY);
      onTestFinished(() => child.kill());
      await child.url;
      return child;
    };
    const children = [await start(), await start(), await start()];
    const query = async <Row extends pg.QueryResultRow>(text: string): Promise<Row[]> => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      try {
        return (await client.query<Row>(text)).rows;
      } finally {
        await client.end();
      }
    };
    const readiness = async (child: ChildServer): Promise<number> => (await fetch(`${await child.url}/readyz`)).status;
    /** The database goes away under load, long enough for everybody to see it; a server that is not ours only cuts its connections. */
    const databaseAway = async (): Promise<void> => {
      const { restart } = postgres!;
      if (!restart) {
        await query(
          'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
        );
        return;
      }
      const [, second, third] = children;
      await restart(async () => {
        for (const child of [second!, third!]) await until(async () => (await readiness(child)) === 503);
      });
      for (const child of [second!, third!]) await until(async () => (await readiness(child)) === 200);
    };
    // From now on what is published is news.
    await until(async () => (await store.subscriptions.knownNews(['stock'])).size === 1);
    /** For all processes at the same moment: a policy is published, and the digest of another week is due. */
    const makeDue = async (round: number): Promise<void> => {
      writeFileSync(join(library, 'policies', `p${round}.md`), policy(`p${round}`));
      if (round > DIGESTS) return;
      const weekday = ((wallTime(nowMs, ZONE).weekday - round + 7) % 7) + 1;
      await save(DIGEST_SETTING, { isOn: true, weekday, time: '00:00' });
    };

    const CHATS = 6;
    const ROUNDS = 12;
    const load = (async () => {
      for (let round = 0; round < ROUNDS; round++) {
        for (let chat = 0; chat < CHATS; chat++) {
          const text = `第${round}轮：${QUESTION}？`;
          // The platform gives it to whoever is connected, and again until it is taken.
          void feishu.push(
            messageEvent(feishu, { text, chatId: `oc_${chat}`, messageId: `om_${chat}_${round}`, eventId: `ev_${chat}_${round}` }),
          );
          telegram.push(
            messageUpdate(round * CHATS + chat + 1, text, { date: nowS(), chat: { id: 100 + chat, type: 'private', first_name: '李' } }),
          );
        }
        await sleep(500);
      }
    })();
    for (let at = 0; at < KILLS; at++) {
      await sleep(1_500);
      await makeDue(at + 1);
      await children[at % 3]!.kill();
      children[at % 3] = await start();
      if (at === 2) await databaseAway();
    }
    await load;
    const answered = () => feishu.messages.filter(({ reading }) => reading.text.includes('七点半'));
    await until(
      () =>
        answered().length >= CHATS * ROUNDS &&
        new Set(telegram.sent.map(({ reply_parameters }) => reply_parameters?.message_id)).size >= CHATS * ROUNDS,
    );
    const titles = Array.from({ length: KILLS }, (_, at) => `第p${at + 1}号办法`);
    const toldTo = (chat: string): string[] => feishu.messages.filter(({ chatId }) => chatId === chat).map(({ reading }) => reading.text);
    const news = (title: string): number => toldTo(READER).join('\n').split(title).length - 1;
    await until(() => titles.every((title) => news(title) > 0) && toldTo(DESK).length >= DIGESTS);
    await sleep(500);
    expect(titles.map(news)).toEqual(titles.map(() => 1));
    expect(toldTo(DESK)).toEqual(Array.from({ length: DIGESTS }, () => expect.stringContaining('共 1 次提问')));
    // Each question once, and those of a chat in the order in which they were stored: what a dying process did not acknowledge, Feishu gives again later.
    const rows = await query<{ readonly id: string }>(
      `select message::json ->> 'messageId' as id from jobs where lane like '%oc\\_%' order by seq`,
    );
    const answers = answered().map(({ replyTo }) => replyTo!);
    for (let chat = 0; chat < CHATS; chat++) {
      const own = (ids: readonly string[]): string[] => ids.filter((id) => id.startsWith(`om_${chat}_`));
      expect(own(answers)).toEqual(own(rows.map(({ id }) => id)));
      expect(new Set(own(answers)).size).toBe(ROUNDS);
    }
    for (const child of children) expect(await child.stop()).toEqual({ code: 0, signal: null });
  });
});

import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { MIGRATION_NAMES } from '../../src/storage/migrations/index.ts';
import { openStore } from '../../src/storage/open-store.ts';
import type { Log } from '../../src/domain/log.ts';
import { messageEvent } from '../fakes/feishu-events.ts';
import { messageUpdate } from '../fakes/telegram-updates.ts';
import { ChildServer } from '../support/child-server.ts';
import { feishuSettings, telegramSettings, temporaryFolder } from '../support/config.ts';
import { startPostgres } from '../support/postgres.ts';
import { fakeFeishu, fakeTelegram, nowS, silent } from '../support/running.ts';

const postgres = await startPostgres();
afterAll(() => postgres?.stop());

const ASKED = '班车几点发车';
/** The server of the version before, as `npm run release:keep` kept it; it runs on the packages of this one. */
const KEPT = fileURLToPath(new URL('../fixtures/releases/before.tar.gz', import.meta.url));
const PACKAGES = fileURLToPath(new URL('../../node_modules', import.meta.url));

function versionBefore(): string {
  const folder = temporaryFolder();
  execFileSync('tar', ['-xzf', KEPT, '-C', folder]);
  symlinkSync(PACKAGES, join(folder, 'node_modules'));
  return join(folder, 'src/main.ts');
}

const until = async (check: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await check())) await sleep(20);
};

describe.skipIf(!postgres)('a rolling upgrade', () => {
  it('goes on answering, each question once: the version before, both together, this version', { timeout: 180_000 }, async () => {
    const url = await postgres!.createDatabase();
    const [feishu, telegram] = [await fakeFeishu(), await fakeTelegram()];
    const settings = {
      ...feishuSettings(feishu),
      ...telegramSettings(telegram),
      DATABASE_URL: url,
      PSEUDONYM_KEY: 'the same for all of them, nobody can guess it',
      LOG_LEVEL: 'fatal',
    };
    const start = async (main?: string): Promise<ChildServer> => {
      const child = new ChildServer({ ...settings, DATA_DIR: temporaryFolder() }, main);
      onTestFinished(() => child.kill());
      await child.url;
      return child;
    };
    let asked = 0;
    const ask = async (count: number): Promise<void> => {
      for (let at = 0; at < count; at++) {
        asked++;
        const text = `${asked}：${ASKED}？`;
        void feishu.push(messageEvent(feishu, { text, chatId: `oc_${asked % 3}`, messageId: `om_${asked}`, eventId: `ev_${asked}` }));
        telegram.push(messageUpdate(asked, text, { date: nowS(), chat: { id: 100 + (asked % 3), type: 'private', first_name: '李' } }));
        await sleep(50);
      }
      await until(() => feishu.messages.length >= asked && telegram.sent.length >= asked);
    };

    const main = versionBefore();
    const old = [await start(main), await start(main)];
    await ask(6);
    // Migrates the database under the others' feet.
    const renewed = await start();
    await ask(12);
    expect(await old[0]!.stop()).toEqual({ code: 0, signal: null });
    await ask(12);
    expect(await old[1]!.stop()).toEqual({ code: 0, signal: null });
    await ask(12);
    const all = Array.from({ length: asked }, (_, at) => at + 1);
    const inOrder = (ids: readonly unknown[]): number[] => ids.map((id) => Number(String(id).replace('om_', ''))).toSorted((a, b) => a - b);
    expect(inOrder(feishu.messages.map(({ replyTo }) => replyTo))).toEqual(all);
    for (const { reading } of feishu.messages) expect(reading.text).toContain('七点半');
    expect(inOrder(telegram.sent.map(({ reply_parameters }) => reply_parameters?.message_id))).toEqual(all);
    expect(await renewed.stop()).toEqual({ code: 0, signal: null });
  });

  it('lets this version start again on a database of the next one, and says so, and of no later one', async () => {
    const url = await postgres!.createDatabase();
    const warned: string[] = [];
    const log: Log = { ...silent, warn: (_, message) => void warned.push(message) };
    const open = () => openStore({ kind: 'postgres', url }, { log, now: Date.now, newId: () => 'id' });
    await (await open()).close();
    const migratedBy = async (latest: string, oldest: string | null): Promise<void> => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query('insert into kysely_migration (name, timestamp) values ($1, now())', [latest]);
      if (oldest !== null) await client.query('insert into schema_compatibility (latest, oldest) values ($1, $2)', [latest, oldest]);
      await client.end();
    };
    const ours = MIGRATION_NAMES.at(-1)!;
    await migratedBy('5000-next', ours);
    const store = await open();
    await store.ping();
    await store.close();
    expect(warned.join()).toContain('a newer version of Wence has changed the database');

    const refusal = {
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('more than one ahead'),
      hint: expect.stringContaining('restore a backup'),
    };
    await migratedBy('6000-after-next', '5000-next');
    await expect(open()).rejects.toMatchObject(refusal);
    // Who says nothing of it is not trusted.
    await migratedBy('7000-unknown', null);
    await expect(open()).rejects.toMatchObject(refusal);
  });
});

import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { startApp, type Tuning } from '../../src/app.ts';
import { messageEvent } from '../fakes/feishu-events.ts';
import { messageUpdate } from '../fakes/telegram-updates.ts';
import { SMALL_LIBRARY } from '../support/child-server.ts';
import { feishuSettings, telegramSettings, temporaryFolder, testConfig } from '../support/config.ts';
import { startPostgres } from '../support/postgres.ts';
import { fakeFeishu, fakeTelegram, nowS, QUICK, silent } from '../support/running.ts';

const postgres = await startPostgres();
afterAll(() => postgres?.stop());

const SHARED = { PSEUDONYM_KEY: 'the same for all of them, nobody can guess it' };
const ALPHA = '班车几点发车';

/** Whether a process serves this as the text of the FAQ. */
const serves = async (url: string, words: string): Promise<boolean> =>
  (await (await fetch(`${url}/api/v1/sections/bus/1`)).text()).includes(words);

const until = async (check: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await check())) await sleep(20);
};

describe.skipIf(!postgres)('several processes on one database', () => {
  it('see what one of them publishes, every time', { timeout: 120_000 }, async () => {
    const url = await postgres!.createDatabase();
    const [one, other] = [temporaryFolder(), temporaryFolder()];
    for (const folder of [one, other]) cpSync(SMALL_LIBRARY, folder, { recursive: true });
    const start = async (folder: string) => {
      const app = await startApp(
        testConfig({ ...SHARED, DATABASE_URL: url, KNOWLEDGE_DIR: folder, DATA_DIR: temporaryFolder() }),
        silent,
        QUICK,
      );
      onTestFinished(() => app.stop());
      return app;
    };
    const [first, second] = [await start(one), await start(other)];
    // Files of one are followed by it alone: the other knows from the database.
    for (let round = 1; round <= 20; round++) {
      const faq = `---\nid: bus\nkind: faq\ntitle: ${ALPHA}？\ncategory: livelihood\n---\n\n早上 ${round} 点 ${round} 分。\n`;
      writeFileSync(join(one, 'policies', 'bus.md'), faq);
      const words = `早上 ${round} 点 ${round} 分`;
      await until(() => serves(first.url, words));
      await until(() => serves(second.url, words));
    }
  });

  it('receive by one, and by another when that one ends; both answer', { timeout: 120_000 }, async () => {
    const url = await postgres!.createDatabase();
    const [feishu, telegram] = [await fakeFeishu(), await fakeTelegram()];
    const tuning: Tuning = { ...QUICK, replicas: { leaseMs: 300 } };
    const start = async () => {
      const settings = {
        ...SHARED,
        ...feishuSettings(feishu),
        ...telegramSettings(telegram),
        DATABASE_URL: url,
        KNOWLEDGE_DIR: SMALL_LIBRARY,
      };
      const app = await startApp(testConfig({ ...settings, DATA_DIR: temporaryFolder() }), silent, tuning);
      let isStopped = false;
      const stop = async (): Promise<void> => {
        if (!isStopped) await app.stop();
        isStopped = true;
      };
      onTestFinished(stop);
      return { url: app.url, stop };
    };
    const statesOf = async ({ url: at }: { readonly url: string }): Promise<string[]> => {
      const { checks } = (await (await fetch(`${at}/readyz`)).json()) as { checks: { name: string; detail: string }[] };
      return checks.filter(({ name }) => name === 'telegram' || name === 'feishu').map(({ detail }) => detail);
    };
    const first = await start();
    await until(async () => (await statesOf(first)).join() === 'connected,connected');
    const second = await start();
    await sleep(1_000);
    expect([await statesOf(first), await statesOf(second)]).toEqual([
      ['connected', 'connected'],
      ['standby', 'standby'],
    ]);
    expect(feishu.connections).toBe(1);
    expect((await fetch(`${second.url}/readyz`)).status).toBe(200);

    telegram.push(messageUpdate(1, ALPHA, { date: nowS() }));
    await telegram.waitForSent(1);
    await first.stop();
    await until(async () => (await statesOf(second)).join() === 'connected,connected');
    telegram.push(messageUpdate(2, ALPHA, { date: nowS() }));
    await telegram.waitForSent(2);
    await feishu.connected();
    void feishu.push(messageEvent(feishu, { text: ALPHA, messageId: 'om_after' }));
    await feishu.until(() => feishu.messages.length === 1);
    expect(telegram.sent).toHaveLength(2);
  });
});

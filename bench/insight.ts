/**
 * What the console's figures cost: `node bench/insight.ts [questions]`. Fills a database with a simulated month, starts the house on it, and prints how
 * long figures, groups and exports take by the API, and pages in a browser. `node bench/insight.ts 20000 <folder>` also keeps pictures of the pages there.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp } from '../src/app.ts';
import { loadConfig } from '../src/config/load.ts';
import type { Log } from '../src/domain/log.ts';
import { openStore } from '../src/storage/open-store.ts';
import { launchBrowser } from '../test/e2e/browser.ts';
import { ConsolePerson } from '../test/e2e/admin/console.ts';
import { settled } from '../test/e2e/admin/page-checks.ts';
import { dayIn } from '../src/domain/day.ts';
import { keepMonth, simulatedMonth } from '../test/support/simulated-month.ts';

const QUESTIONS = Number(process.argv[2] ?? 20_000);
const ROUNDS = 9;
const TIME_ZONE = 'Asia/Shanghai';
const silent: Log = { debug() {}, info() {}, warn() {}, error: console.error };

const folder = mkdtempSync(join(tmpdir(), 'wence-bench-'));
const timed = async <T>(work: () => Promise<T>): Promise<readonly [ms: number, result: T]> => {
  const startMs = performance.now();
  const result = await work();
  return [performance.now() - startMs, result];
};
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
const say = (what: string, ms: number, more = ''): void => console.log(`${what.padEnd(44)}${ms.toFixed(0).padStart(7)} ms  ${more}`);

try {
  const lastDay = dayIn(TIME_ZONE, Date.now());
  const [madeMs, month] = await timed(() => simulatedMonth({ questions: QUESTIONS, lastDay, deskIds: ['desk1', 'desk2'] }));
  say(`${QUESTIONS} questions made and answered`, madeMs);
  const store = await openStore(
    { kind: 'sqlite', file: join(folder, 'wence.db') },
    { log: silent, now: Date.now, newId: () => crypto.randomUUID() },
  );
  say('written', (await timed(() => keepMonth(month, store)))[0]);
  await store.close();

  const config = loadConfig({ PORT: '0', LOG_LEVEL: 'silent', KNOWLEDGE_DIR: 'knowledge', DATA_DIR: folder });
  const app = await startApp(config, silent);
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'zh-CN' });
    const admin = await ConsolePerson.open(context, app.url);
    await admin.setUp(app.setUpUrl!, 'admin', '管理员', 'autumn-harbour-lamp');
    const call = async (path: string): Promise<number> => {
      const [ms, response] = await timed(() => context.request.get(`${app.url}/api/v1/admin/insight/${path}`));
      if (!response.ok()) throw new Error(`${path}: ${response.status()} ${await response.text()}`);
      return ms;
    };
    for (const path of ['weak-spots', 'summary', 'choices', 'stale', 'export.csv?sheet=questions', 'export.xlsx?sheet=questions']) {
      const first = await call(path);
      const times = [];
      for (let round = 0; round < ROUNDS; round++) times.push(await call(path));
      say(`GET insight/${path}`, median(times), `the first ${first.toFixed(0)} ms`);
    }
    for (const [path, heading, shown] of [
      ['insight', '数据看板', '.chart svg'],
      ['improve', '待改进', '.spot'],
    ] as const) {
      const shownAfter = async (step: () => Promise<unknown>): Promise<number> => {
        const [ms] = await timed(async () => {
          await step();
          await settled(admin.page, heading);
          await admin.page.locator(shown).first().waitFor();
        });
        return ms;
      };
      const [opened, clicked] = [[] as number[], [] as number[]];
      for (let round = 0; round < ROUNDS; round++) {
        await admin.page.goto('about:blank');
        opened.push(await shownAfter(() => admin.page.goto(`${app.url}/admin#/${path}`)));
        // Nothing of it is at hand: the console begins on another page.
        await admin.page.goto('about:blank');
        await admin.go('audit', '审计日志');
        clicked.push(await shownAfter(() => admin.page.getByRole('link', { name: heading }).click()));
      }
      for (const [how, times] of [
        ['from the menu', clicked],
        ['opened anew', opened],
      ] as const) {
        say(`page ${heading} ${how}, shown`, median(times), times.map((ms) => ms.toFixed(0)).join(' '));
      }
    }
    const shots = process.argv[3];
    if (shots !== undefined) {
      await admin.page.setViewportSize({ width: 1280, height: 1440 });
      for (const [path, heading] of [
        ['insight', '数据看板'],
        ['improve', '待改进'],
      ] as const) {
        await admin.go(path, heading);
        await admin.page.waitForLoadState('networkidle');
        await admin.page.screenshot({ path: join(shots, `${path}.png`) });
      }
    }
  } finally {
    await browser.close();
    await app.stop();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

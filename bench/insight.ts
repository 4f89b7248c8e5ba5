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

interface Watched {
  /** When the last click was, and since when what is waited for has been there; milliseconds since the page was asked for. */
  clickedAt: number;
  shownAt: number;
}

/** In the page, from its beginning: notes when something is shown and nothing is waited for. The test's own steps and looks cost nothing so. */
function watchFor(selector: string): void {
  const watched: Watched = { clickedAt: 0, shownAt: 0 };
  Object.assign(globalThis, { watched });
  addEventListener('click', ({ timeStamp }) => Object.assign(watched, { clickedAt: timeStamp, shownAt: 0 }), { capture: true });
  const look = (): void => {
    const isShown = document.querySelector(selector) !== null && document.querySelector('[aria-busy=true]') === null;
    if (!isShown) watched.shownAt = 0;
    else if (watched.shownAt === 0) watched.shownAt = performance.now();
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** In the page: how long it took until it was shown. */
async function shownSince(start: 'navigation' | 'click'): Promise<number> {
  const { watched } = globalThis as unknown as { readonly watched: Watched };
  while (watched.shownAt === 0) await new Promise((resolve) => void requestAnimationFrame(resolve));
  return watched.shownAt - (start === 'click' ? watched.clickedAt : 0);
}

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
      await admin.page.addInitScript(watchFor, shown);
      const [opened, clicked] = [[] as number[], [] as number[]];
      for (let round = 0; round < ROUNDS; round++) {
        await admin.page.goto('about:blank');
        await admin.page.goto(`${app.url}/admin#/${path}`);
        opened.push(await admin.page.evaluate(shownSince, 'navigation'));
        // Nothing of it is at hand: the console begins on another page.
        await admin.page.goto('about:blank');
        await admin.go('audit', '审计日志');
        await admin.page.getByRole('link', { name: heading }).click();
        clicked.push(await admin.page.evaluate(shownSince, 'click'));
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

/**
 * How soon the other process knows: `node bench/replicas.ts [rounds]`. Starts two houses on one PostgreSQL, publishes by one of them again and again, and prints
 * how long after the one serves the new text the other serves it too; then kills the process that receives, several times, and prints how long until
 * another one does.
 */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startApp } from '../src/app.ts';
import { loadConfig } from '../src/config/load.ts';
import type { Log } from '../src/domain/log.ts';
import { FakeFeishu } from '../test/fakes/feishu-server.ts';
import { ChildServer } from '../test/support/child-server.ts';
import { feishuSettings } from '../test/support/config.ts';
import { startPostgres } from '../test/support/postgres.ts';

const ROUNDS = Number(process.argv[2] ?? 100);
const KILLS = 8;
const LIBRARY = 'test/fixtures/small-library';
const QUESTION = '班车几点发车';
const silent: Log = { debug() {}, info() {}, warn() {}, error: console.error };

const postgres = await startPostgres();
if (!postgres) throw new Error('Expected a PostgreSQL to start');
const folder = mkdtempSync(join(tmpdir(), 'wence-bench-'));
try {
  const url = await postgres.createDatabase();
  const start = (name: string) => {
    cpSync(LIBRARY, join(folder, name, 'knowledge'), { recursive: true });
    const settings = { PORT: '0', PSEUDONYM_KEY: 'x'.repeat(32), DATABASE_URL: url, DATA_DIR: join(folder, name, 'data') };
    return startApp(loadConfig({ ...settings, KNOWLEDGE_DIR: join(folder, name, 'knowledge') }), silent);
  };
  const [one, other] = [await start('one'), await start('other')];
  const knownAt = async (at: string, words: string): Promise<number> => {
    for (;;) {
      const response = await fetch(`${at}/api/v1/sections/bus/1`);
      if ((await response.text()).includes(words)) return performance.now();
    }
  };
  const behind: number[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    const words = `早上 ${round} 点 ${round} 分`;
    const text = `---\nid: bus\nkind: faq\ntitle: ${QUESTION}？\ncategory: livelihood\n---\n\n${words}。\n`;
    writeFileSync(join(folder, 'one', 'knowledge', 'policies', 'bus.md'), text);
    const [first, second] = await Promise.all([knownAt(one.url, words), knownAt(other.url, words)]);
    behind.push(second - first);
  }
  behind.sort((a, b) => a - b);
  const [median, most] = [behind[Math.floor(behind.length / 2)]!, behind.at(-1)!];
  console.log(`${ROUNDS} publications: the other process serves it ${median.toFixed(0)} ms later (median), ${most.toFixed(0)} ms (most)`);
  await Promise.all([one.stop(), other.stop()]);

  const feishu = await FakeFeishu.start();
  const settings = { ...feishuSettings(feishu), PSEUDONYM_KEY: 'x'.repeat(32), DATABASE_URL: url, LOG_LEVEL: 'fatal' };
  const child = async (name: string): Promise<ChildServer> => {
    const started = new ChildServer({ ...settings, DATA_DIR: join(folder, name) });
    await started.url;
    return started;
  };
  const isConnected = async (process: ChildServer): Promise<boolean> =>
    (await (await fetch(`${await process.url}/readyz`)).text()).includes('"detail":"connected"');
  let receiving = await child('child-0');
  await feishu.connected();
  const gaps: number[] = [];
  for (let round = 1; round <= KILLS; round++) {
    const next = await child(`child-${round}`);
    await receiving.kill();
    const killedAt = performance.now();
    while (!(await isConnected(next))) await sleep(20);
    gaps.push(performance.now() - killedAt);
    receiving = next;
  }
  await receiving.kill();
  await feishu.stop();
  const seconds = (ms: number): string => (ms / 1_000).toFixed(1);
  const sorted = gaps.toSorted((a, b) => a - b);
  console.log(
    `${KILLS} kills: another process receives ${seconds(sorted[Math.floor(KILLS / 2)]!)} s later (median), ${seconds(sorted.at(-1)!)} s (most)`,
  );
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { received, T0 } from './messages.ts';
import { open, temporaryFolder } from './opening.ts';

const WRITER = fileURLToPath(new URL('writer-process.ts', import.meta.url));

/** Starts a process; `lines` are what it has printed so far, whole lines only. */
function start(...args: string[]) {
  const child = spawn(process.execPath, [WRITER, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  return {
    child,
    lines: () => output.split('\n').slice(0, -1),
    errors: () => errors,
    closed: once(child, 'close'),
  };
}

describe('several processes on one file', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let file: string;

  beforeEach(() => {
    folder = temporaryFolder();
    file = join(folder.path, 'wence.db');
  });
  afterEach(() => folder.remove());

  it('may create and open it at once', async () => {
    for (let round = 0; round < 3; round++) {
      const processes = Array.from({ length: 4 }, () => start('open', `${file}${round}`));
      await Promise.all(processes.map(({ closed }) => closed));
      expect(processes.map(({ child, errors }) => `${child.exitCode} ${errors()}`)).toEqual(Array.from({ length: 4 }, () => '0 '));
      const store = await open({ kind: 'sqlite', file: `${file}${round}` });
      expect((await store.counts()).waiting).toBe(4);
      await store.close();
    }
  });

  it('lose nothing they acknowledged when they are killed', async () => {
    const stored: string[] = [];
    const answered: string[] = [];
    for (let round = 0; round < 5; round++) {
      const writers = [start('write', file, `a${round}`), start('write', file, `b${round}`)];
      while (writers.some(({ lines, child }) => lines().length < 5 && child.exitCode === null)) await sleep(10);
      await sleep(40 * round);
      for (const { child } of writers) child.kill('SIGKILL');
      await Promise.all(writers.map(({ closed }) => closed));
      for (const { lines, errors } of writers) {
        expect(errors()).toBe('');
        for (const line of lines()) (line.startsWith('stored ') ? stored : answered).push(line.slice(line.indexOf(' ') + 1));
      }

      const store = await open({ kind: 'sqlite', file });
      for (const id of stored) expect(await store.put(received('lane', id), T0), id).toBe('duplicate');
      await store.close();
      const database = new Database(file, { readonly: true });
      expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
      const repliesTo = new Set(database.prepare('select substr(id, 5) from outbox').pluck().all());
      expect(answered.filter((id) => !repliesTo.has(id))).toEqual([]);
      const halves = database
        .prepare(`select (select count(*) from jobs where state = 'done') - (select count(*) from outbox)`)
        .pluck()
        .get();
      expect(halves, 'answered messages without their reply').toBe(0);
      database.close();
    }
    expect(stored.length).toBeGreaterThan(50);
    expect(answered.length).toBeGreaterThan(20);
  });
});

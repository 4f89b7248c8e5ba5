import { describe, expect, it } from 'vitest';
import { planImport } from '../../../src/knowledge/import/plan.ts';
import { READ_LIMITS, readInWorker } from '../../../src/knowledge/import/read-in-worker.ts';
import { readFileContent } from '../../../src/knowledge/import/read-file.ts';
import { fixtureFile } from './summary.ts';

const LONG_MS = 30_000;

describe('reading in a thread', () => {
  it.each(['notice-docx', 'notice-pdf', 'faq-xlsx', 'guide-html-gb2312'])('gives the same as reading here (%s)', async (name) => {
    expect(await readInWorker(fixtureFile(name))).toEqual(await readFileContent(fixtureFile(name)));
  });

  it('passes refusals on, with code and advice', async () => {
    await expect(readInWorker(fixtureFile('refused-macros-docx'))).rejects.toMatchObject({
      code: 'IMPORT_MACROS',
      hint: expect.stringContaining('不带宏'),
    });
  });

  it('is stopped when it takes too long', async () => {
    await expect(readInWorker(fixtureFile('notice-pdf'), undefined, { ...READ_LIMITS, timeoutMs: 1 })).rejects.toMatchObject({
      code: 'IMPORT_TOO_SLOW',
    });
  });

  it('is stopped when it takes too much memory', async () => {
    const rows = '<tr><td>甲乙丙</td><td>丁戊己</td></tr>'.repeat(150_000);
    const file = { name: 'a.html', bytes: new TextEncoder().encode(`<html><body><table>${rows}</table></body></html>`) };
    await expect(readInWorker(file, undefined, { timeoutMs: LONG_MS, memoryMb: 24 })).rejects.toMatchObject({ code: 'IMPORT_TOO_SLOW' });
  });

  it('ends when the signal aborts', async () => {
    const stop = new AbortController();
    const reading = readInWorker(fixtureFile('notice-pdf'), stop.signal);
    stop.abort(new Error('stopped'));
    await expect(reading).rejects.toThrow('stopped');
    await expect(planImport([fixtureFile('notice-md')], [], { signal: stop.signal })).rejects.toThrow('stopped');
  });

  it('goes on with the next file after one was refused', async () => {
    const plan = await planImport([fixtureFile('refused-bomb-docx'), fixtureFile('refused-encrypted-pdf'), fixtureFile('notice-md')], []);
    expect(plan.created).toHaveLength(1);
    expect(plan.problems.map(({ code }) => code)).toEqual(['IMPORT_UNSAFE', 'IMPORT_ENCRYPTED']);
  });
});

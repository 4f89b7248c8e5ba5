import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLibrary } from '../../src/library-service.ts';
import { temporaryFolder } from '../support/config.ts';

const quiet = { debug() {}, info() {}, warn() {} };

/** A copy of the small library, and its one policy file. */
function editableLibrary(): { readonly folder: string; readonly file: string } {
  const folder = temporaryFolder();
  cpSync('test/fixtures/small-library', folder, { recursive: true });
  return { folder, file: join(folder, 'policies', POLICY) };
}

const POLICY = 'campus.md';

describe('the library in service', () => {
  it('stays as it was when its files can no longer be read, and says where the fault is', async () => {
    const { folder, file } = editableLibrary();
    const told: object[] = [];
    const library = await openLibrary(folder, { ...quiet, error: (fields) => void told.push(fields) });
    const before = library.corpus();
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^kind: .*$/m, 'kind: nonsense'));
    expect(await library.reload()).toBe(false);
    expect(library.corpus()).toBe(before);
    expect(told).toEqual([{ reason: expect.stringMatching(new RegExp(`${POLICY}:\\d+: `)) }]);
  });

  it('is replaced whole when they can', async () => {
    const { folder, file } = editableLibrary();
    const library = await openLibrary(folder, { ...quiet, error() {} });
    writeFileSync(file, `${readFileSync(file, 'utf8')}\n### 99. 新增一节\n\n这一节是后来加上的。\n`);
    expect(await library.reload()).toBe(true);
    expect(library.corpus().sections.find((section) => section.number === 99)?.text).toBe('这一节是后来加上的。');
  });
});

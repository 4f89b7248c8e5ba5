import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answerQuestion } from '../../src/answering/answerer.ts';
import { openLibrary } from '../../src/library-service.ts';
import { segment } from '../../src/text/segment.ts';
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

  it('takes a change of the thesaurus and of the lexicon, also one back', async () => {
    const { folder } = editableLibrary();
    const library = await openLibrary(folder, { ...quiet, error() {} });
    const groups = () => library.corpus().thesaurus.groups.length;
    expect(groups()).toBe(0);
    writeFileSync(join(folder, 'thesaurus.yaml'), '- official: [厂房租金]\n  colloquial: [房租]\n  ambiguous: []\n');
    writeFileSync(join(folder, 'lexicon.txt'), '园区服务办法\n');
    expect(await library.reload()).toBe(true);
    expect(groups()).toBe(1);
    expect(segment('园区服务办法')).toContain('园区服务办法');
    const answer = answerQuestion('房租有补贴吗', null, library.corpus());
    expect(JSON.stringify(answer)).toContain('厂房租金补贴');
    rmSync(join(folder, 'lexicon.txt'));
    expect(await library.reload()).toBe(true);
    expect(segment('园区服务办法')).not.toContain('园区服务办法');
  });

  it('keeps its index for the next start, and makes it anew when it is damaged or of another library', async () => {
    const { folder, file } = editableLibrary();
    const snapshot = join(folder, 'data', 'index.snapshot');
    const opened = async () => {
      let how: unknown;
      const told = (fields: object): void => void (how = 'how' in fields ? fields.how : how);
      const library = await openLibrary(folder, { ...quiet, info: told, error() {} }, snapshot);
      return { how, answer: answerQuestion('班车几点发车', null, library.corpus()) };
    };
    const first = await opened();
    expect(first.how).toBe('indexed');
    expect(await opened()).toEqual({ how: 'from the snapshot', answer: first.answer });
    const bytes = readFileSync(snapshot);
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(snapshot, bytes);
    expect(await opened()).toEqual({ how: 'indexed', answer: first.answer });
    expect((await opened()).how).toBe('from the snapshot');
    writeFileSync(file, `${readFileSync(file, 'utf8')}\n### 99. 新增一节\n\n这一节是后来加上的。\n`);
    expect((await opened()).how).toBe('indexed');
  });
});

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { zipOf } from '../../../src/knowledge/editorial/archive.ts';
import { type Fate, fateOf } from '../../../src/knowledge/editorial/file-fate.ts';
import { synchronise } from '../../../src/knowledge/editorial/synchronise.ts';
import { listArchive, unpackEntry } from '../../../src/knowledge/import/archive.ts';
import { readKnowledgeFiles, writeKnowledgeFiles } from '../../../src/knowledge/knowledge-files.ts';
import { temporaryFolder } from '../../support/config.ts';
import { faultOf, openHouse, policy, REVIEWER, SEEN } from './house.ts';

/** A house with a knowledge folder of its own. */
async function withFolder(files: Readonly<Record<string, string>> = { 'policies/a.md': policy('a'), 'policies/b.md': policy('b') }) {
  const house = await openHouse();
  const folder = temporaryFolder();
  const write = (path: string, source: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), source);
  };
  for (const [path, source] of Object.entries(files)) write(path, source);
  return {
    ...house,
    folder,
    write,
    remove: (path: string) => rmSync(join(folder, path)),
    sync: async () => synchronise({ files: await readKnowledgeFiles(folder), store: house.store, now: () => house.clock.nowMs }),
    /** `a:2` for each text that is answered from. */
    served: async () => (await house.store.published()).texts.map(({ id, revision }) => `${id}:${revision}`).sort(),
    states: async (id: string) => (await house.store.revisions(id)).map(({ state, origin }) => `${state} ${origin}`),
  };
}

const NOTHING = { published: 0, drafted: 0, withdrawn: 0, problems: [] };
const CHANGED = policy('a', { text: '文件里改成8万元。' });

describe('the knowledge files and the library', () => {
  it('publishes every file at the first start, and then nothing', async () => {
    const house = await withFolder({ 'policies/a.md': policy('a'), 'lexicon.txt': '白名单\n' });
    expect(await house.sync()).toEqual({ ...NOTHING, published: 2 });
    expect(await house.served()).toEqual(['a:1', 'lexicon.txt:1']);
    expect(await house.store.revision('a', 1)).toMatchObject({
      origin: 'file',
      authorId: null,
      state: 'published',
      publishedAtMs: house.clock.nowMs,
    });
    expect(await house.audited()).toContainEqual({ action: 'text.synchronised', target: 'text:a', by: '系统' });
    expect(await house.sync()).toEqual(NOTHING);
    expect(await house.store.libraryVersion()).toBe(1);
  });

  it('publishes a changed file', async () => {
    const house = await withFolder();
    await house.sync();
    house.write('policies/a.md', CHANGED);
    house.write('policies/c.md', policy('c'));
    expect(await house.sync()).toEqual({ ...NOTHING, published: 2 });
    expect(await house.served()).toEqual(['a:2', 'b:1', 'c:1']);
    expect(await house.states('a')).toEqual(['published file', 'superseded file']);
    expect(await house.sync()).toEqual(NOTHING);
  });

  it('offers a changed file as a draft, once, when the text was changed by hand', async () => {
    const house = await withFolder();
    await house.sync();
    await house.publish('a', policy('a', { text: '控制台里改成9万元。' }));
    expect(await house.sync()).toEqual(NOTHING);
    house.write('policies/a.md', CHANGED);
    expect(await house.sync()).toEqual({ ...NOTHING, drafted: 1 });
    expect(await house.served()).toEqual(['a:2', 'b:1']);
    expect(await house.store.revision('a', 3)).toMatchObject({ state: 'draft', origin: 'file', base: 2, source: CHANGED, authorId: null });
    expect(await house.sync()).toEqual(NOTHING);
  });

  it('only takes note of a file that says what is published already', async () => {
    const house = await withFolder();
    await house.sync();
    const source = policy('a', { text: '控制台里改成9万元。' });
    await house.publish('a', source);
    house.write('policies/a.md', source);
    expect(await house.sync()).toEqual(NOTHING);
    expect(await house.states('a')).toEqual(['published console', 'superseded file']);
    expect((await house.store.text('a'))?.fileDigest).toBe((await house.store.revision('a', 2))?.digest);
    // From now on the file leads again.
    house.write('policies/a.md', CHANGED);
    expect(await house.sync()).toEqual({ ...NOTHING, published: 1 });
  });

  it('withdraws a text with its file, keeps one that was changed by hand, and takes a file back that returns', async () => {
    const house = await withFolder();
    await house.sync();
    await house.publish('b', policy('b', { text: '控制台里改的。' }));
    house.remove('policies/a.md');
    house.remove('policies/b.md');
    house.write('policies/c.md', policy('c'));
    expect(await house.sync()).toEqual({ ...NOTHING, published: 1, withdrawn: 1 });
    expect(await house.served()).toEqual(['b:2', 'c:1']);
    expect((await house.store.text('b'))?.fileDigest).toBeNull();
    expect(await house.sync()).toEqual(NOTHING);
    house.write('policies/a.md', policy('a'));
    house.write('policies/b.md', policy('b'));
    expect(await house.sync()).toEqual({ ...NOTHING, published: 1, drafted: 1 });
    expect(await house.served()).toEqual(['a:2', 'b:2', 'c:1']);
  });

  it('does not bring back what a reviewer withdrew', async () => {
    const house = await withFolder();
    await house.sync();
    const { version } = (await house.store.text('a'))!;
    await house.editorial.withdraw(REVIEWER, 'a', SEEN(version));
    expect(await house.sync()).toEqual(NOTHING);
    house.write('policies/a.md', CHANGED);
    expect(await house.sync()).toEqual({ ...NOTHING, drafted: 1 });
    expect(await house.served()).toEqual(['b:1']);
  });

  it('leaves what a broken file holds as it is, says where, and goes on with the others', async () => {
    const house = await withFolder();
    await house.sync();
    house.write('policies/a.md', policy('a').replace('kind: policy', 'kind: nonsense'));
    house.write('policies/b.md', policy('b', { text: '改。' }));
    house.write('policies/twin.md', policy('b'));
    const { problems, ...counts } = await house.sync();
    expect(counts).toEqual({ published: 1, drafted: 0, withdrawn: 0 });
    expect(problems).toEqual([
      expect.stringMatching(/^policies\/a\.md:\d+: /),
      expect.stringMatching(/^policies\/twin\.md.*policies\/b\.md/),
    ]);
    expect(await house.served()).toEqual(['a:1', 'b:2']);
  });

  it('does not begin with a file that cannot be read, nor with none', async () => {
    const broken = await withFolder({ 'policies/a.md': policy('a'), 'policies/b.md': 'no front matter' });
    expect(await faultOf(broken.sync())).toBe('KNOWLEDGE_UNREADABLE');
    expect(await broken.store.texts()).toEqual([]);
    const empty = await withFolder({ 'lexicon.txt': '白名单\n' });
    expect(await faultOf(empty.sync())).toBe('KNOWLEDGE_UNREADABLE');
  });

  it('does not take a folder that is not there for the end of the library', async () => {
    const house = await withFolder();
    await house.sync();
    rmSync(house.folder, { recursive: true });
    expect((await house.sync()).problems).toHaveLength(1);
    expect(await house.served()).toEqual(['a:1', 'b:1']);
  });

  it('may run in two processes at once', async () => {
    const house = await withFolder();
    const results = await Promise.all([house.sync(), house.sync()]);
    expect(results.reduce((sum, { published }) => sum + published, 0)).toBe(2);
    expect(await house.states('a')).toEqual(['published file']);
    house.write('policies/a.md', CHANGED);
    await Promise.all([house.sync(), house.sync(), house.sync()]);
    expect(await house.served()).toEqual(['a:2', 'b:1']);
  });

  it('comes out of an export byte for byte, so that another house begins with the same', async () => {
    const house = await withFolder({
      'policies/a.md': `\ufeff${policy('a').replaceAll('\n', '\r\n')}`,
      'faq/other-name.md': '---\nid: faq-1\nkind: faq\ntitle: 补贴多少\ncategory: subsidy\n---\n每家5万元。  \n\n',
      'lexicon.txt': '白名单 # 融资\n',
    });
    await house.sync();
    const { texts } = await house.store.published();
    const digests = (all: typeof texts) => all.map(({ id, digest }) => `${id} ${digest}`).sort();
    const copy = await withFolder({});
    expect((await writeKnowledgeFiles(copy.folder, texts)).toSorted()).toEqual(['faq/faq-1.md', 'lexicon.txt', 'policies/a.md']);
    await copy.sync();
    expect(digests((await copy.store.published()).texts)).toEqual(digests(texts));
    const zip = zipOf(texts);
    const packed = listArchive(zip, 'export.zip').map((entry) => [
      entry.path,
      Buffer.from(unpackEntry(zip, entry, 'export.zip')).toString(),
    ]);
    expect(Object.fromEntries(packed)).toEqual(
      Object.fromEntries((await readKnowledgeFiles(copy.folder)).map(({ path, source }) => [path, source])),
    );
  });
});

describe('what becomes of a text', () => {
  const cases: readonly (readonly [
    seen: string | null,
    file: string | null,
    published: string | null,
    wentWithFile: boolean,
    fate: Fate | null,
  ])[] = [
    ['1', '1', '1', false, null],
    ['1', '1', '2', false, null],
    ['1', '2', '1', false, 'publish'],
    ['1', '2', '3', false, 'draft'],
    ['1', '2', '2', false, 'mark'],
    ['1', null, '1', false, 'withdraw'],
    ['1', null, '2', false, 'mark'],
    ['1', null, null, false, 'mark'],
    [null, '1', null, true, 'publish'],
    [null, '1', null, false, 'draft'],
    [null, '1', '2', false, 'draft'],
    [null, null, '1', false, null],
  ];
  it.each(cases)(
    'file seen %s, file now %s, published %s, gone with its file %s: %s',
    (fileDigest, file, published, wentWithFile, fate) => {
      expect(fateOf({ fileDigest }, file, published, wentWithFile)).toBe(fate);
    },
  );

  it('is published when it is new', () => expect(fateOf(null, '1', null, false)).toBe('publish'));
});

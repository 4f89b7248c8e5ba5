import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseSectionId } from '../../src/domain/record.ts';
import { readLibrary } from '../../src/knowledge/library.ts';
import { watchKnowledge } from '../../src/knowledge/watch.ts';
import { temporaryFolder } from '../support/config.ts';
import { realLibrary } from '../support/corpus.ts';

const faq = (id: string, title = '几点上班？'): string => `---\nkind: faq\nid: ${id}\ntitle: ${title}\ncategory: approval\n---\n九点。\n`;

/** A knowledge folder with these files. */
function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

describe('a knowledge folder', () => {
  it('is read in the order of its folders and file names; other files do not count', async () => {
    const library = await readLibrary(
      folderOf({ 'faq/b.md': faq('b'), 'faq/a.md': faq('a'), 'policies/z.md': faq('z'), 'faq/notes.txt': '-', 'README.md': '-' }),
    );
    expect(library.records.map(({ id }) => id)).toEqual(['z', 'a', 'b']);
    expect([library.lexicon, library.thesaurus, library.english.size]).toEqual([[], [], 0]);
  });

  it('has a lexicon with comments, a thesaurus and English terms', async () => {
    const library = await readLibrary(
      folderOf({
        'faq/a.md': faq('a'),
        'lexicon.txt': '# words\n白名单 # kept whole\r\n\n技改贷\n的\n',
        'thesaurus.yaml': '- official: [欠薪, 12345]\n  colloquial: [拖欠工资]\n',
        'english.yaml': 'white list: [白名单]\n',
      }),
    );
    expect(library.lexicon).toEqual(['白名单', '技改贷']);
    expect(library.thesaurus).toEqual([{ official: ['欠薪', '12345'], colloquial: ['拖欠工资'], ambiguous: [] }]);
    expect(library.english.get('white list')).toEqual(['白名单']);
  });

  it.each<[string, Record<string, string>, RegExp]>([
    [
      'an id that is taken',
      { 'faq/a.md': faq('same'), 'faq/b.md': faq('same') },
      /^faq\/b\.md:3: expected a new id, but "same" is taken by "几点上班？"\.$/,
    ],
    ['no record', { 'lexicon.txt': '白名单' }, /expected Markdown files in policies\/, procedures\/ or faq\/, found none\.$/],
    [
      'a thesaurus group without official words',
      { 'faq/a.md': faq('a'), 'thesaurus.yaml': '- official: [欠薪]\n- official: []\n' },
      /^thesaurus\.yaml:2: /,
    ],
    ['a misspelt key of the thesaurus', { 'faq/a.md': faq('a'), 'thesaurus.yaml': '- offical: [欠薪]\n' }, /^thesaurus\.yaml:1: /],
    ['an English term without Chinese', { 'faq/a.md': faq('a'), 'english.yaml': 'tax: [税]\nfee: []\n' }, /^english\.yaml:2: fee: /],
    ['YAML that is none', { 'faq/a.md': faq('a'), 'english.yaml': 'tax: [税\n' }, /^english\.yaml:\d: not valid YAML: /],
  ])('is refused for %s', async (_, files, reason) => {
    const reading = readLibrary(folderOf(files));
    await expect(reading).rejects.toThrow(reason);
    await expect(reading).rejects.toMatchObject({ code: 'KNOWLEDGE_UNREADABLE' });
  });
});

describe('watching a knowledge folder', () => {
  const watching = (folder: string, onChange: () => void): AbortController => {
    const stop = new AbortController();
    onTestFinished(() => stop.abort());
    watchKnowledge(folder, onChange, stop.signal);
    return stop;
  };

  it('calls back after a file changed', async () => {
    const folder = folderOf({ 'faq/a.md': faq('a') });
    const changed = new Promise<void>((resolve) => void watching(folder, resolve));
    writeFileSync(join(folder, 'faq/a.md'), faq('a', '几点下班？'));
    await changed;
    expect((await readLibrary(folder)).records[0]!.title).toBe('几点下班？');
  });

  it('calls back once for a burst of changes', async () => {
    const folder = folderOf({ 'faq/a.md': faq('a'), 'thesaurus.yaml': '[]' });
    let calls = 0;
    const changed = new Promise<void>((resolve) => void watching(folder, () => resolve(void calls++)));
    for (const file of ['faq/a.md', 'thesaurus.yaml', 'faq/b.md'])
      writeFileSync(join(folder, file), file.endsWith('.md') ? faq(file[4]!) : '[]');
    await changed;
    expect(calls).toBe(1);
  });

  it('of a folder that is not there does nothing', () => {
    expect(() => watching(join(temporaryFolder(), 'nowhere'), () => {})).not.toThrow();
  });
});

describe('the shipped library', () => {
  it('has alternate questions that say something, each once in its section', async () => {
    const { library } = await realLibrary();
    for (const { id, questions } of library.records.flatMap(({ sections }) => sections)) {
      const texts = questions.map(({ text }) => text);
      expect(
        texts.filter((text) => !/[\p{L}\p{N}]/u.test(text) || text !== text.trim()),
        id,
      ).toEqual([]);
      expect(
        texts.filter((text, at) => texts.indexOf(text) !== at),
        id,
      ).toEqual([]);
      expect(texts.length, id).toBeGreaterThan(0);
    }
  });

  it('names its sections as buttons can carry them', async () => {
    const { library } = await realLibrary();
    const sections = library.records.flatMap(({ sections }) => sections);
    for (const { id, documentId, number } of sections) expect(parseSectionId(id)).toEqual({ documentId, number });
    expect(new Set(sections.map(({ id }) => id)).size).toBe(sections.length);
  });

  it('keeps no word twice in the lexicon, and none shorter than two characters', async () => {
    const { library } = await realLibrary();
    expect(library.lexicon.filter((word, at) => [...word].length < 2 || library.lexicon.indexOf(word) !== at)).toEqual([]);
  });
});

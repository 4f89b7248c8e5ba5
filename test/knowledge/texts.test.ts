import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../../src/knowledge/editorial/digest.ts';
import type { TextKind } from '../../src/knowledge/editorial/revision.ts';
import type { PublishedText } from '../../src/knowledge/editorial/store.ts';
import { readKnowledgeFiles, writeKnowledgeFiles } from '../../src/knowledge/knowledge-files.ts';
import { readQuestionSet } from '../../src/knowledge/language-texts.ts';
import { libraryOf, readLibrary } from '../../src/knowledge/library.ts';
import { contentOf, kindOfSource, readText, sourceOf, type TextContent, textProblems } from '../../src/knowledge/text-source.ts';
import { temporaryFolder } from '../support/config.ts';

const PIECES = [...'中文。；*#&!|>%@`"\':- [](){},?~\\\n0123.e“”\t=<', '😀', 'true', 'null', '---', '2024-01-01', '007', 'yes', '~'];
const nasty = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 9 })
  .map((pieces) => pieces.join('').trim())
  .filter((text) => text !== '');
const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null });
const list = fc.array(nasty, { maxLength: 3 });
const day = fc.constantFrom('2024-02-29', '2026-11-23', '1999-12-31');
/** A line of text as the library's Markdown has it. */
const line = nasty.map((text) => text.replaceAll(/\s+/g, ' ')).filter((text) => !text.startsWith('#'));

const base = {
  id: fc.stringMatching(/^[a-z0-9-]{1,40}$/),
  title: nasty,
  issuingBody: maybe(nasty),
  documentNumber: maybe(nasty),
  year: maybe(fc.integer({ min: 1949, max: 2200 })),
  issuedOn: maybe(day),
  effectiveOn: fc.constant(null),
  expiresOn: maybe(day),
  url: maybe(fc.webUrl()),
  supersedes: list,
  supersededBy: maybe(nasty),
  verifiedOn: maybe(day),
  verifiedBy: maybe(nasty),
  derivedFrom: fc.constantFrom([], ['2024-plan#6']),
  category: fc.constantFrom('subsidy', 'talent'),
  tags: list,
};
const facts = fc.record(
  {
    award: nasty,
    phone: nasty,
    conditions: list,
    materials: list,
    level: fc.constantFrom('省', '市'),
    applyFrom: day,
    department: maybe(nasty),
  },
  { requiredKeys: [] },
);
const guide = fc.record(
  {
    conditions: list,
    materials: fc.array(
      fc.record({ name: nasty, forms: fc.constantFrom([], ['原件']), copies: maybe(fc.integer({ min: 1, max: 99 })), note: maybe(nasty) }),
      { maxLength: 2 },
    ),
    steps: fc.array(fc.record({ name: nasty, detail: maybe(nasty), time: maybe(nasty) }), { maxLength: 2 }),
    fee: nasty,
    phone: nasty,
    faq: fc.array(fc.record({ question: nasty, answer: nasty }), { maxLength: 2 }),
  },
  { requiredKeys: [] },
);
const sections = fc.constant([{ number: 21, tags: ['甲'], questions: ['问'], page: 4 }]);
const sectioned = fc.tuple(line, line).map(([title, text]) => `### 21. 题${title}\n\n${text}`);

const record: fc.Arbitrary<TextContent> = fc.oneof(
  fc.record({ kind: fc.constant('policy' as const), meta: fc.record({ ...base, facts, sections }), body: sectioned }),
  fc.record({
    kind: fc.constant('procedure' as const),
    meta: fc.record({ ...base, itemCode: maybe(nasty), guide, sections }),
    body: sectioned,
  }),
  fc.record({
    kind: fc.constant('faq' as const),
    meta: fc.record({ ...base, source: maybe(nasty), questions: list, negativeQuestions: list }),
    body: line,
  }),
);

const word = fc
  .array(
    fc.constantFrom('中', '文', '技改', '*', '&', '"', "'", ':', ' ', '-', '1', '0', '.', 'e', 'no', 'true', '~', '[', '}', ',', '😀'),
    {
      minLength: 2,
      maxLength: 6,
    },
  )
  .map((pieces) => pieces.join('').trim())
  .filter((text) => [...text].length > 1);
const words = fc.array(word, { minLength: 1, maxLength: 3 });
const language: fc.Arbitrary<TextContent> = fc.oneof(
  fc.record({ kind: fc.constant('lexicon' as const), words }),
  fc.record({
    kind: fc.constant('thesaurus' as const),
    groups: fc.array(
      fc.record({ official: words, colloquial: fc.array(word, { maxLength: 2 }), ambiguous: fc.array(word, { maxLength: 2 }) }),
    ),
  }),
  fc.record({ kind: fc.constant('english' as const), terms: fc.dictionary(fc.stringMatching(/^[a-z][a-z -]{0,8}[a-z]$/), words) }),
  fc.record({
    kind: fc.constant('questions' as const),
    questions: fc.uniqueArray(
      fc.record({ id: nasty, kind: nasty, q: nasty, sections: fc.constantFrom<string[]>([], ['2024-plan#6']), evidence: list }),
      { selector: ({ id }) => id },
    ),
  }),
);

describe('a text taken apart and put together', () => {
  it('is the same record, whatever stands in its fields', () => {
    fc.assert(
      fc.property(record, (content) => {
        const source = sourceOf(content);
        const again = sourceOf(contentOf(source, content.kind));
        expect(again).toBe(source);
        const read = readText(source, content.kind).record!;
        const { meta } = content as Extract<TextContent, { readonly body: string }>;
        for (const key of ['id', 'title', 'documentNumber', 'year', 'issuedOn', 'expiresOn', 'supersedes', 'supersededBy', 'tags'] as const)
          expect(read[key]).toEqual(meta[key]);
        if (read.kind === 'policy') expect(read.facts).toMatchObject(meta['facts'] as object);
        if (read.kind === 'procedure') expect(read.guide).toMatchObject(meta['guide'] as object);
        if (read.kind === 'faq') expect([read.source, read.negativeQuestions]).toEqual([meta['source'], meta['negativeQuestions']]);
        else expect(read.sections.find(({ number }) => number === 21)).toMatchObject({ page: 4, tags: ['甲'] });
      }),
      { seed: 2026, numRuns: 400 },
    );
  });

  it('is the same list of words, terms or questions', () => {
    fc.assert(
      fc.property(language, (content) => {
        expect(contentOf(sourceOf(content), content.kind)).toEqual(content);
      }),
      { seed: 2026, numRuns: 400 },
    );
  });

  it('leaves out what is empty, in the order files are written', () => {
    const source = sourceOf({
      kind: 'procedure',
      meta: { tags: [], guide: { phone: '12345', fee: null, conditions: [] }, category: 'approval', title: '开办企业', id: 'g', url: null },
      body: '\n\n',
    });
    expect(source).toBe('---\nid: g\nkind: procedure\ntitle: 开办企业\ncategory: approval\nguide:\n  phone: "12345"\n---\n');
  });

  it.each<[string, TextContent]>([
    ['a record without its title', { kind: 'faq', meta: { id: 'a', category: 'approval' }, body: '答。' }],
    ['a word with a sign that begins a remark', { kind: 'lexicon', words: ['白#名单'] }],
    ['a word of one character', { kind: 'lexicon', words: ['税'] }],
    [
      'an id that comes twice',
      { kind: 'questions', questions: ['甲', '乙'].map((q) => ({ id: '1', kind: 'fact', q, sections: [], evidence: [] })) },
    ],
  ])('is refused as %s', (_, content) => {
    expect(() => sourceOf(content)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
  });
});

const FAQ =
  '---\nid: hours\nkind: faq\ntitle: 几点上班？\ncategory: approval\nverifiedOn: 2026-01-01\nquestions: [上班时间]\n---\n九点。\n';

describe('a text', () => {
  it.each<[string, string, TextKind]>([
    ['faq/a.md', FAQ, 'faq'],
    ['lexicon.txt', '白名单', 'lexicon'],
    ['knowledge/thesaurus.yaml', '[]', 'thesaurus'],
    ['english.yaml', '{}', 'english'],
    ['questions.jsonl', '', 'questions'],
  ])('%s is known by its name or its front matter', (file, source, kind) => {
    expect(kindOfSource(source, file)).toBe(kind);
    expect(readText(source, kind, file).kind).toBe(kind);
  });

  it('of another kind than asked for is refused', () => {
    expect(() => readText(FAQ, 'policy', 'a.md')).toThrow('a.md:2: kind: expected policy, got faq.');
    expect(() => kindOfSource('---\nid: a\n---\n', 'a.md')).toThrow(/^a\.md:2: kind: expected policy, procedure or faq, got none\.$/);
  });
});

describe('what is wrong with a text, in Chinese', () => {
  it.each<[string, TextKind, string, number | null, string]>([
    ['a day that is none', 'faq', FAQ.replace('2026-01-01', '元旦'), 6, '最后核对日期：应为日期，例如 2026-01-31'],
    ['a field nobody knows', 'faq', FAQ.replace('questions', 'asked'), 2, '不认识的字段："asked"'],
    ['a title that is missing', 'faq', FAQ.replace('title: 几点上班？\n', ''), 2, '标题：必须填写'],
    ['no answer', 'faq', FAQ.replace('九点。\n', ''), 9, '缺少正文'],
    ['no front matter', 'faq', '九点。', 1, '开头缺少文件信息（两行“---”之间的内容）'],
    [
      'a quote that is not in the text',
      'faq',
      FAQ.replace('[上班时间]', '[{ about: 八点, ask: [几点] }]'),
      7,
      '依据句“八点”不在该节正文里，请改为原文中的一段',
    ],
    ['a question without an id', 'questions', '{}\n', 1, '编号：必须填写'],
    ['a line that is no JSON', 'questions', '\n{', 2, '每行应为一个 JSON 对象'],
    ['a group without official words', 'thesaurus', '- official: [甲甲]\n- colloquial: [乙乙]\n', 2, '第 2 项 · 文件用语：格式不对'],
  ])('%s', (_, kind, source, line, message) => {
    const problems = textProblems(source, kind);
    expect(problems).toHaveLength(1);
    expect([problems[0]!.severity, problems[0]!.line]).toEqual(['error', line]);
    expect(problems[0]!.message).toContain(message);
    expect(problems[0]!.message).not.toMatch(/expected|received|Invalid/);
  });

  it('warns of what is missing, and says nothing of a text that is fine', () => {
    expect(textProblems(FAQ, 'faq')).toEqual([]);
    expect(textProblems('白名单\n', 'lexicon')).toEqual([]);
    const bare = FAQ.replace(/verifiedOn.*\nquestions.*\n/, 'expiresOn: 2026-01-31\n');
    expect(textProblems(bare, 'faq', '2026-02-01').map(({ severity, line, message }) => [severity, line, message])).toEqual([
      ['warning', null, '已于2026-01-31失效，发布后不会用来回答'],
      ['warning', null, expect.stringContaining('相似问')],
      ['warning', null, expect.stringContaining('最后核对日期')],
    ]);
  });
});

describe('a question set', () => {
  it.each<[string, string, RegExp]>([
    ['a line that is no JSON', '\n{"id":', /^questions\.jsonl:2: expected one JSON object a line\.$/],
    [
      'a section that is none',
      '{"id":"1","kind":"fact","q":"问","sections":["6"]}',
      /^questions\.jsonl:1: sections\.0: expected the id of a section/,
    ],
    [
      'a key nobody knows',
      '{"id":"1","kind":"fact","q":"问","sections":[],"answer":""}',
      /^questions\.jsonl:1: : Unrecognized key: "answer"$/,
    ],
    [
      'an id that comes twice',
      '{"id":"1","kind":"fact","q":"问","sections":[]}\n\n{"id":"1","kind":"fact","q":"答","sections":[]}',
      /^questions\.jsonl:3: expected each id once, but "1" is that of line 1\.$/,
    ],
  ])('is refused for %s', (_, source, reason) => {
    expect(() => readQuestionSet(source)).toThrow(reason);
  });
});

describe('the library of the texts in service', () => {
  const text = (id: string, kind: TextKind, source: string): PublishedText => ({
    id,
    kind,
    source,
    digest: digestOf(source),
    revision: 3,
    // Late in the evening of the day before in Greenwich.
    publishedAtMs: Date.parse('2026-11-22T17:00:00Z'),
  });

  it('has its records by id, with their revision and the day they were published where the house stands', () => {
    const texts = [
      text('zz', 'faq', FAQ.replace('hours', 'zz')),
      text('hours', 'faq', FAQ),
      text('lexicon.txt', 'lexicon', '白名单\n'),
      text('questions.jsonl', 'questions', '{"id":"1","kind":"fact","q":"问","sections":[]}'),
    ];
    const library = libraryOf(texts);
    expect(library.records.map(({ id, revision, publishedOn }) => [id, revision, publishedOn])).toEqual([
      ['hours', 3, '2026-11-23'],
      ['zz', 3, '2026-11-23'],
    ]);
    expect(libraryOf(texts, 'UTC').records[0]!.publishedOn).toBe('2026-11-22');
    expect(library.digests.get('hours')).toBe(digestOf(FAQ));
    expect([library.lexicon, library.thesaurus, library.questions.length]).toEqual([['白名单'], [], 1]);
  });
});

describe('the files of a knowledge folder', () => {
  it('are given whether they can be read as texts or not, and written back as they were', async () => {
    const folder = temporaryFolder();
    const files = { 'faq/a.md': FAQ, 'policies/broken.md': '---\ntitle: "x\n---\n', 'lexicon.txt': '白名单\n', 'README.md': '-' };
    for (const [path, source] of Object.entries(files)) {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      writeFileSync(join(folder, path), source);
    }
    const read = await readKnowledgeFiles(folder);
    expect(read.map(({ textId, kind, path }) => [textId, kind, path])).toEqual([
      ['broken', 'policy', 'policies/broken.md'],
      ['hours', 'faq', 'faq/a.md'],
      ['lexicon.txt', 'lexicon', 'lexicon.txt'],
    ]);
    expect(read.map(({ source, digest }) => digestOf(source) === digest)).toEqual([true, true, true]);
    await expect(readLibrary(folder)).rejects.toThrow(/^policies\/broken\.md:\d: not valid YAML/);
    const other = temporaryFolder();
    const paths = await writeKnowledgeFiles(
      other,
      read.map(({ textId, kind, source }) => ({ id: textId, kind, source })),
    );
    expect(paths).toEqual(['policies/broken.md', 'faq/hours.md', 'lexicon.txt']);
    expect((await readKnowledgeFiles(other)).map(({ textId, digest }) => [textId, digest])).toEqual(
      read.map(({ textId, digest }) => [textId, digest]),
    );
    expect(await readKnowledgeFiles(join(other, 'nowhere'))).toEqual([]);
  });
});

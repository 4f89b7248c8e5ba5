import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { load } from 'cheerio';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { bestOf } from '../../bench/retrieval/engines/bm25.ts';
import { ENGINE_NAMES, needsEmbedding } from '../../bench/retrieval/engines/catalogue.ts';
import { measureInChild } from '../../bench/retrieval/in-child.ts';
import type { Measurement } from '../../bench/retrieval/measurement.ts';
import { type Options, readOptions } from '../../bench/retrieval/options.ts';
import { keep, publish } from '../../bench/retrieval/publish.ts';
import { findSets, readSet } from '../../bench/retrieval/read-set.ts';
import { repeated } from '../../bench/retrieval/repeat.ts';
import { planCorpora, run } from '../../bench/retrieval/run.ts';
import { quantile, sampleOf } from '../../bench/retrieval/sample.ts';
import { FakeModel } from '../fakes/model-server.ts';
import { temporaryFolder } from '../support/config.ts';

/** The same cases in every run. */
fc.configureGlobal({ seed: 20_240_101 });

const PASSAGES = [
  { id: 'jobs#0', title: '稳就业措施', text: '对不裁员的企业发放稳岗返还补贴，按上年度失业保险费的百分之五十返还。' },
  { id: 'jobs#1', title: '稳就业措施', text: '高校毕业生创业可以申请一次性创业补贴，每人一万元。' },
  { id: 'Tax-1', title: '', text: '小规模纳税人免征增值税，期限至年底。' },
  { id: 'Tax-2', title: '印花税', text: '经营账簿的印花税减半征收。' },
  { id: 'land', title: '工业用地', text: '工业用地可以弹性出让，年期不超过二十年。\n租金按季度缴纳。' },
  { id: 'water', title: '供水', text: '新装用水报装，三个工作日内接通。' },
];
/** The first two can be found by their words; the third asks for what the passage does not say. */
const QUERIES = [
  { id: 'q1', text: '稳岗返还补贴' },
  { id: 'q2', text: '工业用地可以弹性出让' },
  { id: 'q3', text: '增值税' },
];
const QRELS = ['q1\tjobs#0\t1', 'q2\tland\t1', 'q3\twater\t1', 'q3\tTax-1\t0'];

const lines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

/** A folder with the small set in it, some of its files changed. */
function smallSet(changes: Readonly<Record<string, string | null>> = {}): string {
  const folder = join(temporaryFolder(), 'small');
  mkdirSync(folder);
  const files = { 'corpus.jsonl': lines(PASSAGES), 'queries.jsonl': lines(QUERIES), 'qrels.tsv': `${QRELS.join('\n')}\n`, ...changes };
  for (const [name, content] of Object.entries(files)) if (content !== null) writeFileSync(join(folder, name), content);
  return folder;
}

const quiet = { say() {}, done() {} };

function optionsOf(...args: string[]): Options {
  const command = readOptions(args);
  if (command.kind !== 'run') throw new Error(`Expected a run, got ${command.kind}`);
  return command;
}

describe('the retrieval benchmark on a small set', () => {
  it('measures every engine', { timeout: 120_000 }, async () => {
    const { measurements, failures } = await run(optionsOf(smallSet()), quiet);
    expect(failures).toEqual([]);
    expect(measurements.map(({ engine }) => engine)).toEqual(ENGINE_NAMES.filter((name) => !needsEmbedding(name)));
    for (const one of measurements) {
      expect(one).toMatchObject({ set: 'small', passages: 6, questions: 3, ofQuestions: 3, hasDistractors: false, repeat: 1 });
      expect([one.engine, one.recallAt1]).toEqual([one.engine, 2 / 3]);
      expect(one.mrrAt10).toBeGreaterThanOrEqual(2 / 3);
      expect(one.versusBaseline).toEqual(one.engine === 'bm25' ? null : { won: 0, lost: 0 });
      for (const time of [one.buildMs, one.p50Ms, one.p99Ms, one.rssMb]) expect(time).toBeGreaterThan(0);
    }
    for (const engine of ['bm25', 'minisearch', 'minisearch-bigrams', 'fts5']) {
      expect(measurements.find((one) => one.engine === engine)).toMatchObject({ recallAt5: 2 / 3, mrrAt10: 2 / 3, ndcgAt10: 2 / 3 });
    }
  });

  it('measures Wence with embeddings where an endpoint is given, and never finds less with one that is of no use', {
    timeout: 60_000,
  }, async () => {
    const model = await FakeModel.start();
    onTestFinished(() => model.close());
    const options = ['--embedding-url', model.baseUrl, '--embedding-model', 'm', '--engines', 'wence,wence-embeddings'];
    const { measurements, failures } = await run(optionsOf(smallSet(), ...options), quiet);
    expect(failures).toEqual([]);
    expect(measurements.map(({ engine, recallAt1, mrrAt10 }) => [engine, recallAt1, mrrAt10])).toEqual([
      ['wence', 2 / 3, measurements[0]!.mrrAt10],
      ['wence-embeddings', 2 / 3, measurements[0]!.mrrAt10],
    ]);
    expect(model.callsTo('embeddings').length).toBeGreaterThan(0);
  });

  it('adds other passages, packed or not, and repeats', async () => {
    const folder = smallSet();
    const more = lines([
      { id: 'x1', title: '', text: '公园免费开放。' },
      { id: 'x2', title: '', text: '稳岗返还补贴的申领期限。' },
    ]);
    const file = join(folder, 'more');
    for (const content of [more, gzipSync(more)]) {
      writeFileSync(file, content);
      const { measurements } = await run(optionsOf(folder, '--engines', 'bm25', '--distractors', file, '--repeat', '2'), quiet);
      expect(measurements).toMatchObject([{ passages: 16, hasDistractors: true, repeat: 2, questions: 3 }]);
    }
  });

  it('tells what failed and why', async () => {
    const [set] = findSets(smallSet());
    const job = { engine: 'bm25', set: { ...set!, corpus: 'nowhere.jsonl' }, distractors: null, repeat: 1, questions: 3 } as const;
    expect(await measureInChild(job)).toEqual({ failure: expect.stringContaining('nowhere.jsonl: expected a file to read') });
  });

  it('can be called from a shell, and answers mistakes with what to do', async () => {
    const call = promisify(execFile);
    const folder = smallSet();
    const { stdout } = await call(process.execPath, ['bench/retrieval.ts', folder, '--engines', 'bm25', '--json', '--limit', '2']);
    expect(JSON.parse(stdout)).toMatchObject({ failures: [], measurements: [{ engine: 'bm25', questions: 2, ofQuestions: 3 }] });
    writeFileSync(join(folder, 'queries.jsonl'), 'what?\n');
    const failed = call(process.execPath, ['bench/retrieval.ts', folder]);
    await expect(failed).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/queries\.jsonl:1: expected .*"what\?"\n→ Every line/),
    });
  });
});

describe('a set', () => {
  const read = (changes: Readonly<Record<string, string | null>>) => {
    const [set] = findSets(smallSet(changes));
    return readSet(set!, null);
  };

  it('is read with its right passages; what nobody judged is left out and told', () => {
    const { passages, questions, notes } = read({ 'qrels.tsv': 'q1\tjobs#0\t1\r\nq1\tjobs#1\t1\n\nq3\tTax-1\t0\nother\tland\t1\n' });
    expect(passages).toEqual(PASSAGES);
    expect(questions).toEqual([{ id: 'q1', text: '稳岗返还补贴', relevant: new Set(['jobs#0', 'jobs#1']) }]);
    expect(notes).toHaveLength(2);
  });

  it.each([
    [{ 'corpus.jsonl': `${lines(PASSAGES.slice(0, 1))}{"id":` }, /corpus\.jsonl:2: expected one JSON object, got/],
    [{ 'corpus.jsonl': '{"id":"a"}' }, /corpus\.jsonl:1: expected \{"id".*: text: /],
    [{ 'corpus.jsonl': lines([PASSAGES[0]!, PASSAGES[0]!]) }, /corpus\.jsonl:2: expected a new id, but "jobs#0" is taken/],
    [{ 'corpus.jsonl': '\n' }, /corpus\.jsonl: expected passages, found none/],
    [{ 'queries.jsonl': null }, /queries\.jsonl: expected a file to read/],
    [{ 'queries.jsonl': lines([{ id: 'q1', text: '' }]) }, /queries\.jsonl:1: expected .*: text: /],
    [{ 'qrels.tsv': null }, /qrels\.tsv: expected a file to read/],
    [{ 'qrels.tsv': 'q1\tjobs#0\t1\nq2\tnone\t1\n' }, /qrels\.tsv:2: expected the id of a passage in .*, got "none"/],
    [{ 'qrels.tsv': 'q1 jobs#0 1\n' }, /qrels\.tsv:1: expected query id, tab, passage id, tab, 1; got "q1 jobs#0 1"/],
    [{ 'qrels.tsv': 'query-id\tcorpus-id\tscore\n' }, /qrels\.tsv:1: expected query id/],
    [{ 'qrels.tsv': 'q1\tjobs#0\t0\n' }, /qrels\.tsv: expected a right passage for a question/],
  ])('is refused by file and line: %j', (changes, message) => {
    expect(() => read(changes)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID', message: expect.stringMatching(message) }));
  });

  it('is looked for in the folder and in those below it', () => {
    const folder = smallSet();
    expect(findSets(folder).map(({ name }) => name)).toEqual(['small']);
    expect(findSets(join(folder, '..')).map(({ name }) => name)).toEqual(['small']);
    expect(() => findSets(temporaryFolder())).toThrow(/expected corpus\.jsonl/);
    expect(() => findSets(join(folder, 'nowhere'))).toThrow(/expected a folder/);
  });
});

describe('options', () => {
  it.each([
    [[], /expected one folder, got 0/],
    [['a', 'b'], /expected one folder, got 2/],
    [['a', '--engines', 'bm25,lucene'], /--engines: .*got "lucene"/],
    [['a', '--limit', '0'], /--limit: expected a whole number above 0, got "0"/],
    [['a', '--repeat', '1,x'], /--repeat: .*got "x"/],
    [['a', '--queries', 'q'], /--queries and --qrels together/],
    [['a', '--growth', 'b'], /--growth: expected --distractors or --repeat/],
    [['a', '--out', 'page.html'], /--out: expected a page ending in \.md/],
    [['a', '--fast'], /--fast/],
  ])('are refused: %j', (args, message) => expect(() => readOptions(args)).toThrow(message));

  it('say which corpora are measured', () => {
    const folder = smallSet();
    const plan = (...args: string[]) => planCorpora(optionsOf(folder, ...args)).map(({ distractors, repeat }) => [distractors, repeat]);
    expect(plan()).toEqual([[null, 1]]);
    expect(plan('--repeat', '1,3')).toEqual([
      [null, 1],
      [null, 3],
    ]);
    expect(plan('--growth', 'small', '--distractors', 'more', '--repeat', '1,3')).toEqual([
      [null, 1],
      ['more', 1],
      ['more', 3],
    ]);
    expect(() => plan('--growth', 'large', '--repeat', '2')).toThrow(/got "large"/);
  });
});

describe('samples and copies', () => {
  it('a sample is evenly spread, in order, and the whole when that is small enough', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 70 }), (size, count) => {
        const items = Array.from({ length: size }, (_, at) => at);
        const sample = sampleOf(items, count);
        expect(sample).toHaveLength(Math.min(size, count));
        const gaps = sample.slice(1).map((item, at) => item - sample[at]!);
        if (gaps.length > 0) expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
        expect(gaps.every((gap) => gap > 0)).toBe(true);
      }),
    );
  });

  it('a quantile is the least value with that share at or below it', () => {
    const values = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1 });
    fc.assert(
      fc.property(values, fc.constantFrom(0.01, 0.5, 0.9, 0.99, 1), (values, share) => {
        const isEnough = (value: number): boolean => values.filter((other) => other <= value).length >= share * values.length;
        expect(quantile(values, share)).toBe(Math.min(...values.filter(isEnough)));
      }),
    );
  });

  it('the best scores are those of a sorted list, of equals the first', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1, max: 5 }), { maxLength: 30 }), fc.integer({ min: 1, max: 8 }), (scores, depth) => {
        const sorted = [...scores.keys()].filter((at) => scores[at]! > 0).sort((a, b) => scores[b]! - scores[a]! || a - b);
        expect(bestOf(Float64Array.from(scores), depth)).toEqual(sorted.slice(0, depth));
      }),
    );
  });

  it('copies follow the passages, the same every time, changed a little, each document for itself', () => {
    const all = [...repeated(PASSAGES, 4)];
    expect(all).toEqual([...repeated(PASSAGES, 4)]);
    expect(all).toHaveLength(24);
    expect(all.slice(0, 6)).toEqual(PASSAGES);
    expect(new Set(all.map(({ id }) => id)).size).toBe(24);
    expect(all[6]!.id).toBe('copy1~jobs#0');
    expect(all.filter(({ text }, at) => text !== PASSAGES[at % 6]!.text).length).toBeGreaterThan(4);
    for (const [at, { text }] of all.entries()) expect(text.length).toBeLessThanOrEqual(PASSAGES[at % 6]!.text.length);
  });
});

describe('the page', () => {
  const measurement = (change: Partial<Measurement>): Measurement => ({
    set: 'small',
    passages: 6,
    hasDistractors: false,
    repeat: 1,
    engine: 'wence',
    questions: 3,
    ofQuestions: 3,
    recallAt1: 2 / 3,
    recallAt5: 1,
    mrrAt10: 0.75,
    ndcgAt10: 0.8,
    buildMs: 12,
    p50Ms: 0.5,
    p99Ms: 20,
    rssMb: 300,
    rssBeforeMb: 200,
    rssPeakMb: 310,
    snapshot: null,
    versusBaseline: { won: 2, lost: 1 },
    ...change,
  });
  const session = (date: string, ...measurements: Measurement[]) => ({
    date,
    machine: { cpu: 'A & B <1 GHz>', cores: 2, memoryGb: 4, system: 'linux x64', node: '24.0.0' },
    note: null,
    measurements,
  });

  it('is made from the figures kept, the newest of each; charts say in words what they show', () => {
    const page = join(temporaryFolder(), 'docs', 'page.md');
    const grown = measurement({ passages: 600, repeat: 100, snapshot: { bytes: 5e6, saveMs: 40, loadMs: 30 } });
    keep(session('2024-01-01', measurement({ recallAt1: 0.125 }), grown), page);
    keep(session('2024-01-02', measurement({}), measurement({ engine: 'fuse', questions: 1, set: '<b>' })), page);
    const files = publish(page);
    expect(files).toHaveLength(3);
    expect(files.every(existsSync)).toBe(true);

    const text = readFileSync(page, 'utf8');
    expect(text).toContain('### small: 6 passages');
    expect(text).toContain('**66.7**');
    expect(text).toContain('2 : 1 (1.000)');
    expect(text).not.toContain('12.5');
    expect(text).toContain('small × 100: 600 passages');
    expect(text).toContain('5 MB, 40.0 / 30.0 ms');
    expect(text).toContain('1 of 3');

    for (const [file, words] of [
      [files[0]!, 'small: wence 66.7.'],
      [files[1]!, 'p50, ms a question, by passages: wence 6 0.5, 600 0.5.'],
    ] as const) {
      const svg = load(readFileSync(file, 'utf8'), { xml: true });
      expect(svg('svg > title').text()).not.toBe('');
      expect(svg('svg > desc').text()).toContain(words);
      expect(svg('svg').attr('aria-labelledby')).toBe('title description');
    }
    expect(publish(page)).toEqual(files);
    expect(readFileSync(page, 'utf8')).toBe(text);
  });

  it('of no figures has no charts and no tables of figures', () => {
    const page = join(temporaryFolder(), 'page.md');
    expect(publish(page)).toEqual([page]);
    expect(readFileSync(page, 'utf8')).not.toContain('passages/s');
  });

  it('is not made from a file that holds something else', () => {
    const page = join(temporaryFolder(), 'page.md');
    writeFileSync(page.replace('.md', '.json'), '{"version":2}');
    expect(() => publish(page)).toThrow(/page\.json: expected results of this benchmark/);
  });
});

import { signTest } from '../../../src/evaluation/ranking-metrics.ts';
import { BASELINE, ENGINE_NAMES, ENGINES } from '../engines/catalogue.ts';
import { type Measurement, passagesPerSecond } from '../measurement.ts';
import type { Results } from '../results.ts';
import { growthOf, isPlain } from './charts.ts';
import { DISTRACTORS, SOURCES } from './sources.ts';
import { askedOf, corpusOf, grouped, meansOf, ms, percent } from './table.ts';

export interface PageLinks {
  /** From the page; null: there is no such chart. */
  readonly quality: string | null;
  readonly growth: string | null;
}

type Row = readonly string[];

/** A Markdown table; the first column is text, the others are figures unless `isText`. */
const table = (head: Row, rows: readonly Row[], { isText = false } = {}): string =>
  [head, head.map((_, at) => (at === 0 || isText ? '---' : '--:')), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

const bold = (engine: string, text: string): string => (engine === 'wence' ? `**${text}**` : text);
const standardError = ({ recallAt1, questions }: Measurement): number => Math.sqrt((recallAt1 * (1 - recallAt1)) / questions);

/** The page on the benchmark, all of it made from the results. */
export function pageOf({ sessions }: Results, links: PageLinks): string {
  const measurements = sessions
    .flatMap((session) => session.measurements)
    .sort(
      (a, b) => a.set.localeCompare(b.set) || a.passages - b.passages || ENGINE_NAMES.indexOf(a.engine) - ENGINE_NAMES.indexOf(b.engine),
    );
  const plain = measurements.filter(isPlain);
  const sets = [...new Set(plain.map(({ set }) => set))];
  const parts = [
    '# Retrieval benchmark',
    '<!-- Written by `npm run bench:retrieval -- … --out`; change bench/retrieval/report/page.ts, not this file. -->',
    INTRODUCTION,
    '## Engines',
    table(
      ['engine', 'what'],
      ENGINE_NAMES.map((name) => [`\`${name}\``, ENGINES[name].what]),
      { isText: true },
    ),
    SAME_FOR_ALL,
    '## Run it',
    RUN_IT,
    ...(sets.length === 0 ? [] : ['## Test data', setTable(plain, sets), TEST_DATA]),
    ...(sets.length === 0 ? [] : ['## How often the right passage is found']),
    ...(links.quality === null ? [] : [`![Bars: share of questions with a right passage first, by engine and set](${links.quality})`]),
    ...sets.flatMap((set) => {
      const own = plain.filter((measurement) => measurement.set === set);
      return [`### ${corpusOf(own[0]!)}`, qualityTable(own)];
    }),
    ...(sets.length < 2 ? [] : [`### Mean of the ${sets.length} sets`, meanRows(plain)]),
    ...growthPart(measurements, links.growth),
    '## How to read it',
    READING,
    ...(sessions.length === 0 ? [] : ['## Measured on', sessionList(sessions)]),
  ];
  return `${parts.join('\n\n')}\n`;
}

const INTRODUCTION = `How well and how fast Wence finds the passage that answers a question, beside other ways to search Chinese text in Node.js, on public sets of
questions that were not written for it. Only finding and ranking is measured: reading misspellings and pinyin, choosing the sentence to quote and
refusing come after it and are measured by \`wence evaluate\`.`;

const SAME_FOR_ALL = `All get the same passages and questions in the same normal form (full-width → half-width, lower case, simplified script), made inside the measured
time. The rivals see title and text as one field; MiniSearch, the only one tried with two, found less that way. Their settings are those they come
with; \`bm25\` has the usual values. Wence is given its shipped thesaurus and English terms, but neither its lexicon nor any of its library's
questions. Each engine runs in a process of its own, one after the other; questions are asked one at a time, after 50 others to warm up.`;

const RUN_IT = `\`\`\`sh
npm run bench:retrieval -- <folder of sets>                      # tables
npm run bench:retrieval -- <set> --engines wence,bm25 --json     # some engines, for machines
npm run bench:retrieval -- <set> --queries q.jsonl --qrels r.tsv # other questions on the same passages
npm run bench:retrieval -- <set> --engines wence,wence-embeddings --embedding-url <…/v1> --embedding-model <model>

# all of this page
npm run bench:retrieval -- <folder of sets> --growth ncpqa_psg --distractors <passages.jsonl.gz> --repeat 1,4,15 --out docs/benchmarks.md
npm run bench:retrieval -- --render                              # page and charts from the figures kept in docs/benchmarks.json
\`\`\`

A set is a folder with \`corpus.jsonl\` (\`{"id","title","text"}\` a line), \`queries.jsonl\` (\`{"id","text"}\`) and \`qrels.tsv\` (query id, tab, passage id,
tab, 1). Passages whose ids agree up to a \`#\` are sections of one document. \`--help\` lists all options.`;

const TEST_DATA = `The sets are not part of this project. The questions here are the halves that were open to us while Wence was being made; to see whether that
matters, run the others with \`--queries\` and \`--qrels\`.`;

const READING = `- **R@1, R@5**: share of questions with _a_ right passage in the first place, among the first five. **MRR@10**: mean of 1 / place of the first right
  one. **nDCG@10** also counts further right ones.
- **±** is the standard error of R@1; **won : lost** counts, of the questions both were asked in the same run, those for which the
  engine has a right passage first and \`${BASELINE}\` has not, and the other way round, with the p of a sign test. A difference with p above 0.05 may be chance.
- The sets name one or a few right passages a question. Others may answer as well and count as wrong, for every engine alike.
- Wence's ranking may have been fitted on these questions; the rivals' were not.
- \`fuse\` and \`fuse-tokens\` take about a second a question and are asked a fixed, evenly spread sample; their figures are that much rougher. They are left
  out above ${grouped(ENGINES.fuse.maxPassages)} passages, MiniSearch above ${grouped(ENGINES.minisearch.maxPassages)}.
- **MB** is what the process holds after the last question, garbage collected. Every engine's includes Node.js itself, and jieba's dictionary (about
  150 MB) but for \`fuse\`. Wence keeps the texts and what it needs to quote them; \`bm25\`, MiniSearch and \`fts5\` keep their index only.
- Words of everyday speech and words of the law often have nothing in common (\`stard_lite\`). No engine here has a language model; one with embeddings
  may find more there, at another price.`;

function setTable(plain: readonly Measurement[], sets: readonly string[]): string {
  return table(
    ['set', 'what', 'passages', 'questions', 'source', 'licence'],
    sets.map((set) => {
      const { passages, ofQuestions } = plain.find((measurement) => measurement.set === set)!;
      const known = SOURCES[set];
      return [`\`${set}\``, known?.what ?? '', grouped(passages), grouped(ofQuestions), known?.source ?? '', known?.licence ?? ''];
    }),
    { isText: true },
  );
}

function qualityTable(measurements: readonly Measurement[]): string {
  const head = [
    'engine',
    'questions',
    'R@1 %',
    '±',
    'R@5 %',
    'MRR@10',
    'nDCG@10',
    'won : lost (p)',
    'p50 ms',
    'p99 ms',
    'build s',
    'passages/s',
    'MB',
  ];
  return table(
    head,
    measurements.map((one) => {
      const { engine, versusBaseline: versus } = one;
      const cells = [
        percent(one.recallAt1),
        percent(standardError(one)),
        percent(one.recallAt5),
        one.mrrAt10.toFixed(3),
        one.ndcgAt10.toFixed(3),
        versus ? `${versus.won} : ${versus.lost} (${signTest(versus.won, versus.lost).toFixed(3)})` : '–',
        ms(one.p50Ms),
        ms(one.p99Ms),
        (one.buildMs / 1_000).toFixed(2),
        grouped(passagesPerSecond(one)),
        grouped(one.rssMb),
      ];
      return [`\`${engine}\``, askedOf(one), ...cells.map((cell) => bold(engine, cell))];
    }),
  );
}

const meanRows = (plain: readonly Measurement[]): string =>
  table(
    ['engine', 'R@1 %', 'R@5 %', 'MRR@10', 'nDCG@10'],
    meansOf(plain).map(({ engine, recallAt1, recallAt5, mrrAt10, ndcgAt10, isSample }) => [
      `\`${engine}\`${isSample ? ' (sample)' : ''}`,
      ...[percent(recallAt1), percent(recallAt5), mrrAt10.toFixed(3), ndcgAt10.toFixed(3)].map((cell) => bold(engine, cell)),
    ]),
  );

function growthPart(measurements: readonly Measurement[], chart: string | null): string[] {
  const growth = growthOf(measurements);
  if (growth.length === 0) return [];
  const engines = new Set(growth.filter((one) => !isPlain(one)).map(({ engine }) => engine));
  const rows = growth
    .filter(({ engine }) => engines.has(engine))
    .map((one) => [
      corpusOf(one),
      `\`${one.engine}\``,
      ...[
        one.repeat > 1 ? '–' : percent(one.recallAt1),
        ms(one.p50Ms),
        ms(one.p99Ms),
        (one.buildMs / 1_000).toFixed(1),
        grouped(passagesPerSecond(one)),
        grouped(one.rssMb),
        one.snapshot ? `${grouped(one.snapshot.bytes / 1e6)} MB, ${ms(one.snapshot.saveMs)} / ${ms(one.snapshot.loadMs)} ms` : '–',
      ].map((cell) => bold(one.engine, cell)),
    ]);
  return [
    '## How it grows',
    `Distractors are ${DISTRACTORS}.
“× n”: every passage n times, one clause in four of each copy replaced by a piece of another passage.
A copy of a right passage counts as wrong though it may answer, so only time and memory are told for these, from 200 questions.`,
    ...(chart === null ? [] : [`![Lines: milliseconds a question and seconds to build, by number of passages](${chart})`]),
    table(['passages', 'engine', 'R@1 %', 'p50 ms', 'p99 ms', 'build s', 'passages/s', 'MB', 'snapshot: size, save / load'], rows),
  ];
}

function sessionList(sessions: Results['sessions']): string {
  return sessions
    .map(({ date, machine, note, measurements }) => {
      const what = [...new Set(measurements.map(corpusOf))].map((corpus) => corpus.split(':')[0]).join('; ');
      const where = `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.system}, Node.js ${machine.node}`;
      return `- ${date}: ${where} (${what})${note === null ? '' : ` — ${note}`}`;
    })
    .join('\n');
}

import { BASELINE } from '../engines/catalogue.ts';
import { type Measurement, passagesPerSecond } from '../measurement.ts';

export const percent = (share: number): string => (100 * share).toFixed(1);
export const grouped = (number: number): string => Math.round(number).toLocaleString('en-US');
export const ms = (value: number): string => (value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : grouped(value));

/** Questions asked, and of how many when not of all. */
export const askedOf = ({ questions, ofQuestions }: Measurement): string =>
  questions === ofQuestions ? String(questions) : `${questions} of ${ofQuestions}`;

/** The corpus of a measurement in words. */
export const corpusOf = ({ set, passages, hasDistractors, repeat }: Measurement): string =>
  `${set}${hasDistractors ? ' + distractors' : ''}${repeat > 1 ? ` × ${repeat}` : ''}: ${grouped(passages)} passages`;

const COLUMNS: readonly (readonly [string, (measurement: Measurement) => string])[] = [
  ['engine', ({ engine }) => engine],
  ['questions', askedOf],
  ['R@1 %', ({ recallAt1 }) => percent(recallAt1)],
  ['R@5 %', ({ recallAt5 }) => percent(recallAt5)],
  ['MRR@10', ({ mrrAt10 }) => mrrAt10.toFixed(3)],
  ['nDCG@10', ({ ndcgAt10 }) => ndcgAt10.toFixed(3)],
  [`vs ${BASELINE}`, ({ versusBaseline: versus }) => (versus ? `+${versus.won} -${versus.lost}` : '')],
  ['p50 ms', ({ p50Ms }) => ms(p50Ms)],
  ['p99 ms', ({ p99Ms }) => ms(p99Ms)],
  ['build s', ({ buildMs }) => (buildMs / 1_000).toFixed(2)],
  ['passages/s', (measurement) => grouped(passagesPerSecond(measurement))],
  ['RSS MB', ({ rssMb }) => grouped(rssMb)],
  ['before', ({ rssBeforeMb }) => grouped(rssBeforeMb)],
  ['peak', ({ rssPeakMb }) => grouped(rssPeakMb)],
];

/** The measurements of one corpus as a table for the terminal. */
export function textTable(measurements: readonly Measurement[]): string {
  const rows = [COLUMNS.map(([name]) => name), ...measurements.map((measurement) => COLUMNS.map(([, cell]) => cell(measurement)))];
  const snapshots = measurements.flatMap(({ engine, snapshot }) =>
    snapshot
      ? [
          `${engine}: snapshot of ${grouped(snapshot.bytes / 1e6)} MB, saved in ${ms(snapshot.saveMs)} ms, loaded in ${ms(snapshot.loadMs)} ms`,
        ]
      : [],
  );
  return [corpusOf(measurements[0]!), aligned(rows), ...snapshots].join('\n');
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join('  ')).join('\n');
}

/** Means over the sets, each counting the same, of the engines that were measured on all of them. */
export function meansOf(measurements: readonly Measurement[]): {
  readonly engine: string;
  readonly recallAt1: number;
  readonly recallAt5: number;
  readonly mrrAt10: number;
  readonly ndcgAt10: number;
  /** Not every question was asked. */
  readonly isSample: boolean;
}[] {
  const plain = measurements.filter(({ hasDistractors, repeat }) => !hasDistractors && repeat === 1);
  const sets = new Set(plain.map(({ set }) => set));
  const engines = [...new Set(plain.map(({ engine }) => engine))];
  return engines.flatMap((engine) => {
    const own = plain.filter((measurement) => measurement.engine === engine);
    if (own.length < sets.size) return [];
    const mean = (value: (measurement: Measurement) => number): number => own.reduce((sum, one) => sum + value(one), 0) / own.length;
    return [
      {
        engine,
        recallAt1: mean(({ recallAt1 }) => recallAt1),
        recallAt5: mean(({ recallAt5 }) => recallAt5),
        mrrAt10: mean(({ mrrAt10 }) => mrrAt10),
        ndcgAt10: mean(({ ndcgAt10 }) => ndcgAt10),
        isSample: own.some(({ questions, ofQuestions }) => questions < ofQuestions),
      },
    ];
  });
}

/** The means as a table for the terminal; empty when there is but one set. */
export function meanTable(measurements: readonly Measurement[]): string {
  const sets = new Set(measurements.map(({ set }) => set));
  if (sets.size < 2) return '';
  const rows = meansOf(measurements).map((mean) => [
    `${mean.engine}${mean.isSample ? ' (sample)' : ''}`,
    percent(mean.recallAt1),
    percent(mean.recallAt5),
    mean.mrrAt10.toFixed(3),
    mean.ndcgAt10.toFixed(3),
  ]);
  return [`mean of ${sets.size} sets`, aligned([['engine', 'R@1 %', 'R@5 %', 'MRR@10', 'nDCG@10'], ...rows])].join('\n');
}

import type { DialogueResult, QuestionResult } from './evaluate.ts';

/** Figures over some questions; rates from 0 to 1, null where nothing could be counted. */
export interface Figures {
  readonly questions: number;
  readonly recallAt1: number | null;
  readonly recallAt3: number | null;
  readonly evidenceRate: number | null;
  /** Share answered outright. */
  readonly confidentRate: number | null;
  /** Share refused. */
  readonly refusedRate: number | null;
}

export interface Report {
  readonly overall: Figures;
  readonly byKind: Readonly<Record<string, Figures>>;
  /** Not answering counts as refusing: clarifying an out-of-scope question does no harm. */
  readonly refusal: { readonly precision: number | null; readonly recall: number | null };
  readonly latencyMs: { readonly median: number; readonly p99: number };
  readonly dialogues: { readonly right: number; readonly total: number } | null;
  readonly rows: readonly QuestionResult[];
}

const OUT_OF_SCOPE = 'oos';

const rate = (rows: readonly QuestionResult[], isCounted: (row: QuestionResult) => boolean): number | null =>
  rows.length === 0 ? null : rows.filter(isCounted).length / rows.length;

function figures(rows: readonly QuestionResult[]): Figures {
  const inScope = rows.filter((row) => row.kind !== OUT_OF_SCOPE);
  return {
    questions: rows.length,
    recallAt1: rate(inScope, (row) => row.isFirstRight),
    recallAt3: rate(inScope, (row) => row.isAmongThree),
    evidenceRate: rate(inScope, (row) => row.hasEvidence),
    confidentRate: rate(rows, (row) => row.isConfident),
    refusedRate: rate(rows, (row) => row.outcome === 'refused'),
  };
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;

export function report(rows: readonly QuestionResult[], dialogues: readonly DialogueResult[] | null): Report {
  const kinds = [...new Set(rows.map((row) => row.kind))];
  const refused = rows.filter((row) => row.outcome === 'refused');
  const outOfScope = rows.filter((row) => row.kind === OUT_OF_SCOPE);
  const times = rows.map((row) => row.tookMs).sort((a, b) => a - b);
  const inScope = rows.filter((row) => row.kind !== OUT_OF_SCOPE);
  return {
    overall: { ...figures(inScope), questions: rows.length },
    byKind: Object.fromEntries(kinds.map((kind) => [kind, figures(rows.filter((row) => row.kind === kind))])),
    refusal: {
      precision: rate(refused, (row) => row.kind === OUT_OF_SCOPE),
      recall: rate(outOfScope, (row) => !row.isConfident),
    },
    latencyMs: { median: quantile(times, 0.5), p99: quantile(times, 0.99) },
    dialogues: dialogues === null ? null : { right: dialogues.filter((dialogue) => dialogue.isRight).length, total: dialogues.length },
    rows,
  };
}

const percent = (value: number | null): string => (value === null ? '–' : (value * 100).toFixed(1)).padStart(9);

/** The report as a table for people. */
export function formatReport({ byKind, overall, refusal, latencyMs, dialogues }: Report): string {
  const line = (name: string, row: Figures): string =>
    `${name.padEnd(14)}${String(row.questions).padStart(5)}${percent(row.recallAt1)}${percent(row.recallAt3)}${percent(row.evidenceRate)}${percent(row.confidentRate)}${percent(row.refusedRate)}`;
  return [
    `${'kind'.padEnd(14)}${'n'.padStart(5)}${'R@1 %'.padStart(9)}${'R@3 %'.padStart(9)}${'evid. %'.padStart(9)}${'answ. %'.padStart(9)}${'refus. %'.padStart(9)}`,
    ...Object.entries(byKind).map(([kind, row]) => line(kind, row)),
    line('in scope', overall),
    `out of scope not answered outright: ${percent(refusal.recall).trim()} %; refusals that were out of scope: ${percent(refusal.precision).trim()} %`,
    ...(dialogues === null ? [] : [`dialogues right in every turn: ${dialogues.right} of ${dialogues.total}`]),
    `a question: median ${latencyMs.median.toFixed(1)} ms, p99 ${latencyMs.p99.toFixed(1)} ms`,
  ].join('\n');
}

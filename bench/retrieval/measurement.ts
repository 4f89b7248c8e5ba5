import { z } from 'zod';
import { firstRightPlace, type Ranking, rankingFigures } from '../../src/evaluation/ranking-metrics.ts';
import { BASELINE, ENGINE_NAMES } from './engines/catalogue.ts';
import type { Job, Observation } from './measure.ts';
import type { RetrievalSet } from './read-set.ts';
import { quantile } from './sample.ts';

const share = z.number().min(0).max(1);

/** How one engine did over one corpus. Shares are from 0 to 1. */
export const measurementSchema = z.object({
  set: z.string(),
  /** All passages in the corpus, and how they came about: with other passages added, and repeated so many times. */
  passages: z.number(),
  hasDistractors: z.boolean(),
  repeat: z.number(),
  engine: z.enum(ENGINE_NAMES),
  /** Questions asked, and how many there were to ask. */
  questions: z.number(),
  ofQuestions: z.number(),
  recallAt1: share,
  recallAt5: share,
  mrrAt10: share,
  ndcgAt10: share,
  buildMs: z.number(),
  p50Ms: z.number(),
  p99Ms: z.number(),
  rssMb: z.number(),
  rssBeforeMb: z.number(),
  rssPeakMb: z.number(),
  snapshot: z.object({ bytes: z.number(), saveMs: z.number(), loadMs: z.number() }).nullable(),
  /** Questions this engine put a right passage first for and the baseline, in the same run, did not; and the other way round. */
  versusBaseline: z.object({ won: z.number(), lost: z.number() }).nullable(),
});

export type Measurement = z.infer<typeof measurementSchema>;

export const passagesPerSecond = ({ passages, buildMs }: Measurement): number => passages / (buildMs / 1_000);

const MB = 2 ** 20;

/**
 * Works the figures of one corpus out, engine by engine.
 * @param observed what each engine was told and what came of it.
 */
export function measurementsOf(
  { questions }: Pick<RetrievalSet, 'questions'>,
  observed: readonly { readonly job: Job; readonly observation: Observation }[],
): Measurement[] {
  const relevant = new Map(questions.map((question) => [question.id, question.relevant]));
  const rankingOf = ({ id, ranked }: Observation['rows'][number]): Ranking<string> => ({ ranked, relevant: relevant.get(id)! });
  const isRight = (row: Observation['rows'][number]): boolean => firstRightPlace(rankingOf(row), 1) !== null;
  const baselineRows = observed.find(({ job }) => job.engine === BASELINE)?.observation.rows ?? [];
  const baseline = new Map(baselineRows.map((row) => [row.id, isRight(row)]));

  return observed.map(({ job, observation: { passages, rows, buildMs, rss, snapshot } }) => {
    const against = rows.filter(({ id }) => baseline.has(id));
    const isComparable = job.engine !== BASELINE && against.length > 0;
    return {
      set: job.set.name,
      passages,
      hasDistractors: job.distractors !== null,
      repeat: job.repeat,
      engine: job.engine,
      ofQuestions: questions.length,
      ...rankingFigures(rows.map(rankingOf)),
      buildMs,
      p50Ms: quantile(
        rows.map(({ tookMs }) => tookMs),
        0.5,
      ),
      p99Ms: quantile(
        rows.map(({ tookMs }) => tookMs),
        0.99,
      ),
      rssMb: rss.after / MB,
      rssBeforeMb: rss.before / MB,
      rssPeakMb: rss.peak / MB,
      snapshot,
      versusBaseline: isComparable
        ? {
            won: against.filter((row) => isRight(row) && !baseline.get(row.id)).length,
            lost: against.filter((row) => !isRight(row) && baseline.get(row.id)).length,
          }
        : null,
    };
  });
}

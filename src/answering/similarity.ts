import type { Corpus } from './corpus.ts';
import type { Candidate } from './retrieve.ts';

/** What a model of meaning says about a question, next to its words. */
export interface Hints {
  /** Section id → likeness of meaning (cosine); null when the model gave none in time. */
  readonly similarities: ReadonlyMap<string, number> | null;
}

/** Sections looked at for their likeness of meaning alone. */
const SIMILAR_CANDIDATES = 10;
/** What full likeness adds, as a share of the first candidate's score, when the model agrees with the words completely. */
const SIMILARITY_WEIGHT = 0.35;

/** The sections most alike in meaning, by number. */
export function mostSimilar(similarities: ReadonlyMap<string, number>, corpus: Corpus): number[] {
  return [...similarities]
    .sort((a, b) => b[1] - a[1])
    .slice(0, SIMILAR_CANDIDATES)
    .flatMap(([id]) => corpus.numberOf(id) ?? []);
}

/**
 * Scores by words and meaning together. How far the model is trusted is decided question by question, by how well its order goes with that of
 * the words: a model that says nothing about the library goes with nothing and changes nothing.
 * @param scores by words. @param likeness cosine of the same candidates, in the same order.
 */
export function fuseScores(scores: readonly number[], likeness: readonly number[]): readonly number[] {
  const [low, high] = [Math.min(...likeness), Math.max(...likeness)];
  const trust = agreement(scores, likeness);
  if (scores.length === 0 || trust <= 0 || high - low <= 0) return scores;
  const share = SIMILARITY_WEIGHT * trust * Math.max(...scores);
  return scores.map((score, at) => score + (share * (likeness[at]! - low)) / (high - low));
}

/** Ranks candidates by words and meaning together. */
export function withSimilarity(candidates: readonly Candidate[], similarities: ReadonlyMap<string, number>, corpus: Corpus): Candidate[] {
  const fused = fuseScores(
    candidates.map(({ score }) => score),
    candidates.map(({ section }) => similarities.get(corpus.sectionAt(section).id) ?? 0),
  );
  return candidates
    .map((candidate, at) => ({ ...candidate, score: fused[at]! }))
    .sort((a, b) => b.score - a.score || a.section - b.section);
}

/** Pearson's correlation of two lists of one length; 0 when either does not vary. */
function agreement(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
  const [meanA, meanB] = [mean(a), mean(b)];
  let both = 0;
  let ofA = 0;
  let ofB = 0;
  a.forEach((value, at) => {
    both += (value - meanA) * (b[at]! - meanB);
    ofA += (value - meanA) ** 2;
    ofB += (b[at]! - meanB) ** 2;
  });
  return ofA > 0 && ofB > 0 ? both / Math.sqrt(ofA * ofB) : 0;
}

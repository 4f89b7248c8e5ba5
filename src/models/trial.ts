import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Section, sentenceText } from '../domain/record.ts';
import { comparable, termsOf } from '../text/tokens.ts';
import { passagesOf } from './passages.ts';

/** Tells whether a model is of use to a library. */
export interface Trial {
  /** Texts it needs vectors of, besides those of the library. */
  texts(sections: readonly Section[]): readonly string[];
  /** @param vectorOf vector of length 1 of a text; undefined when there is none */
  isPassed(sections: readonly Section[], vectorOf: VectorOf): Promise<boolean>;
}

type VectorOf = (text: string) => Float32Array | undefined;

/**
 * A question made of the library's own text: a sentence, which asks for the section it was taken out of. What is left of that section has to
 * be found among all the others.
 */
export interface TrialQuestion {
  readonly question: string;
  readonly section: Section;
  /** The section without the sentence. */
  readonly rest: Section;
}

/** How often ranking by words and meaning put the right section first and ranking by words did not, and the other way round. */
export interface TrialResult {
  readonly asked: number;
  readonly won: number;
  readonly lost: number;
}

/** Sums `scores` by words with cosines, candidate by candidate. */
export type Fuse = (scores: readonly number[], likeness: readonly number[]) => readonly number[];

const MAX_QUESTIONS = 200;
const MAX_SECTIONS = 1_000;
/** Fewer say nothing. */
const MIN_QUESTIONS = 40;
const MIN_SENTENCE = 10;
const MAX_SENTENCE = 120;
/** Candidates that words find, as in answering. */
const CANDIDATES = 60;
/** Wins must exceed losses by this many standard errors of their difference. */
const MIN_ERRORS = 2;

/** Whether a model has shown that it finds what words alone do not. */
export const isWorthwhile = ({ won, lost }: TrialResult): boolean => won - lost > MIN_ERRORS * Math.sqrt(won + lost);

/** The trial on the library's own sentences. @param onResult what came of it; null: the library is too small to tell */
export const createTrial = (fuse: Fuse, onResult?: (result: TrialResult | null) => void): Trial => ({
  texts: (sections) => trialTexts(trialQuestions(sections)),
  async isPassed(sections, vectorOf) {
    const questions = trialQuestions(sections);
    const result = questions.length === 0 ? null : await tryModel(sections, questions, vectorOf, fuse);
    onResult?.(result);
    return result !== null && isWorthwhile(result);
  },
});

const spread = <T>(items: readonly T[], count: number): T[] =>
  items.length <= count ? [...items] : Array.from({ length: count }, (_, at) => items[Math.floor((at * items.length) / count)]!);

/** Questions to try a model with, the same for the same library; none when it is too small to tell. */
export function trialQuestions(sections: readonly Section[]): readonly TrialQuestion[] {
  const all = spread(sections, MAX_SECTIONS).flatMap((section) => {
    if (section.sentences.length < 2) return [];
    return section.sentences.flatMap((span, at): TrialQuestion[] => {
      const question = sentenceText(section, at).trim();
      if (question.length < MIN_SENTENCE || question.length > MAX_SENTENCE) return [];
      const sentences = section.sentences.filter((_, other) => other !== at);
      return [{ question, section, rest: { ...section, id: `${section.id} without ${span.start}`, sentences } }];
    });
  });
  return all.length < MIN_QUESTIONS ? [] : spread(all, MAX_QUESTIONS);
}

const trialTexts = (questions: readonly TrialQuestion[]): string[] =>
  questions.flatMap(({ question, rest }) => [question, ...passagesOf([rest]).map(({ text }) => text)]);

/** Tries a model on the library. Yields to other work between questions. */
export async function tryModel(
  sections: readonly Section[],
  questions: readonly TrialQuestion[],
  vectorOf: VectorOf,
  fuse: Fuse,
): Promise<TrialResult> {
  const sampled = spread(sections, MAX_SECTIONS);
  const words = createWordScorer(sampled);
  const vectors = new Map(sampled.map((section) => [section.id, vectorsOf(section, vectorOf)]));
  let won = 0;
  let lost = 0;
  for (const { question, section, rest } of questions) {
    await nextTurn();
    const asked = vectorOf(question);
    if (!asked) continue;
    const candidates = words(question, section, rest).slice(0, CANDIDATES);
    const scores = candidates.map(({ score }) => score);
    const likeness = candidates.map(({ id }) => nearest(asked, id === section.id ? vectorsOf(rest, vectorOf) : (vectors.get(id) ?? [])));
    const fused = fuse(scores, likeness);
    const isRight = (values: readonly number[]): boolean => candidates[values.indexOf(Math.max(...values))]?.id === section.id;
    const [before, after] = [isRight(scores), isRight(fused)];
    if (after && !before) won++;
    if (before && !after) lost++;
  }
  return { asked: questions.length, won, lost };
}

const vectorsOf = (section: Section, vectorOf: VectorOf): Float32Array[] =>
  passagesOf([section]).flatMap(({ text }) => vectorOf(text) ?? []);

function nearest(asked: Float32Array, vectors: readonly Float32Array[]): number {
  let best = 0;
  for (const vector of vectors) {
    let dot = 0;
    for (let at = 0; at < asked.length; at++) dot += asked[at]! * vector[at]!;
    best = Math.max(best, dot);
  }
  return best;
}

const K1 = 1.2;
const B = 0.75;

interface Bag {
  readonly counts: ReadonlyMap<string, number>;
  readonly length: number;
}

function bagOf(section: Section): Bag {
  const text = section.sentences.map((_, at) => sentenceText(section, at)).join('\n');
  const { words, bigrams } = termsOf(comparable(`${section.title}\n${text}`));
  const counts = new Map<string, number>();
  for (const term of [...words, ...bigrams]) counts.set(term, (counts.get(term) ?? 0) + 1);
  return { counts, length: words.length + bigrams.length };
}

/** BM25 over words and pairs of characters: what a model has to add to. Sections by score, best first; `rest` stands in for its section. */
function createWordScorer(sections: readonly Section[]) {
  const bags = new Map(sections.map((section) => [section.id, bagOf(section)]));
  const holders = new Map<string, number>();
  for (const { counts } of bags.values()) for (const term of counts.keys()) holders.set(term, (holders.get(term) ?? 0) + 1);
  const meanLength = [...bags.values()].reduce((sum, { length }) => sum + length, 0) / (bags.size || 1);
  const idf = (term: string): number => {
    const count = holders.get(term) ?? 0;
    return Math.log(1 + (bags.size - count + 0.5) / (count + 0.5));
  };
  return (question: string, section: Section, rest: Section): { readonly id: string; readonly score: number }[] => {
    const { words, bigrams } = termsOf(comparable(question));
    const terms = [...new Set([...words, ...bigrams])].map((term) => ({ term, weight: idf(term) }));
    const own = bagOf(rest);
    return [...bags]
      .map(([id, bag]) => {
        const { counts, length } = id === section.id ? own : bag;
        let score = 0;
        for (const { term, weight } of terms) {
          const count = counts.get(term);
          if (count !== undefined) score += (weight * count * (K1 + 1)) / (count + K1 * (1 - B + (B * length) / meanLength));
        }
        return { id, score };
      })
      .sort((a, b) => b.score - a.score);
  };
}

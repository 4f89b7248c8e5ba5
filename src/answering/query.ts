import type { QueryTerm } from '../search/inverted-index.ts';
import { isHan } from '../text/normalise.ts';
import { conceptToken, termsOf } from '../text/tokens.ts';
import type { Corpus } from './corpus.ts';
import { QUESTION_WEIGHTS } from './indexes.ts';

/** Kinds of term in a question. */
export type TermKind = 'words' | 'bigrams' | 'characters' | 'concepts';

/** Terms, each once, with their weights. */
export type WeightedTerms = ReadonlyMap<string, number>;

/** A question as terms to search for. */
export interface Query {
  readonly text: string;
  readonly words: WeightedTerms;
  readonly bigrams: WeightedTerms;
  readonly characters: WeightedTerms;
  readonly concepts: WeightedTerms;
}

/** A phrase that is said for several things counts this much of one that is not. */
const AMBIGUOUS_WEIGHT = 0.4;
/** Analyses a comparable text as a question: concepts by longest match only, so that 技改贷款 does not also speak of 贷款. */
export function createQuery(text: string, corpus: Corpus): Query {
  const concepts = new Map<string, number>();
  for (const match of corpus.thesaurus.longestMatches(text)) {
    const token = conceptToken(match.concept);
    concepts.set(token, Math.max(concepts.get(token) ?? 0, match.isAmbiguous ? AMBIGUOUS_WEIGHT : 1));
  }
  const { words, bigrams, characters } = termsOf(text);
  return { text, words: counted(words, wordWeight), bigrams: counted(bigrams), characters: counted(characters), concepts };
}

/** The pairs within a long word count too: the word itself counts the less for it. */
const wordWeight = (word: string): number => (isHan(word[0]!) ? Math.min(1, 2 / word.length) : 1);

/** Each term once. What is said twice is meant twice. */
function counted(terms: readonly string[], weightOf: (term: string) => number = () => 1): Map<string, number> {
  const weights = new Map<string, number>();
  for (const term of terms) weights.set(term, (weights.get(term) ?? 0) + weightOf(term));
  return weights;
}

/** The question with another one's terms added at `share` of their weight: a follow-up with what came before it. */
export function withContext(query: Query, context: Query, share: number): Query {
  const merge = (own: WeightedTerms, other: WeightedTerms): Map<string, number> => {
    const merged = new Map(own);
    for (const [term, weight] of other) if (!merged.has(term)) merged.set(term, weight * share);
    return merged;
  };
  return {
    text: query.text,
    words: merge(query.words, context.words),
    bigrams: merge(query.bigrams, context.bigrams),
    characters: merge(query.characters, context.characters),
    concepts: merge(query.concepts, context.concepts),
  };
}

/** Terms for the index of alternate questions. */
export function questionTerms(query: Query): QueryTerm[] {
  return (['words', 'bigrams', 'concepts'] as const).flatMap((field) =>
    [...query[field]].map(([term, weight]) => ({ field, term, weight })),
  );
}

/** The weight a question could have in common with a perfect twin of itself. */
export function queryMass(query: Query, corpus: Corpus): number {
  let mass = 0;
  for (const field of ['words', 'bigrams', 'concepts'] as const) {
    for (const [term, weight] of query[field]) mass += weight * QUESTION_WEIGHTS[field] * corpus.questionIndex.idf(field, term);
  }
  return mass;
}

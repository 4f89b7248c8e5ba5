import type { QueryTerm } from '../search/inverted-index.ts';
import { bigramsOf, charactersOf, conceptToken, wordsOf } from '../text/tokens.ts';
import type { Corpus } from './corpus.ts';
import { QUESTION_WEIGHTS } from './indexes.ts';

/** A question as terms to search for, each once, with its weight. */
export interface Query {
  readonly text: string;
  readonly words: ReadonlyMap<string, number>;
  readonly bigrams: ReadonlyMap<string, number>;
  readonly concepts: ReadonlyMap<string, number>;
  readonly characters: ReadonlyMap<string, number>;
}

/** Kinds of term in a question. */
export type TermKind = 'words' | 'bigrams' | 'concepts' | 'characters';

/** A phrase that is said for several things counts this much of one that is not. */
const AMBIGUOUS_WEIGHT = 0.4;

/** Analyses a comparable text as a question: concepts by longest match only, so that 技改贷款 does not also speak of 贷款. */
export function createQuery(text: string, corpus: Corpus): Query {
  const concepts = new Map<string, number>();
  for (const match of corpus.thesaurus.longestMatches(text)) {
    const token = conceptToken(match.concept);
    concepts.set(token, Math.max(concepts.get(token) ?? 0, match.isAmbiguous ? AMBIGUOUS_WEIGHT : 1));
  }
  return { text, words: once(wordsOf(text)), bigrams: once(bigramsOf(text)), concepts, characters: once(charactersOf(text)) };
}

const once = (terms: readonly string[]): Map<string, number> => new Map(terms.map((term) => [term, 1]));

/** The question with another one's terms added at `share` of their weight: a follow-up with what came before it. */
export function withContext(query: Query, context: Query, share: number): Query {
  const merge = (own: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): Map<string, number> => {
    const merged = new Map(own);
    for (const [term, weight] of other) if (!merged.has(term)) merged.set(term, weight * share);
    return merged;
  };
  return {
    text: query.text,
    words: merge(query.words, context.words),
    bigrams: merge(query.bigrams, context.bigrams),
    concepts: merge(query.concepts, context.concepts),
    characters: merge(query.characters, context.characters),
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

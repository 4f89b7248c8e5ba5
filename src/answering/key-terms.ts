import { hasHan } from '../text/normalise.ts';
import { tagWords } from '../text/segment.ts';
import { STOP_WORDS } from '../text/stopwords.ts';
import { conceptToken } from '../text/tokens.ts';
import type { Corpus } from './corpus.ts';

/** A content word of a question, and whether the library can say anything about it. */
export interface KeyTerm {
  readonly term: string;
  readonly isKnown: boolean;
  readonly isYear: boolean;
  /** Concept tokens of the phrase it stands in. */
  readonly concepts: readonly string[];
  /** Nouns and names weigh most: a question about 公积金 cannot be answered without them. */
  readonly weight: number;
}

/** A word that only alternate questions have is known when it is no chance mention: 护照 in one of thousands says nothing about passports. */
const KNOWN_FROM_QUESTIONS = 3;

/** A question about another year than the library speaks of is about something else. */
const YEAR = /(?<!\d)(?:19|20)\d\d(?=年|$)/g;

/** By jieba's tag: names and nouns, then verbs and the rest. */
function weightOf(tag: string): number {
  if (/^(n|j|eng)/.test(tag)) return 1;
  if (/^(v|l|i|x)/.test(tag)) return 0.5;
  if (tag.startsWith('a')) return 0.4;
  return 0;
}

/** The content words of a question. A word is known when the library, a question it is known to answer, or a concept of either has it. */
export function keyTerms(text: string, corpus: Corpus): KeyTerm[] {
  const { sectionIndex, questionIndex, thesaurus } = corpus;
  const isIndexed = (word: string): boolean =>
    sectionIndex.documentFrequency('textWords', word) > 0 || questionIndex.documentFrequency('words', word) >= KNOWN_FROM_QUESTIONS;
  const concepts = thesaurus.longestMatches(text);
  const isConceptKnown = (concept: number): boolean =>
    sectionIndex.documentFrequency('textConcepts', conceptToken(concept)) > 0 ||
    questionIndex.documentFrequency('concepts', conceptToken(concept)) >= KNOWN_FROM_QUESTIONS;

  const terms: KeyTerm[] = [...new Set(text.match(YEAR))].map((term) => ({
    term,
    weight: 1,
    isKnown: isIndexed(term),
    isYear: true,
    concepts: [],
  }));
  let from = 0;
  for (const { word, tag } of tagWords(text)) {
    const start = text.indexOf(word, from);
    if (start >= 0) from = start + word.length;
    const weight = weightOf(tag);
    const isContent = weight > 0 && word.length >= 2 && !STOP_WORDS.has(word) && /[\p{Script=Han}a-z]/u.test(word) && !/^\d/.test(word);
    if (!isContent || terms.some((known) => known.term === word)) continue;
    const covering = concepts.filter((match) => start >= match.start && start + word.length <= match.end);
    terms.push({
      term: word,
      weight,
      isYear: false,
      isKnown: isIndexed(word) || covering.some((match) => isConceptKnown(match.concept)),
      concepts: covering.map((match) => conceptToken(match.concept)),
    });
  }
  return terms;
}

/** Share of the key terms, by weight, that one section has something on; 1 when there are none. */
export function keyCoverage(terms: readonly KeyTerm[], section: number, { sectionIndex }: Corpus): number {
  const has = (pair: string): boolean =>
    sectionIndex.impact('textBigrams', pair, section) > 0 || sectionIndex.impact('askedBigrams', pair, section) > 0;
  const hasWord = (word: string): boolean =>
    sectionIndex.impact('textWords', word, section) > 0 || sectionIndex.impact('askedWords', word, section) > 0;
  // A longer word may be cut otherwise in the section; its pairs of characters are there all the same.
  const pairs = (word: string): string[] => Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2));
  const stands = ({ term, concepts }: KeyTerm): boolean =>
    hasWord(term) ||
    (hasHan(term) && pairs(term).every(has)) ||
    concepts.some((concept) => sectionIndex.impact('textConcepts', concept, section) > 0);
  const total = terms.reduce((sum, term) => sum + term.weight, 0);
  return total === 0 ? 1 : terms.reduce((sum, term) => sum + (stands(term) ? term.weight : 0), 0) / total;
}

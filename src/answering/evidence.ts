import { type LibraryRecord, type Section, sentenceText } from '../domain/record.ts';
import type { Corpus } from './corpus.ts';
import type { Query } from './query.ts';
import { isReadWhole } from './by-kind.ts';
import type { Candidate } from './retrieve.ts';
import type { Understanding } from './understand.ts';

/** A sentence of a section, and how much of the question it answers. */
export interface Evidence {
  readonly sentence: number;
  readonly score: number;
}

const HAS_NUMBER = /[0-9]|[一二三四五六七八九十百千两]+(?:个|家|条|项|亿|万|年|亩|名|倍|季度)/;
const HAS_TIME = /[0-9]{4}年|季度|上半年|下半年|年底|月底|全年|[0-9]+月|[0-9]+年内|尽早|三年/;
const HAS_NAME = /[“《、]|公司|企业|平台|机制|项目|中心|研究院/;

const KINDS = ['words', 'bigrams', 'characters', 'concepts'] as const;
/** What each kind of term counts when sentences of one section are told apart. */
const SHARES = { words: 1, bigrams: 0.6, characters: 0.5, concepts: 0.5 };
const FIELDS = { words: 'textWords', bigrams: 'textBigrams', characters: 'textCharacters', concepts: 'textConcepts' } as const;

/** How much a value of the kind asked for adds to a sentence that speaks of the matter at all. */
const VALUE_BONUS = 0.12;
/** How much the likeness of a question bound to the sentence counts next to the sentence's own words. */
const ASKED_SHARE = 0.9;
/** Further sentences are quoted when they answer this share of what the best one does. */
const ALSO_QUOTED = 0.62;
const MAX_SENTENCES = 3;
/** Quotes of more than this many characters are no longer read in a chat. */
const MAX_QUOTE = 320;

/** Scores every sentence of a candidate section, in reading order. */
function scoreSentences(candidate: Candidate, query: Query, asks: Understanding['asks'], corpus: Corpus): Evidence[] {
  const { sectionIndex } = corpus;
  let total = 0;
  const values = KINDS.map(() => new Map<string, number>());
  // Within one section, what many of its sentences say tells none of them apart.
  const sentences = corpus.sentenceTerms(candidate.section);
  for (const [at, kind] of KINDS.entries()) {
    for (const [term, weight] of query[kind]) {
      const holding = sentences.filter((terms) => terms[kind].has(term)).length;
      const local = Math.log(1 + (sentences.length - holding + 0.5) / (holding + 0.5));
      const value = weight * SHARES[kind] * (sectionIndex.idf(FIELDS[kind], term) + local);
      values[at]!.set(term, value);
      total += value;
    }
  }
  return sentences.map((terms, sentence) => {
    let matched = 0;
    for (const [at, kind] of KINDS.entries()) {
      for (const [term, value] of values[at]!) if (terms[kind].has(term)) matched += value;
    }
    let score = matched / (total || 1) + ASKED_SHARE * (candidate.askedSentences.get(sentence) ?? 0);
    if (score > 0) {
      const text = sentenceText(corpus.sectionAt(candidate.section), sentence);
      if (asks.number && HAS_NUMBER.test(text)) score += VALUE_BONUS;
      if (asks.time && HAS_TIME.test(text)) score += VALUE_BONUS;
      if (asks.name && HAS_NAME.test(text)) score += VALUE_BONUS / 2;
    }
    return { sentence, score };
  });
}

/** The sentences to quote, in reading order: the best, and others nearly as good, as far as they can be read at a glance. */
export function chooseEvidence(scored: readonly Evidence[], textLength: (sentence: number) => number): Evidence[] {
  const ranked = [...scored].sort((a, b) => b.score - a.score || a.sentence - b.sentence);
  const best = ranked[0];
  if (!best) return [];
  const chosen = [best];
  let length = textLength(best.sentence);
  for (const next of ranked.slice(1, MAX_SENTENCES)) {
    if (next.score < ALSO_QUOTED * best.score || next.score === 0 || length + textLength(next.sentence) > MAX_QUOTE) continue;
    chosen.push(next);
    length += textLength(next.sentence);
  }
  return chosen.sort((a, b) => a.sentence - b.sentence);
}

const OPENING_SENTENCES = 2;

/** What is shown of a section that nothing in particular is asked of: how it begins, or all of it where that is what people come for. */
export function openingOf(section: Section, record: LibraryRecord): Evidence[] {
  const shown = isReadWhole(section, record) ? section.sentences : section.sentences.slice(0, OPENING_SENTENCES);
  return shown.map((_, sentence) => ({ sentence, score: 1 }));
}

/** All sentences of a candidate scored, and those to quote. */
export function evidenceOf(
  candidate: Candidate,
  query: Query,
  asks: Understanding['asks'],
  corpus: Corpus,
): { readonly scored: readonly Evidence[]; readonly evidence: readonly Evidence[] } {
  const section = corpus.sectionAt(candidate.section);
  const { sentences } = section;
  const scored = scoreSentences(candidate, query, asks, corpus);
  if (isReadWhole(section, corpus.recordOf(section))) return { scored, evidence: scored };
  return { scored, evidence: chooseEvidence(scored, (sentence) => sentences[sentence]!.end - sentences[sentence]!.start) };
}

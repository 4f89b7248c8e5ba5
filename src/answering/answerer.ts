import type { Answer, Citation, SectionRef } from '../domain/answer.ts';
import type { Category } from '../domain/categories.ts';
import { FACTS_SECTION } from '../domain/policy-facts.ts';
import type { LibraryRecord, Section } from '../domain/record.ts';
import type { Validity } from '../domain/validity.ts';
import type { Corpus } from './corpus.ts';
import { cite, quote } from './cite.ts';
import { evidenceOf, openingOf } from './evidence.ts';
import { byKind, furtherSections, refTo } from './beside.ts';
import { type Context, judge, type Judgement, knowsNothing } from './judge.ts';
import { lapsedAnswer, lapsedOutcome, successionIn } from './lapsed.ts';
import { createQuery, type Query } from './query.ts';
import { relatedSections } from './related.ts';
import { type AnsweringState, allInForce } from './state.ts';
import type { Hints } from './similarity.ts';
import { type Candidate, retrieve } from './retrieve.ts';
import { type Intent, type Understanding, understand } from './understand.ts';
import { ANSWER_FROM, REFUSE_BELOW } from './weights.ts';

export type { Context } from './judge.ts';
export type { Hints } from './similarity.ts';

export type Reaction =
  | { readonly intent: 'question' | 'browse'; readonly answer: Answer }
  | { readonly intent: Exclude<Intent, 'question' | 'browse'> };

/** Longest question answered, in characters. */
export const MAX_QUESTION = 2_000;

const MAX_SUGGESTIONS = 3;
const MAX_OPTIONS = 4;
/** Candidates below this share of the first are no choice. */
const OPTION_SHARE = 0.5;

/** The answering room's door: everything other rooms may ask of it. */
export interface Answerer {
  /** Answers one message; the same message, context and library always give the same reaction. */
  answer(message: string, context: Context | null, hints?: Hints): Reaction;
  /** What one section says to a question, for a reader who chose it; null when there is no such section. */
  fromSection(documentId: string, number: number, question: string | null): Answer | null;
  /** All sections of a category, or of the library. */
  browse(category: Category | null): Answer;
  section(documentId: string, number: number): Section | null;
  record(documentId: string): LibraryRecord | null;
  /** Whether a document is in force today; null when there is no such document. */
  validity(documentId: string): Validity | null;
}

/** @param state gives what is in service; asked once per call, so a swap never mixes two states in one answer. */
export function createAnswerer(state: () => AnsweringState): Answerer {
  const recordIn = (documentId: string, { corpus, lapsed }: AnsweringState): LibraryRecord | null =>
    corpus.record(documentId) ?? lapsed?.record(documentId) ?? null;
  return {
    answer: (message, context, hints) => answerQuestion(message, context, state(), hints),
    fromSection: (documentId, number, question) => fromSection(`${documentId}#${number}`, question, state()),
    browse: (category) => browse(category, state().corpus),
    section(documentId, number) {
      const { corpus, lapsed } = state();
      const id = `${documentId}#${number}`;
      return sectionOf(id, corpus) ?? (lapsed && sectionOf(id, lapsed));
    },
    record: (documentId) => recordIn(documentId, state()),
    validity(documentId) {
      const now = state();
      if (now.corpus.record(documentId)) return { status: 'in-force' };
      const record = recordIn(documentId, now);
      return record && successionIn(now).validityOf(record, now.today);
    },
  };
}

function sectionOf(id: string, corpus: Corpus): Section | null {
  const number = corpus.numberOf(id);
  return number === null ? null : corpus.sectionAt(number);
}

/** Answers one question from the corpus. Pure: the same question and context always give the same answer. */
export function answerQuestion(message: string, context: Context | null, state: AnsweringState | Corpus, hints?: Hints): Reaction {
  const now = 'corpus' in state ? state : allInForce(state);
  const { corpus } = now;
  if ([...message].length > MAX_QUESTION) {
    return { intent: 'question', answer: { outcome: 'refused', reason: 'too-long', missingTerms: [], suggestions: [], confidence: 1 } };
  }
  const understood = understand(message, corpus);
  if (understood.intent === 'browse') return { intent: 'browse', answer: browse(understood.category, corpus) };
  if (understood.intent !== 'question') return { intent: understood.intent };
  return { intent: 'question', answer: answerTo(message, judge(understood, context, corpus, hints), context, now) };
}

/** What is said to a question: from what is in force, or that what was asked for is not. @param judgement of the message by what is in force */
export function answerTo(message: string, judgement: Judgement, context: Context | null, state: AnsweringState): Answer {
  const decided = decide(judgement, state);
  return lapsedAnswer(message, context, decided, state) ?? decided;
}

/** What is said on a judgement. */
function decide(judgement: Judgement, { corpus, today }: AnsweringState): Answer {
  const { understood, query, candidates, terms, cited, confidence: sure, asksOtherYear } = judgement;
  const missingTerms = terms.filter((term) => !term.isKnown && term.weight >= 1).map((term) => term.term);
  const first = candidates[0];
  const refs = (count: number, floor: number): SectionRef[] =>
    candidates
      .slice(0, count)
      .filter((candidate) => candidate.score >= floor * (first?.score ?? 0))
      .map((candidate) => refTo(corpus.sectionAt(candidate.section), corpus));

  if (!first || sure < REFUSE_BELOW || knowsNothing(judgement)) {
    const reason = missingTerms.length > 0 ? 'unknown-terms' : 'not-in-library';
    return { outcome: 'refused', reason, missingTerms, suggestions: refs(MAX_SUGGESTIONS, 0), confidence: sure };
  }
  const understoodAs = understood.readAs ?? (understood.corrections.length > 0 ? understood.text : null);
  const citations = cited.map((candidate) => citationOf(candidate, query, understood, corpus));
  if (sure < ANSWER_FROM || asksOtherYear) {
    const options = refs(MAX_OPTIONS, OPTION_SHARE);
    return {
      outcome: 'clarify',
      nearest: citations,
      options: options.length > 1 ? options : refs(2, 0),
      missingTerms,
      confidence: sure,
      understoodAs,
    };
  }
  const close = candidates.filter((candidate) => candidate.score >= OPTION_SHARE * first.score).map((candidate) => candidate.section);
  const citedSections = cited.map((candidate) => candidate.section);
  const related = furtherSections(citedSections, [...close, ...relatedSections(first.section, corpus)], corpus);
  return { outcome: 'answered', citations, related, ...byKind(citations, corpus, today), confidence: sure, understoodAs };
}

function citationOf(candidate: Candidate, query: Query, understood: Understanding, corpus: Corpus): Citation {
  const section = corpus.sectionAt(candidate.section);
  const { evidence } = evidenceOf(candidate, query, understood.asks, corpus);
  return cite(section, corpus.recordOf(section), quote(section, evidence));
}

function fromSection(id: string, question: string | null, state: AnsweringState): Answer | null {
  const { corpus, lapsed } = state;
  const at = corpus.numberOf(id);
  const section = at === null ? null : corpus.sectionAt(at);
  if (at === null || !section) {
    const gone = lapsed && sectionOf(id, lapsed);
    return gone && lapsedOutcome(gone, question === null ? '' : understand(question, corpus).text, 1, state);
  }
  const related = furtherSections([at], relatedSections(at, corpus), corpus);
  const understood = question === null ? null : understand(question, corpus);
  const query = understood?.intent === 'question' ? createQuery(understood.text, corpus) : null;
  const candidate = query ? retrieve(query, corpus).find((found) => found.section === at) : undefined;
  const record = corpus.recordOf(section);
  const citation =
    query && understood && candidate
      ? citationOf(candidate, query, understood, corpus)
      : cite(section, record, quote(section, openingOf(section, record)));
  return {
    outcome: 'answered',
    citations: [citation],
    related,
    ...byKind([citation], corpus, state.today),
    confidence: 1,
    understoodAs: null,
  };
}

/** A guide is listed once, and what is made from a policy's facts says nothing that its sections do not. */
const isListed = (section: Section, { kind, sections }: LibraryRecord): boolean =>
  section.number > 0 && (kind === 'procedure' ? section === sections.find(({ number }) => number > 0) : section.number < FACTS_SECTION);

/** All sections of a category (or of the library), each with the sentence that opens it. */
function browse(category: Category | null, corpus: Corpus): Answer {
  // Sections mainly about the category first, then those that touch it.
  const rank = (section: Section): number => (category === null || section.categories[0] === category ? 0 : 1);
  const sections = corpus.sections
    .filter((section) => isListed(section, corpus.recordOf(section)) && (category === null || section.categories.includes(category)))
    .sort((a, b) => rank(a) - rank(b));
  return {
    outcome: 'browse',
    category,
    sections: sections.map((section) => cite(section, corpus.recordOf(section), quote(section, [{ sentence: 0, score: 1 }]))),
  };
}

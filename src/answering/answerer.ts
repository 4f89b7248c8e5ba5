import type { Answer, Citation, SectionRef } from '../domain/answer.ts';
import type { Category } from '../domain/categories.ts';
import type { LibraryRecord, Section } from '../domain/record.ts';
import { confidence, signals } from './confidence.ts';
import type { Corpus } from './corpus.ts';
import { cite, quote, sectionRef } from './cite.ts';
import { chooseEvidence, scoreSentences } from './evidence.ts';
import { keyTerms } from './key-terms.ts';
import { createQuery, type Query, withContext } from './query.ts';
import { relatedSections } from './related.ts';
import { type Candidate, retrieve } from './retrieve.ts';
import { ASKS_TWO } from './patterns.ts';
import { type Intent, type Understanding, understand } from './understand.ts';
import { ANSWER_FROM, REFUSE_BELOW } from './weights.ts';

/** What was said before in this conversation, as far as the next question may lean on it. */
export interface Context {
  readonly question: string;
  /** Section ids cited last. */
  readonly sections: readonly string[];
}

export type Reaction =
  | { readonly intent: 'question' | 'browse'; readonly answer: Answer }
  | { readonly intent: Exclude<Intent, 'question' | 'browse'> };

/** Longest question answered, in characters. */
export const MAX_QUESTION = 2_000;

/** Share of the last question's terms that a follow-up carries on. */
const CONTEXT_SHARE = 0.2;
/** What a follow-up adds to a section cited just before. */
const CONTEXT_BONUS = 0.35;
/** A second section is cited too when it scores this share of the first … */
const ALSO_CITED = 0.9;
/** … or when it is what one clause of the question asks for, and scores this share on the whole. */
const CLAUSE_CITED = 0.45;
const MAX_RELATED = 3;
const MAX_OPTIONS = 4;
/** Below this, a question none of whose key words is known here is not worth asking back. */
const DOUBTFUL = 0.2;
/** A part of the question less sure of its answer than this asks for nothing of its own. */
const PART_CITED = 0.25;
/** Candidates below this share of the first are no choice. */
const OPTION_SHARE = 0.5;

/** The answering room's door: everything other rooms may ask of it. */
export interface Answerer {
  /** Answers one message; the same message, context and library always give the same reaction. */
  answer(message: string, context: Context | null): Reaction;
  /** What one section says to a question, for a reader who chose it; null when there is no such section. */
  fromSection(documentId: string, number: number, question: string | null): Answer | null;
  /** All sections of a category, or of the library. */
  browse(category: Category | null): Answer;
  section(documentId: string, number: number): Section | null;
  record(documentId: string): LibraryRecord | null;
}

/** @param corpus gives the corpus in service; asked once per call, so a swap never mixes two states in one answer. */
export function createAnswerer(corpus: () => Corpus): Answerer {
  const find = (documentId: string, number: number): Section | null => sectionOf(`${documentId}#${number}`, corpus());
  return {
    answer: (message, context) => answerQuestion(message, context, corpus()),
    fromSection: (documentId, number, question) => fromSection(`${documentId}#${number}`, question, corpus()),
    browse: (category) => browse(category, corpus()),
    section: find,
    record: (documentId) => corpus().knowledge.records.find(({ id }) => id === documentId) ?? null,
  };
}

function sectionOf(id: string, corpus: Corpus): Section | null {
  const number = corpus.numberOf(id);
  return number === null ? null : corpus.sectionAt(number);
}

/** Answers one question from the corpus. Pure: the same question and context always give the same answer. */
export function answerQuestion(message: string, context: Context | null, corpus: Corpus): Reaction {
  if ([...message].length > MAX_QUESTION) {
    return { intent: 'question', answer: { outcome: 'refused', reason: 'too-long', missingTerms: [], suggestions: [], confidence: 1 } };
  }
  const understood = understand(message, corpus);
  if (understood.intent === 'browse') return { intent: 'browse', answer: browse(understood.category, corpus) };
  if (understood.intent !== 'question') return { intent: understood.intent };
  return { intent: 'question', answer: decide(understood, context, corpus) };
}

function decide(understood: Understanding, context: Context | null, corpus: Corpus): Answer {
  const own = createQuery(understood.text, corpus);
  const isFollowUp = context !== null && understood.isFollowUp;
  const query = isFollowUp ? withContext(own, createQuery(understand(context.question, corpus).text, corpus), CONTEXT_SHARE) : own;
  const candidates = isFollowUp ? nearContext(retrieve(query, corpus), context, corpus) : retrieve(query, corpus);
  const terms = keyTerms(understood.text, corpus);
  const missingTerms = terms.filter((term) => !term.isKnown && term.weight >= 1).map((term) => term.term);
  const first = candidates[0];
  const parts = partsOf(understood.text, corpus);
  const cited = citedCandidates(candidates, parts, understood.text);
  // A second answer does not make the first one doubtful: the margin is the distance to what is not cited.
  const rivals = candidates.filter((candidate) => candidate === first || !cited.includes(candidate));
  const onTheWhole = confidence(signals(rivals, terms, corpus));
  // Each part of a question about two things covers only its half of the words: it is judged by itself.
  const sure = cited.length > 1 && parts.length > 1 ? Math.max(onTheWhole, Math.min(...parts.map((part) => part.confidence))) : onTheWhole;
  // A question about a year the library does not speak of may be about the same matter, but its answer is not here.
  const asksOtherYear = terms.some((term) => term.isYear && !term.isKnown);
  const refs = (count: number, floor: number): SectionRef[] =>
    candidates
      .slice(0, count)
      .filter((candidate) => candidate.score >= floor * (first?.score ?? 0))
      .map((candidate) => sectionRef(corpus.sectionAt(candidate.section)));

  // Doubtful, and nothing the question is about is known here: there is nothing to choose between.
  const knowsNothing = sure < DOUBTFUL && !terms.some((term) => term.isKnown);
  if (!first || sure < REFUSE_BELOW || knowsNothing) {
    const reason = missingTerms.length > 0 ? 'unknown-terms' : 'not-in-library';
    return { outcome: 'refused', reason, missingTerms, suggestions: refs(MAX_RELATED, 0), confidence: sure };
  }
  const understoodAs = understood.readAs ?? (understood.corrections.length > 0 ? understood.text : null);
  if (sure < ANSWER_FROM || asksOtherYear) {
    const options = refs(MAX_OPTIONS, OPTION_SHARE);
    const nearest = cited.map((candidate) => citationOf(candidate, query, understood, corpus));
    return {
      outcome: 'clarify',
      nearest,
      options: options.length > 1 ? options : refs(2, 0),
      missingTerms,
      confidence: sure,
      understoodAs,
    };
  }
  const citations = cited.map((candidate) => citationOf(candidate, query, understood, corpus));
  const close = candidates.filter((candidate) => candidate.score >= OPTION_SHARE * first.score).map((candidate) => candidate.section);
  const related = furtherSections(
    [...close, ...relatedSections(first.section, corpus)],
    cited.map((candidate) => candidate.section),
    corpus,
  );
  return { outcome: 'answered', citations, related, confidence: sure, understoodAs };
}

/** The first few of some sections, each once, without those already cited. */
function furtherSections(sections: readonly number[], cited: readonly number[], corpus: Corpus): SectionRef[] {
  const further = [...new Set(sections)].filter((section) => !cited.includes(section) && corpus.sectionAt(section).number > 0);
  return further.slice(0, MAX_RELATED).map((section) => sectionRef(corpus.sectionAt(section)));
}

/** Moves sections cited just before up a little. */
function nearContext(candidates: readonly Candidate[], context: Context, corpus: Corpus): Candidate[] {
  return candidates
    .map((candidate) =>
      context.sections.includes(corpus.sectionAt(candidate.section).id)
        ? { ...candidate, score: candidate.score + CONTEXT_BONUS }
        : candidate,
    )
    .sort((a, b) => b.score - a.score || a.section - b.section);
}

/** A clause of a question that asks for something of its own: the section that answers it best, and how surely. */
interface Part {
  readonly section: number;
  readonly confidence: number;
}

const CLAUSE_END = /[,;。?!，；？！、]|以及|另外|同时|又(?=[怎是要跟会想])/u;
/** Shorter clauses are openings and asides. */
const MIN_CLAUSE = 4;

function partsOf(text: string, corpus: Corpus): Part[] {
  const clauses = text.split(CLAUSE_END).filter((clause) => clause.replaceAll(/[^\p{Script=Han}a-z0-9]/gu, '').length >= MIN_CLAUSE);
  if (clauses.length < 2) return [];
  return clauses.flatMap((clause) => {
    const found = retrieve(createQuery(clause, corpus), corpus);
    return found[0] ? [{ section: found[0].section, confidence: confidence(signals(found, keyTerms(clause, corpus), corpus)) }] : [];
  });
}

/** The first candidate, and a second one when the question asks for two things. */
function citedCandidates(candidates: readonly Candidate[], parts: readonly Part[], text: string): Candidate[] {
  const [first, ...others] = candidates;
  if (!first) return [];
  const wanted = new Set(parts.filter((part) => part.confidence >= PART_CITED).map((part) => part.section));
  const asksTwo = ASKS_TWO.test(text);
  const also = others.find(
    (candidate) =>
      candidate.score >= ALSO_CITED * first.score ||
      (candidate.score >= CLAUSE_CITED * first.score &&
        ((wanted.has(first.section) && wanted.has(candidate.section)) || (asksTwo && candidate === others[0]))),
  );
  return also ? [first, also] : [first];
}

function citationOf(candidate: Candidate, query: Query, understood: Understanding, corpus: Corpus): Citation {
  const section = corpus.sectionAt(candidate.section);
  const scored = scoreSentences(candidate, query, understood.asks, corpus);
  const evidence = chooseEvidence(scored, (sentence) => section.sentences[sentence]!.end - section.sentences[sentence]!.start);
  return cite(section, corpus.recordOf(section), quote(section, evidence));
}

function fromSection(id: string, question: string | null, corpus: Corpus): Answer | null {
  const at = corpus.numberOf(id);
  const section = at === null ? null : corpus.sectionAt(at);
  if (at === null || !section) return null;
  const related = furtherSections(relatedSections(at, corpus), [at], corpus);
  const understood = question === null ? null : understand(question, corpus);
  const query = understood?.intent === 'question' ? createQuery(understood.text, corpus) : null;
  const candidate = query ? retrieve(query, corpus).find((found) => found.section === at) : undefined;
  const citation =
    query && understood && candidate
      ? citationOf(candidate, query, understood, corpus)
      : cite(
          section,
          corpus.recordOf(section),
          quote(
            section,
            section.sentences.slice(0, 2).map((_, sentence) => ({ sentence, score: 1 })),
          ),
        );
  return { outcome: 'answered', citations: [citation], related, confidence: 1, understoodAs: null };
}

/** All sections of a category (or of the library), each with the sentence that opens it. */
function browse(category: Category | null, corpus: Corpus): Answer {
  // Sections mainly about the category first, then those that touch it.
  const rank = (section: Section): number => (category === null || section.categories[0] === category ? 0 : 1);
  const sections = corpus.sections
    .filter((section) => section.number > 0 && (category === null || section.categories.includes(category)))
    .sort((a, b) => rank(a) - rank(b));
  return {
    outcome: 'browse',
    category,
    sections: sections.map((section) => cite(section, corpus.recordOf(section), quote(section, [{ sentence: 0, score: 1 }]))),
  };
}

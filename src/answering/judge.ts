import { confidence, type Signals, signals } from './confidence.ts';
import type { Corpus } from './corpus.ts';
import { FEATURES, type FeatureVector } from './features.ts';
import { type KeyTerm, keyTerms } from './key-terms.ts';
import { knownSections } from './known-questions.ts';
import { tabsAskedFor } from './named-guide.ts';
import { ASKS_TWO } from './patterns.ts';
import { createQuery, type Query, withContext } from './query.ts';
import { type Candidate, retrieve } from './retrieve.ts';
import type { Hints } from './similarity.ts';
import { type Understanding, understand } from './understand.ts';
import { RANKING_WEIGHTS } from './weights.ts';

/** What was said before in this conversation, as far as the next question may lean on it. */
export interface Context {
  readonly question: string;
  /** Section ids cited last. */
  readonly sections: readonly string[];
}

const NO_HINTS: Hints = { similarities: null };
const NO_FEATURES = Object.fromEntries(FEATURES.map((feature) => [feature, 0])) as FeatureVector;

/** Share of the last question's terms that a follow-up carries on. */
const CONTEXT_SHARE = 0.2;
/** What a follow-up adds to a section cited just before. */
const CONTEXT_BONUS = 0.35;
/** A second section is cited too when it scores this share of the first … */
const ALSO_CITED = 0.9;
/** … or when it is what one clause of the question asks for, and scores this share on the whole. */
const CLAUSE_CITED = 0.45;
/** Below this, a question none of whose key words is known here is not worth asking back. */
const DOUBTFUL = 0.2;
/** A part of the question less sure of its answer than this asks for nothing of its own. */
const PART_CITED = 0.25;

/** All that an answer is decided by. */
export interface Judgement {
  readonly understood: Understanding;
  readonly query: Query;
  /** Ranked, best first. */
  readonly candidates: readonly Candidate[];
  readonly terms: readonly KeyTerm[];
  /** Of the candidates, those that would be quoted. */
  readonly cited: readonly Candidate[];
  readonly signals: Signals;
  /** 0 to 1. */
  readonly confidence: number;
  /** A question about a year the library does not speak of may be about the same matter, but its answer is not here. */
  readonly asksOtherYear: boolean;
  /** The question names a service guide and asks for what one of its tabs says. */
  readonly asksForTab: boolean;
  /** The library has this very question, and says what answers it. */
  readonly isKnownQuestion: boolean;
}

/** A question that is listed with a section: whoever listed it has answered it. */
const SURE_OF_QUESTION = 0.95;
/** A guide that is named and has the tab that is asked for: no matter of likeness. */
const SURE_OF_TAB = 0.9;
/** Candidates among whose guides a named one is looked for. */
const GUIDE_CANDIDATES = 40;

/** Finds what may answer an understood question, and how surely it does. */
export function judge(understood: Understanding, context: Context | null, corpus: Corpus, hints: Hints = NO_HINTS): Judgement {
  const own = createQuery(understood.text, corpus);
  const isFollowUp = context !== null && understood.isFollowUp;
  const query = isFollowUp ? withContext(own, createQuery(understand(context.question, corpus).text, corpus), CONTEXT_SHARE) : own;
  const ranked = retrieve(query, corpus, RANKING_WEIGHTS, hints.similarities);
  const near = isFollowUp ? nearContext(ranked, context, corpus) : ranked;
  const tabs = askedTabs(understood.text, near, context, corpus);
  const known = tabs.length > 0 ? [] : knownCandidates(understood, near, corpus);
  const first = tabs.length > 0 ? tabs : known;
  const candidates = [...first, ...near.filter(({ section }) => !first.some((each) => each.section === section))];
  const terms = keyTerms(understood.text, corpus);
  const parts = partsOf(understood.text, corpus);
  const cited = first.length > 0 ? first : citedCandidates(candidates, parts, understood.text);
  // A second answer does not make the first one doubtful: the margin is the distance to what is not cited.
  const rivals = candidates.filter((candidate) => candidate === candidates[0] || !cited.includes(candidate));
  const found = signals(rivals, terms, corpus);
  const onTheWhole = confidence(found);
  // Each part of a question about two things covers only its half of the words: it is judged by itself.
  const inParts = cited.length > 1 && parts.length > 1 ? Math.min(...parts.map((part) => part.confidence)) : 0;
  const told = tabs.length > 0 ? SURE_OF_TAB : known.length > 0 ? SURE_OF_QUESTION : 0;
  const sure = Math.max(onTheWhole, inParts, told);
  const asksOtherYear = terms.some((term) => term.isYear && !term.isKnown);
  return {
    understood,
    query,
    candidates,
    terms,
    cited,
    signals: found,
    confidence: sure,
    asksOtherYear,
    asksForTab: tabs.length > 0,
    isKnownQuestion: known.length > 0,
  };
}

/** Doubtful, and nothing the question is about is known here: there is nothing to choose between. */
export const knowsNothing = ({ confidence: sure, terms }: Pick<Judgement, 'confidence' | 'terms'>): boolean =>
  sure < DOUBTFUL && !terms.some((term) => term.isKnown);

/** The tabs a question asks for of the guide it names or was shown before; as candidates. */
function askedTabs(text: string, candidates: readonly Candidate[], context: Context | null, corpus: Corpus): Candidate[] {
  const records = new Set(candidates.slice(0, GUIDE_CANDIDATES).map(({ section }) => corpus.recordOf(corpus.sectionAt(section))));
  const shown = context?.sections[0] === undefined ? null : corpus.numberOf(context.sections[0]);
  const before = shown === null ? null : corpus.recordOf(corpus.sectionAt(shown));
  return tabsAskedFor(text, [...records], before, corpus.thesaurus).flatMap(({ id, documentId }): Candidate[] => {
    const section = corpus.numberOf(id)!;
    const found = candidates.find((candidate) => candidate.section === section);
    // A tab that was left out for the text it restates is no answer, unless it is open already.
    return found ? [found] : documentId === before?.id ? [{ section, score: 0, features: NO_FEATURES, askedSentences: new Map() }] : [];
  });
}

/** The section that is known to answer this very question; none when several are. */
function knownCandidates({ text, asWritten }: Understanding, candidates: readonly Candidate[], corpus: Corpus): Candidate[] {
  const ids = new Set(knownSections([asWritten, text], corpus.knowledge));
  const found = candidates.filter(({ section }) => ids.has(corpus.sectionAt(section).id));
  // What restates another text has been left out of the candidates.
  return found.length === 1 ? found : [];
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

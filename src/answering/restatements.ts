import type { LibraryRecord } from '../domain/record.ts';
import { tokenise } from '../text/tokens.ts';
import type { Corpus, Knowledge } from './corpus.ts';
import { QUESTION_WEIGHTS } from './indexes.ts';
import { type Query, queryMass } from './query.ts';
import type { Candidate } from './retrieve.ts';

/** A text that restates another is left out when the other scores this share of it: people are shown the original. */
const ORIGINAL_SHARE = 0.5;
/** Candidates further down are neither quoted nor offered. */
const COMPARED = 10;
/** A question is told to be another one than a FAQ's when it is at least so like that. */
const ALIKE = 0.5;

/**
 * Candidates without those that a better-placed text speaks for: a record that restates a section does not stand before that section, and a FAQ is
 * no answer to a question it is said not to answer.
 */
export function withoutRestatements(candidates: readonly Candidate[], query: Query, corpus: Corpus): readonly Candidate[] {
  if (!hasRestatements(corpus.knowledge)) return candidates;
  const scores = new Map(candidates.map(({ section, score }) => [corpus.sectionAt(section).id, score]));
  return candidates.filter(({ section, score }, at) => {
    const record = corpus.recordOf(corpus.sectionAt(section));
    if (record.derivedFrom.some((id) => (scores.get(id) ?? 0) >= ORIGINAL_SHARE * score)) return false;
    return at >= COMPARED || !isAnotherQuestion(record, query, corpus);
  });
}

const restating = new WeakMap<Knowledge, boolean>();

/** Whether any record of a library speaks for another or names questions it does not answer. */
function hasRestatements(knowledge: Knowledge): boolean {
  let known = restating.get(knowledge);
  if (known === undefined) {
    known = knowledge.records.some(
      (record) => record.derivedFrom.length > 0 || (record.kind === 'faq' && record.negativeQuestions.length > 0),
    );
    restating.set(knowledge, known);
  }
  return known;
}

/** Whether a question is more like one that a FAQ does not answer than like those it does. */
function isAnotherQuestion(record: LibraryRecord, query: Query, corpus: Corpus): boolean {
  if (record.kind !== 'faq' || record.negativeQuestions.length === 0) return false;
  const best = (questions: readonly string[]): number => Math.max(0, ...questions.map((question) => likeness(question, query, corpus)));
  const other = best(record.negativeQuestions);
  return other >= ALIKE && other > best([record.title, ...record.sections.flatMap(({ questions }) => questions.map(({ text }) => text))]);
}

/** How like two questions are, 0 to 1: the weight of what they have in common, next to that of what they could. */
function likeness(question: string, query: Query, corpus: Corpus): number {
  const tokens = tokenise(question, corpus.thesaurus);
  let common = 0;
  let own = 0;
  for (const field of ['words', 'bigrams', 'concepts'] as const) {
    for (const term of new Set(tokens[field])) {
      const weight = QUESTION_WEIGHTS[field] * corpus.questionIndex.idf(field, term);
      own += weight;
      common += weight * (query[field].get(term) ?? 0);
    }
  }
  return common / Math.sqrt(own * queryMass(query, corpus) || 1);
}

/** Records that restate a section for their readers: guides and answers to go on with. */
export const restatementsOf = (sectionId: string, { knowledge: { records } }: Corpus): LibraryRecord[] =>
  records.filter(({ derivedFrom }) => derivedFrom.includes(sectionId));

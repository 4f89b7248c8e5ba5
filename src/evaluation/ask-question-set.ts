import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Answer, Citation, SectionRef } from '../domain/answer.ts';
import type { EvaluationSummary } from '../domain/evaluation.ts';
import { sourceName } from '../domain/render.ts';

/** A question by which answers are judged. */
export interface JudgedQuestion {
  readonly id: string;
  readonly kind: string;
  readonly q: string;
  /** Ids of the sections that answer it (`2024-plan#6`); empty: nothing in the library does. */
  readonly sections: readonly string[];
  /** Pieces of the text a good answer quotes. */
  readonly evidence: readonly string[];
}

/** What became of a question. */
export interface QuestionRun {
  readonly id: string;
  readonly kind: string;
  readonly question: string;
  /** Of its answer; `notice` when it was taken for small talk. */
  readonly outcome: Answer['outcome'] | 'notice';
  /** What stands first, as people would cite it; null: nothing. */
  readonly source: string | null;
  readonly quote: string | null;
  /** Right section first, or, out of scope, not answered outright; null when the section it asks for is not in the library. */
  readonly isRight: boolean | null;
  readonly isAmongThree: boolean | null;
  /** Null when the set names no evidence. */
  readonly hasEvidence: boolean | null;
  readonly confidence: number | null;
}

export interface RunOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Citations that stand for an answer, the first first; then what it offers, as ids alone. */
function citedBy(answer: Answer | null): readonly Citation[] {
  switch (answer?.outcome) {
    case 'answered':
      return answer.citations;
    case 'clarify':
      return answer.nearest;
    case 'browse':
      return answer.sections;
    default:
      return [];
  }
}

/** A section an answer names. */
export type NamedSection = Pick<SectionRef, 'kind' | 'documentId' | 'section'>;

export const idOf = ({ documentId, section }: NamedSection): string => `${documentId}#${section}`;

/** The sections an answer stands on, then those it offers, each once. */
export function sectionsOf(answer: Answer | null): NamedSection[] {
  const offered =
    answer?.outcome === 'answered'
      ? answer.related
      : answer?.outcome === 'clarify'
        ? answer.options
        : answer?.outcome === 'refused'
          ? answer.suggestions
          : answer?.outcome === 'lapsed'
            ? (answer.successor?.sections ?? [])
            : [];
  const named = new Map<string, NamedSection>();
  for (const section of [...citedBy(answer), ...offered]) if (!named.has(idOf(section))) named.set(idOf(section), section);
  return [...named.values()];
}

/**
 * Asks every question by itself, with a turn for other work after each.
 * @param answer null: it was no question
 * @throws the signal's reason when it aborts
 */
export async function askQuestionSet(
  questions: readonly JudgedQuestion[],
  answer: (question: string) => Answer | null,
  { signal, onProgress }: RunOptions = {},
): Promise<QuestionRun[]> {
  const runs: QuestionRun[] = [];
  for (const question of questions) {
    await nextTurn();
    signal?.throwIfAborted();
    runs.push(judged(question, answer(question.q)));
    onProgress?.(runs.length, questions.length);
  }
  return runs;
}

function judged({ id, kind, q, sections, evidence }: JudgedQuestion, answer: Answer | null): QuestionRun {
  const found = sectionsOf(answer).map(idOf);
  const cited = citedBy(answer);
  const isOutOfScope = sections.length === 0;
  const isOutright = answer?.outcome === 'answered' || answer?.outcome === 'browse';
  const quoted = cited.map(({ quote }) => quote).join('\n');
  return {
    id,
    kind,
    question: q,
    outcome: answer?.outcome ?? 'notice',
    source: cited[0] ? sourceName(cited[0]) : null,
    quote: cited[0]?.quote ?? null,
    isRight: isOutOfScope ? !isOutright : sections.includes(found[0] ?? ''),
    isAmongThree: isOutOfScope ? null : found.slice(0, 3).some((section) => sections.includes(section)),
    hasEvidence: evidence.length === 0 ? null : evidence.every((piece) => quoted.includes(piece)),
    confidence: answer && 'confidence' in answer ? answer.confidence : null,
  };
}

const shareOf = (values: readonly (boolean | null)[]): number | null => {
  const told = values.filter((value) => value !== null);
  return told.length === 0 ? null : told.filter(Boolean).length / told.length;
};

/** @param questions the set that was asked, in the same order */
export function summaryOfRun(runs: readonly QuestionRun[], questions: readonly JudgedQuestion[]): EvaluationSummary {
  const isOutOfScope = (at: number): boolean => questions[at]!.sections.length === 0;
  const count = (...outcomes: readonly QuestionRun['outcome'][]): number => runs.filter(({ outcome }) => outcomes.includes(outcome)).length;
  return {
    asked: runs.length,
    answered: count('answered', 'browse'),
    clarified: count('clarify'),
    refused: count('refused', 'lapsed'),
    firstRight: shareOf(runs.map(({ isRight }, at) => (isOutOfScope(at) ? null : isRight))),
    amongThree: shareOf(runs.map(({ isAmongThree }) => isAmongThree)),
    evidence: shareOf(runs.map(({ hasEvidence }) => hasEvidence)),
    heldBack: shareOf(runs.map(({ isRight }, at) => (isOutOfScope(at) ? isRight : null))),
  };
}

interface Gist {
  readonly outcome: string;
  readonly source: string | null;
  readonly quote: string | null;
}

/** An answer that is another one in the second run. */
export interface ChangedAnswer {
  readonly id: string;
  readonly question: string;
  readonly before: Gist;
  readonly after: Gist;
  readonly wasRight: boolean | null;
  readonly isRight: boolean | null;
}

const gistOf = ({ outcome, source, quote }: QuestionRun): Gist => ({ outcome, source, quote });

/** Answers that differ between two runs of one set: in what is said, where it stands, or whether it is said at all. */
export function compareRuns(before: readonly QuestionRun[], after: readonly QuestionRun[]): ChangedAnswer[] {
  const first = new Map(before.map((run) => [run.id, run]));
  return after.flatMap((now): ChangedAnswer[] => {
    const was = first.get(now.id);
    if (!was || (was.outcome === now.outcome && was.source === now.source && was.quote === now.quote)) return [];
    return [{ id: now.id, question: now.question, before: gistOf(was), after: gistOf(now), wasRight: was.isRight, isRight: now.isRight }];
  });
}

import type { LibraryRecord } from '../domain/record.ts';
import { keyOf, normalForm } from './normal-form.ts';
import type { AskedQuestion, Mark } from './store.ts';

/** A question whose askers said themselves which section they meant: a candidate for its alternate questions. */
export interface ChoiceCandidate {
  /** Names the pair of question and section. */
  readonly key: string;
  /** As asked. */
  readonly question: string;
  readonly documentId: string;
  readonly section: number;
  readonly count: number;
  readonly lastDay: string;
}

/** The candidates that are no alternate questions yet and that nobody has put aside, the most frequent first. @param choices the latest first */
export function choiceCandidates(
  choices: readonly AskedQuestion[],
  marks: ReadonlyMap<string, Mark>,
  records: readonly LibraryRecord[],
): ChoiceCandidate[] {
  const known = new Map(
    records.flatMap(({ sections }) =>
      sections.map(({ id, title, questions }) => [id, new Set([title, ...questions.map(({ text }) => text)].map(normalForm))] as const),
    ),
  );
  const found = new Map<string, ChoiceCandidate>();
  for (const { question, documentId, section, day } of choices) {
    if (documentId === null) continue;
    const place = `${documentId}#${section ?? 0}`;
    const normal = normalForm(question);
    const questions = known.get(place);
    if (questions === undefined || questions.has(normal)) continue;
    const key = keyOf(`${normal} → ${place}`);
    if (marks.has(key)) continue;
    const before = found.get(key);
    if (before) found.set(key, { ...before, count: before.count + 1 });
    else found.set(key, { key, question, documentId, section: section ?? 0, count: 1, lastDay: day });
  }
  return [...found.values()].sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
}

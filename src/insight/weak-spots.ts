import type { Category } from '../domain/categories.ts';
import { addDays, countDays } from '../domain/day.ts';
import type { FeedbackReason } from '../domain/feedback.ts';
import type { Tokens } from '../text/tokens.ts';
import { cluster } from './cluster.ts';
import { keyOf, normalForm } from './normal-form.ts';
import type { AskedQuestion, DayRange, Mark, MarkState } from './store.ts';

/** Questions that are one when greetings, marks and script are left out. */
interface Wording {
  readonly key: string;
  readonly normal: string;
  readonly questions: AskedQuestion[];
}

/** Wordings that ask for like things, the most frequent first. */
export type Group = readonly Wording[];

/** Like questions that were not answered well. */
export interface WeakSpot {
  /** Of its most frequent wording. */
  readonly key: string;
  /** Of all its wordings. */
  readonly keys: readonly string[];
  readonly count: number;
  /** Different people, as far as they are known. */
  readonly askers: number;
  readonly firstDay: string;
  readonly lastDay: string;
  /** Asked in the last `days` of the range, and in as many before. */
  readonly trend: { readonly days: number; readonly recent: number; readonly before: number };
  /** Why it is here; a question may count under several. */
  readonly kinds: { readonly refused: number; readonly clarify: number; readonly unhelpful: number; readonly handedOff: number };
  readonly reasons: Partial<Record<FeedbackReason, number>>;
  /** As asked, the most frequent first. */
  readonly samples: readonly string[];
  /** The section most of them came nearest to. */
  readonly nearest: { readonly documentId: string; readonly section: number } | null;
  readonly category: Category | null;
  readonly mark: MarkState | null;
}

const MOST_SAMPLES = 8;
const TREND_DAYS = 7;
/** What a pair of characters counts beside a word: it says less, but still matches when words are cut otherwise or mistyped. */
const PAIR_WEIGHT = 0.25;
/** A thesaurus group both speak of: they may do so in quite other words. */
const CONCEPT_WEIGHT = 0.5;
/** The section both came nearest to. */
const SECTION_WEIGHT = 1;
/** Steps of grouping done in one go, so that answers are not kept waiting. */
const STEPS_AT_ONCE = 100;

const commonest = <T>(values: readonly T[], keyOfValue: (value: T) => string): T | null => {
  const counts = new Map<string, { readonly value: T; count: number }>();
  for (const value of values) {
    const known = counts.get(keyOfValue(value));
    if (known) known.count++;
    else counts.set(keyOfValue(value), { value, count: 1 });
  }
  let best: { readonly value: T; readonly count: number } | null = null;
  for (const each of counts.values()) if (best === null || each.count > best.count) best = each;
  return best?.value ?? null;
};

const placeOf = ({ documentId, section }: AskedQuestion) => (documentId === null ? null : { documentId, section: section ?? 0 });
const nearestOf = (questions: readonly AskedQuestion[]) =>
  commonest(
    questions.flatMap((question) => placeOf(question) ?? []),
    ({ documentId, section }) => `${documentId}#${section}`,
  );

function tokensOf({ normal, questions }: Wording, tokenise: (text: string) => Tokens): ReadonlyMap<string, number> {
  const { words, bigrams, concepts } = tokenise(normal);
  const tokens = new Map<string, number>();
  for (const word of words) tokens.set(word, 1);
  // A word of two characters is a pair as well: counted as the word.
  for (const pair of bigrams) if (!tokens.has(pair)) tokens.set(pair, PAIR_WEIGHT);
  for (const concept of concepts) tokens.set(`concept ${concept}`, CONCEPT_WEIGHT);
  const nearest = nearestOf(questions);
  if (nearest !== null) tokens.set(`section ${nearest.documentId}#${nearest.section}`, SECTION_WEIGHT);
  // Of one that says nothing only the same is like it.
  if (tokens.size === 0) tokens.set(`all ${normal}`, 1);
  return tokens;
}

/** Puts like questions together. @param tokenise with the thesaurus in force */
export async function groupQuestions(questions: readonly AskedQuestion[], tokenise: (text: string) => Tokens): Promise<readonly Group[]> {
  const wordings = new Map<string, Wording>();
  for (const question of questions) {
    const normal = normalForm(question.question);
    const known = wordings.get(normal);
    if (known) known.questions.push(question);
    else wordings.set(normal, { key: keyOf(normal), normal, questions: [question] });
  }
  const all = [...wordings.values()];
  const steps = groupWordings(all, tokenise);
  for (let done = 1; ; done++) {
    const step = steps.next();
    if (step.done) return step.value.map((indices) => indices.map((at) => all[at]!));
    if (done % STEPS_AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
  }
}

function* groupWordings(wordings: readonly Wording[], tokenise: (text: string) => Tokens) {
  const items = [];
  for (const wording of wordings) {
    items.push({ tokens: tokensOf(wording, tokenise), count: wording.questions.length });
    yield;
  }
  return yield* cluster(items);
}

/** What a question asked at some time counts as: what is done is so only until it is asked again. */
const markAt = (mark: Mark | undefined, atMs: number): MarkState | null =>
  mark === undefined || (mark.state === 'done' && atMs > mark.atMs) ? null : mark.state;

/** What groups come to, the most asked first. Where a part of a group is marked, it is what most of its questions are. */
export const weakSpots = (groups: readonly Group[], marks: ReadonlyMap<string, Mark>, range: DayRange): WeakSpot[] =>
  groups.map((group) => spotOf(group, marks, range)).sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));

function spotOf(group: Group, marks: ReadonlyMap<string, Mark>, { from, to }: DayRange): WeakSpot {
  const questions = group.flatMap((wording) => wording.questions);
  const days = questions.map(({ day }) => day).sort();
  const trendDays = Math.max(1, Math.min(TREND_DAYS, Math.floor(countDays(from, to) / 2)));
  const [recentFrom, beforeFrom] = [addDays(to, 1 - trendDays), addDays(to, 1 - 2 * trendDays)];
  const count = (holds: (question: AskedQuestion) => boolean): number => questions.filter(holds).length;
  const reasons: Partial<Record<FeedbackReason, number>> = {};
  for (const { reason } of questions) if (reason !== null) reasons[reason] = (reasons[reason] ?? 0) + 1;
  const states = group.flatMap(({ key, questions: asked }) => asked.map(({ atMs }) => markAt(marks.get(key), atMs)));
  return {
    key: group[0]!.key,
    keys: group.map(({ key }) => key),
    count: questions.length,
    askers: new Set(questions.map(({ asker }) => asker).filter((asker) => asker !== '')).size,
    firstDay: days[0]!,
    lastDay: days.at(-1)!,
    trend: {
      days: trendDays,
      recent: count(({ day }) => day >= recentFrom),
      before: count(({ day }) => day >= beforeFrom && day < recentFrom),
    },
    kinds: {
      refused: count(({ ending }) => ending === 'refused'),
      clarify: count(({ ending }) => ending === 'clarify'),
      unhelpful: count(({ vote }) => vote === 'down'),
      handedOff: count((question) => question.isHandedOff),
    },
    reasons,
    samples: group.slice(0, MOST_SAMPLES).map((wording) => commonest(wording.questions, ({ question }) => question)!.question),
    nearest: nearestOf(questions),
    category: commonest(
      questions.flatMap(({ category }) => category ?? []),
      (category) => category,
    ),
    mark: commonest(states, String),
  };
}

import type { Desk } from '../domain/desk.ts';
import type { LibraryRecord } from '../domain/record.ts';
import type { Tokens } from '../text/tokens.ts';
import { type ChoiceCandidate, choiceCandidates } from './choices.ts';
import { type StaleDocument, staleDocuments } from './stale.ts';
import type { AskedQuestion, DayRange, Figures, InsightStore, MarkState } from './store.ts';
import { type Summary, summarise } from './summary.ts';
import { type Group, groupQuestions, type WeakSpot, weakSpots } from './weak-spots.ts';
import { addDays } from '../domain/day.ts';

/** The library as questions are held against it. */
export interface InsightLibrary {
  /** Changes when something is published. */
  version(): number;
  records(): readonly LibraryRecord[];
  /** Those in force today. */
  inForce(): readonly LibraryRecord[];
  /** Today by the house's clock and time zone, ISO. */
  today(): string;
  /** A question's tokens, with the thesaurus in force. */
  tokenise(text: string): Tokens;
}

export interface InsightOptions {
  readonly store: InsightStore;
  readonly library: InsightLibrary;
  readonly desks: () => Promise<readonly Desk[]>;
  /** IANA name. */
  readonly timeZone: string;
  readonly now: () => number;
}

export interface WeakSpots {
  readonly spots: readonly WeakSpot[];
  /** Questions looked at. */
  readonly questions: number;
  /** False: there were more; the earliest of the range are left out. */
  readonly isComplete: boolean;
}

/** What questions teach. */
export interface Insight {
  summary(range: DayRange): Promise<Summary>;
  /** Like questions that were not answered well. Grouped anew when the library changes or some minutes have passed. */
  weakSpots(range: DayRange): Promise<WeakSpots>;
  /** Marks by key: of a weak spot (all its wordings), or of a candidate. Null takes the marks off. */
  mark(keys: readonly string[], state: MarkState | null): Promise<void>;
  choices(range: DayRange): Promise<readonly ChoiceCandidate[]>;
  /** By the answers of the range. */
  stale(range: DayRange): Promise<readonly StaleDocument[]>;
  /** All questions that still have their words, the latest first. */
  questions(range: DayRange): AsyncGenerator<AskedQuestion>;
}

/** Questions that are grouped at most: some seconds' work. */
const MOST_WEAK = 50_000;
const MOST_CHOICES = 5_000;
const PAGE = 2_000;
const KEEP_MS = 120_000;
/** Figures are as old as this at most: pages that are opened one after another share them. */
const FIGURES_MS = 15_000;
const DAY_MS = 86_400_000;

interface Grouped {
  readonly key: string;
  readonly atMs: number;
  readonly groups: Promise<{ readonly groups: readonly Group[]; readonly questions: number }>;
}

/** What questions teach, from what is kept of them. */
export function createInsight({ store, library, desks, timeZone, now }: InsightOptions): Insight {
  let latest: Grouped | null = null;
  let counted: { readonly key: string; readonly atMs: number; readonly figures: Promise<Figures> } | null = null;

  const figuresOf = (range: DayRange): Promise<Figures> => {
    const key = JSON.stringify(range);
    if (counted === null || counted.key !== key || now() - counted.atMs > FIGURES_MS) {
      const mine = { key, atMs: now(), figures: store.figures(range) };
      counted = mine;
      mine.figures.catch(() => {
        if (counted === mine) counted = null;
      });
    }
    return counted.figures;
  };

  const grouped = (range: DayRange): Grouped['groups'] => {
    const key = JSON.stringify([range, library.version()]);
    if (latest === null || latest.key !== key || now() - latest.atMs > KEEP_MS) {
      const groups = store.weakQuestions(range, MOST_WEAK).then(async (questions) => ({
        groups: await groupQuestions(questions, (text) => library.tokenise(text)),
        questions: questions.length,
      }));
      const mine = { key, atMs: now(), groups };
      latest = mine;
      groups.catch(() => {
        if (latest === mine) latest = null;
      });
    }
    return latest.groups;
  };

  return {
    async summary(range) {
      // Days begin earlier or later than in UTC.
      const [fromMs, toMs] = [Date.parse(addDays(range.from, -1)), Date.parse(addDays(range.to, 2))];
      const [figures, tickets, known] = await Promise.all([figuresOf(range), store.ticketTimes(fromMs, toMs + DAY_MS), desks()]);
      return summarise(range, figures, tickets, { records: library.records(), desks: known, timeZone });
    },
    async weakSpots(range) {
      const [{ groups, questions }, marks] = await Promise.all([grouped(range), store.marks()]);
      return { spots: weakSpots(groups, marks, range), questions, isComplete: questions < MOST_WEAK };
    },
    mark: (keys, state) => store.mark(keys, state, now()),
    async choices(range) {
      const [choices, marks] = await Promise.all([store.choices(range, MOST_CHOICES), store.marks()]);
      return choiceCandidates(choices, marks, library.records());
    },
    async stale(range) {
      const { sections } = await figuresOf(range);
      return staleDocuments(library.inForce(), sections, library.today());
    },
    async *questions(range) {
      for (let before: string | null = null; ; ) {
        const page: readonly AskedQuestion[] = await store.questions(range, before, PAGE);
        yield* page;
        if (page.length < PAGE) return;
        before = page.at(-1)!.turnId;
      }
    },
  };
}

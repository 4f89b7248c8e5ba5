import { CATEGORY_IDS, type Category } from '../domain/categories.ts';
import { dayIn, daysIn } from '../domain/day.ts';
import type { Desk } from '../domain/desk.ts';
import type { FeedbackReason } from '../domain/feedback.ts';
import { CHANNEL_NAMES, type ChannelName } from '../domain/message.ts';
import type { LibraryRecord, RecordKind } from '../domain/record.ts';
import { maskPersonal } from '../privacy/mask.ts';
import { normalForm } from './normal-form.ts';
import { type Cell, type DayRange, type Ending, type Figures, type SectionCount, type TicketTimes } from './store.ts';

/** How questions ended; they add up to `asked`. */
export type Endings = Readonly<Record<Ending | 'asked', number>>;

export interface DayFigures extends Endings {
  readonly day: string;
  /** Given to a person that day. */
  readonly handedOff: number;
  readonly channels: Readonly<Partial<Record<ChannelName, number>>>;
  readonly categories: Readonly<Partial<Record<Category, number>>>;
}

export interface SectionFigures extends SectionCount {
  readonly kind: RecordKind;
  readonly documentTitle: string;
  readonly sectionTitle: string;
}

export interface DeskFigures {
  readonly deskId: string;
  /** Null for a desk that is no more. */
  readonly name: string | null;
  readonly opened: number;
  readonly answered: number;
  readonly ignored: number;
  /** Half of the claims, and of the answers, took no longer; null without any. */
  readonly medianToClaimMs: number | null;
  readonly medianToAnswerMs: number | null;
}

/** What a range of days looks like. */
export interface Summary extends DayRange {
  readonly totals: Endings & { readonly handedOff: number };
  readonly helpful: number;
  readonly unhelpful: number;
  readonly reasons: Readonly<Partial<Record<FeedbackReason, number>>>;
  readonly medianTookMs: number | null;
  readonly askers: number;
  /** Every day, also those without a question. */
  readonly days: readonly DayFigures[];
  /** The busiest first; those nobody asked in are left out. */
  readonly byChannel: readonly (Endings & { readonly channel: ChannelName })[];
  /** The busiest first; null: about nothing in the library. */
  readonly byCategory: readonly (Endings & { readonly category: Category | null })[];
  readonly topQuestions: readonly { readonly question: string; readonly asked: number }[];
  /** `title` is null for a document that is no longer in the library. */
  readonly topDocuments: readonly { readonly documentId: string; readonly title: string | null; readonly answers: number }[];
  /** Every section of the library in its order, with how many answers stood on it. */
  readonly sections: readonly SectionFigures[];
  readonly staff: readonly DeskFigures[];
}

/** What figures are read with. */
export interface Surroundings {
  readonly records: readonly LibraryRecord[];
  readonly desks: readonly Desk[];
  readonly timeZone: string;
}

const TOP = 20;

const NOTHING: Endings = { asked: 0, answered: 0, clarify: 0, refused: 0, lapsed: 0, browse: 0 };

function endingsOf(cells: readonly Cell[]): Endings {
  const endings = { ...NOTHING };
  for (const { ending, asked } of cells) {
    endings[ending] += asked;
    endings.asked += asked;
  }
  return endings;
}

const asked = (cells: readonly Cell[]): number => cells.reduce((sum, cell) => sum + cell.asked, 0);

/** Those of `names` that anything was asked in. */
function countsOf<Name extends string>(names: readonly Name[], cells: readonly Cell[], nameOf: (cell: Cell) => Name | null) {
  const counts: Partial<Record<Name, number>> = {};
  for (const name of names) {
    const count = asked(cells.filter((cell) => nameOf(cell) === name));
    if (count > 0) counts[name] = count;
  }
  return counts;
}

function medianOf(values: readonly number[]): number | null {
  const ordered = [...values].sort((a, b) => a - b);
  return ordered[Math.floor((ordered.length - 1) / 2)] ?? null;
}

/** Wordings that are one when greetings and marks are left out, under the commonest of them. */
function topQuestions(wordings: Figures['questions']): Summary['topQuestions'] {
  const byNormal = new Map<string, { readonly question: string; asked: number }>();
  for (const { question, asked: times } of wordings) {
    const normal = normalForm(question);
    const known = byNormal.get(normal);
    if (known) known.asked += times;
    else byNormal.set(normal, { question: maskPersonal(question), asked: times });
  }
  return [...byNormal.values()].sort((a, b) => b.asked - a.asked).slice(0, TOP);
}

function topDocuments(sections: readonly SectionCount[], records: readonly LibraryRecord[]): Summary['topDocuments'] {
  const titles = new Map(records.map(({ id, title }) => [id, title]));
  const counts = new Map<string, number>();
  for (const { documentId, answers } of sections) counts.set(documentId, (counts.get(documentId) ?? 0) + answers);
  return [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, TOP)
    .map(([documentId, answers]) => ({ documentId, title: titles.get(documentId) ?? null, answers }));
}

function sectionFigures(counts: readonly SectionCount[], records: readonly LibraryRecord[]): SectionFigures[] {
  const answers = new Map(counts.map(({ documentId, section, answers: count }) => [`${documentId}#${section}`, count]));
  return records.flatMap(({ kind, title, sections }) =>
    sections.map(({ id, documentId, number, title: sectionTitle }) => ({
      kind,
      documentId,
      section: number,
      documentTitle: title,
      sectionTitle,
      answers: answers.get(id) ?? 0,
    })),
  );
}

function staffFigures(tickets: readonly TicketTimes[], desks: readonly Desk[]): DeskFigures[] {
  const byDesk = Map.groupBy(tickets, ({ deskId }) => deskId);
  return [...byDesk]
    .map(([deskId, own]) => {
      const done = own.filter(({ state }) => state === 'answered');
      return {
        deskId,
        name: desks.find(({ id }) => id === deskId)?.name ?? null,
        opened: own.length,
        answered: done.length,
        ignored: own.filter(({ state }) => state === 'ignored').length,
        medianToClaimMs: medianOf(own.flatMap(({ createdAtMs, claimedAtMs }) => (claimedAtMs === null ? [] : [claimedAtMs - createdAtMs]))),
        medianToAnswerMs: medianOf(done.flatMap(({ createdAtMs, endedAtMs }) => (endedAtMs === null ? [] : [endedAtMs - createdAtMs]))),
      };
    })
    .sort((a, b) => b.opened - a.opened || (a.deskId < b.deskId ? -1 : 1));
}

/**
 * What a range of days looks like, from what was counted. Personal numbers in questions are covered.
 * @param tickets those opened around the range; others are left out
 */
export function summarise(range: DayRange, figures: Figures, tickets: readonly TicketTimes[], around: Surroundings): Summary {
  const { cells, votes, sections } = figures;
  const opened = tickets
    .map((ticket) => ({ ...ticket, day: dayIn(around.timeZone, ticket.createdAtMs) }))
    .filter(({ day }) => day >= range.from && day <= range.to);
  const byDay = Map.groupBy(cells, ({ day }) => day);
  const ticketsByDay = Map.groupBy(opened, ({ day }) => day);
  const votesFor = (which: 'up' | 'down'): number => votes.filter(({ vote }) => vote === which).reduce((sum, { count }) => sum + count, 0);
  const reasons: Partial<Record<FeedbackReason, number>> = {};
  for (const { vote, reason, count } of votes) if (vote === 'down' && reason !== null) reasons[reason] = (reasons[reason] ?? 0) + count;
  const busiest = (a: Endings, b: Endings): number => b.asked - a.asked;
  return {
    ...range,
    totals: { ...endingsOf(cells), handedOff: opened.length },
    helpful: votesFor('up'),
    unhelpful: votesFor('down'),
    reasons,
    medianTookMs: figures.medianTookMs,
    askers: figures.askers,
    days: daysIn(range.from, range.to).map((day) => {
      const own = byDay.get(day) ?? [];
      return {
        day,
        ...endingsOf(own),
        handedOff: ticketsByDay.get(day)?.length ?? 0,
        channels: countsOf(CHANNEL_NAMES, own, ({ channel }) => channel),
        categories: countsOf(CATEGORY_IDS, own, ({ category }) => category),
      };
    }),
    byChannel: [...Map.groupBy(cells, ({ channel }) => channel)].map(([channel, own]) => ({ channel, ...endingsOf(own) })).sort(busiest),
    byCategory: [...Map.groupBy(cells, ({ category }) => category)]
      .map(([category, own]) => ({ category, ...endingsOf(own) }))
      .sort(busiest),
    topQuestions: topQuestions(figures.questions),
    topDocuments: topDocuments(sections, around.records),
    sections: sectionFigures(sections, around.records),
    staff: staffFigures(opened, around.desks),
  };
}

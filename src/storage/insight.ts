import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { Category } from '../domain/categories.ts';
import type { FeedbackReason } from '../domain/feedback.ts';
import type { ChannelName } from '../domain/message.ts';
import type { TicketState } from '../domain/ticket.ts';
import type { AskedQuestion, DayRange, Ending, InsightStore, MarkState } from '../insight/store.ts';
import { inBatches } from './batches.ts';
import { cleanText } from './clean.ts';
import type { Database } from './database.ts';
import type { Db, Tables } from './schema.ts';

/** Different wordings that are counted; rarer ones are no top questions. */
const MOST_WORDINGS = 1_000;

type Turns = ExpressionBuilder<Tables, 'turns'>;

const within =
  ({ from, to }: DayRange) =>
  (eb: Turns): Expression<SqlBool> =>
    eb.and([eb('day', '>=', from), eb('day', '<=', to), eb('ending', 'is not', null)]);

/** One of several voters for whom it did not help is enough. */
const hasVote = (eb: Turns, vote: 'up' | 'down') =>
  eb.exists(eb.selectFrom('feedback').select('vote').whereRef('feedback.turn_id', '=', 'turns.id').where('vote', '=', vote));
const isHandedOff = (eb: Turns) => eb.exists(eb.selectFrom('tickets').select('id').whereRef('tickets.turn_id', '=', 'turns.id'));

const listed = (db: Db, range: DayRange, limit: number) =>
  db
    .selectFrom('turns')
    .select(['id', 'at_ms', 'day', 'channel', 'asker', 'question', 'via', 'ending', 'category', 'confidence', 'document_id', 'section'])
    .select((eb) => [
      eb.case().when(hasVote(eb, 'down')).then('down').when(hasVote(eb, 'up')).then('up').end().as('vote'),
      eb
        .selectFrom('feedback')
        .select((votes) => votes.fn.max('reason').as('reason'))
        .whereRef('feedback.turn_id', '=', 'turns.id')
        .where('vote', '=', 'down')
        .as('reason'),
      eb.case().when(isHandedOff(eb)).then(1).else(0).end().as('is_handed_off'),
    ])
    .where(within(range))
    .where('question', '<>', '')
    // As the index has them.
    .orderBy('day', 'desc')
    .orderBy('at_ms', 'desc')
    .orderBy('seq', 'desc')
    .limit(limit);

const askedFrom = (row: Awaited<ReturnType<ReturnType<typeof listed>['execute']>>[number]): AskedQuestion => ({
  turnId: row.id,
  atMs: row.at_ms,
  day: row.day!,
  channel: row.channel as ChannelName,
  asker: row.asker ?? '',
  question: row.question,
  via: (row.via ?? 'asked') as AskedQuestion['via'],
  ending: row.ending as Ending,
  category: row.category as Category | null,
  confidence: row.confidence,
  documentId: row.document_id,
  section: row.section,
  vote: row.vote as AskedQuestion['vote'],
  reason: row.reason as FeedbackReason | null,
  isHandedOff: row.is_handed_off === 1,
});

async function cellsOf(db: Db, range: DayRange) {
  const rows = await db
    .selectFrom('turns')
    .select(['day', 'channel', 'category', 'ending', (eb) => eb.fn.countAll<number>().as('asked')])
    .where(within(range))
    .where('via', '=', 'asked')
    .groupBy(['day', 'channel', 'category', 'ending'])
    .orderBy('day')
    .execute();
  return rows.map(({ day, channel, category, ending, asked }) => ({
    day: day!,
    channel: channel as ChannelName,
    category: category as Category | null,
    ending: ending as Ending,
    asked,
  }));
}

async function votesOf(db: Db, { from, to }: DayRange) {
  const rows = await db
    .selectFrom('feedback')
    .innerJoin('turns', 'turns.id', 'feedback.turn_id')
    .select(['vote', 'reason', (eb) => eb.fn.countAll<number>().as('count')])
    .where('day', '>=', from)
    .where('day', '<=', to)
    .groupBy(['vote', 'reason'])
    .execute();
  return rows.map(({ vote, reason, count }) => ({ vote: vote as 'up' | 'down', reason: reason as FeedbackReason | null, count }));
}

async function medianTook(db: Db, range: DayRange): Promise<number | null> {
  const timed = db.selectFrom('turns').where(within(range)).where('took_ms', 'is not', null);
  const { count } = await timed.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
  if (count === 0) return null;
  const middle = await timed
    .select('took_ms')
    .orderBy('took_ms')
    .limit(1)
    .offset(Math.floor((count - 1) / 2))
    .executeTakeFirst();
  return middle?.took_ms ?? null;
}

async function askersOf(db: Db, range: DayRange): Promise<number> {
  const { askers } = await db
    .selectFrom('turns')
    .select((eb) => eb.fn.count<number>('asker').distinct().as('askers'))
    .where(within(range))
    .where('asker', '<>', '')
    .executeTakeFirstOrThrow();
  return askers;
}

const wordingsOf = (db: Db, range: DayRange) =>
  db
    .selectFrom('turns')
    .select(['question', (eb) => eb.fn.countAll<number>().as('asked')])
    .where(within(range))
    .where('via', '=', 'asked')
    .where('question', '<>', '')
    .groupBy('question')
    .orderBy('asked', 'desc')
    .orderBy('question')
    .limit(MOST_WORDINGS)
    .execute();

async function sectionsOf(db: Db, range: DayRange) {
  const rows = await db
    .selectFrom('turns')
    .select(['document_id', 'section', (eb) => eb.fn.countAll<number>().as('answers')])
    .where(within(range))
    .where('ending', '=', 'answered')
    .where('document_id', 'is not', null)
    .groupBy(['document_id', 'section'])
    .orderBy('answers', 'desc')
    .orderBy('document_id')
    .orderBy('section')
    .execute();
  return rows.map(({ document_id, section, answers }) => ({ documentId: document_id!, section: section ?? 0, answers }));
}

export const insight = ({ run, transact }: Database): InsightStore => ({
  figures: (range) =>
    run(async (db) => ({
      cells: await cellsOf(db, range),
      votes: await votesOf(db, range),
      medianTookMs: await medianTook(db, range),
      askers: await askersOf(db, range),
      questions: await wordingsOf(db, range),
      sections: await sectionsOf(db, range),
    })),

  questions: (range, before, limit) =>
    run(async (db) => {
      let query = listed(db, range, limit);
      if (before !== null) {
        const last = await db.selectFrom('turns').select(['day', 'at_ms', 'seq']).where('id', '=', cleanText(before)).executeTakeFirst();
        if (!last) return [];
        query = query.where((eb) =>
          eb(eb.refTuple('day', 'at_ms', 'seq'), '<', sql<[string, number, number]>`(${last.day}, ${last.at_ms}, ${last.seq})`),
        );
      }
      return (await query.execute()).map(askedFrom);
    }),

  weakQuestions: (range, limit) =>
    run(async (db) => {
      const rows = await listed(db, range, limit)
        .where('via', '=', 'asked')
        .where((eb) => eb.or([eb('ending', 'in', ['refused', 'clarify']), hasVote(eb, 'down'), isHandedOff(eb)]))
        .execute();
      return rows.map(askedFrom);
    }),

  choices: (range, limit) =>
    run(async (db) => {
      const query = listed(db, range, limit).where('via', '=', 'chosen').where('ending', '=', 'answered');
      return (await query.where('document_id', 'is not', null).execute()).map(askedFrom);
    }),

  ticketTimes: (fromMs, toMs) =>
    run(async (db) => {
      const rows = await db
        .selectFrom('tickets')
        .select(['desk_id', 'state', 'created_at_ms', 'claimed_at_ms', 'ended_at_ms'])
        .where('created_at_ms', '>=', fromMs)
        .where('created_at_ms', '<', toMs)
        .orderBy('created_at_ms')
        .execute();
      return rows.map((row) => ({
        deskId: row.desk_id,
        state: row.state as TicketState,
        createdAtMs: row.created_at_ms,
        claimedAtMs: row.claimed_at_ms,
        endedAtMs: row.ended_at_ms,
      }));
    }),

  marks: () =>
    run(async (db) => {
      const rows = await db.selectFrom('marks').selectAll().execute();
      return new Map(rows.map(({ question, state, at_ms }) => [question, { state: state as MarkState, atMs: at_ms }]));
    }),

  mark: (questions, state, nowMs) =>
    transact((tx) =>
      inBatches([...new Set(questions.map(cleanText))], async (batch) => {
        await tx.deleteFrom('marks').where('question', 'in', batch).execute();
        if (state === null) return;
        await tx
          .insertInto('marks')
          .values(batch.map((question) => ({ question, state, at_ms: nowMs })))
          .execute();
      }),
    ),
});

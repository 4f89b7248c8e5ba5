import type { TicketStore } from '../hand-off/store.ts';
import type { Category } from '../domain/categories.ts';
import { AppError } from '../domain/errors.ts';
import type { ChannelName } from '../domain/message.ts';
import { TICKET_STATES, type Ticket, type TicketChange, type TicketEvent, type TicketState, ticketTopic } from '../domain/ticket.ts';
import { cleanRow, cleanText, fromJson, toJson } from './clean.ts';
import type { Database } from './database.ts';
import { firstAbout, topicOf } from './deliveries.ts';
import { queueReplies } from './outbox.ts';
import type { Tx } from './schema.ts';
import type { TicketRow } from './schema-hand-off.ts';

/** What stands in columns is left out of the JSON. */
type Rest = Omit<
  Ticket,
  | 'id'
  | 'number'
  | 'state'
  | 'deskId'
  | 'category'
  | 'turnId'
  | 'asker'
  | 'contextKey'
  | 'createdAtMs'
  | 'claimedAtMs'
  | 'endedAtMs'
  | 'nextStepAtMs'
  | 'draftTextId'
  | 'version'
>;

function rowOf(ticket: Ticket): Omit<TicketRow, 'is_erased'> {
  const { id, number, state, deskId, category, turnId, asker, contextKey, ...others } = ticket;
  const { createdAtMs, claimedAtMs, endedAtMs, nextStepAtMs, draftTextId, version, ...rest } = others;
  return cleanRow({
    id,
    number,
    state,
    desk_id: deskId,
    category,
    turn_id: turnId,
    asker,
    context_key: contextKey,
    created_at_ms: createdAtMs,
    claimed_at_ms: claimedAtMs,
    ended_at_ms: endedAtMs,
    next_step_at_ms: nextStepAtMs,
    draft_text_id: draftTextId,
    version,
    data: toJson(rest satisfies Rest),
  });
}

export const ticketFrom = (row: TicketRow): Ticket => ({
  ...(fromJson(row.data) as Rest),
  id: row.id,
  number: row.number,
  state: row.state as TicketState,
  deskId: row.desk_id,
  category: row.category as Category | null,
  turnId: row.turn_id,
  asker: row.asker,
  contextKey: row.context_key,
  createdAtMs: row.created_at_ms,
  claimedAtMs: row.claimed_at_ms,
  endedAtMs: row.ended_at_ms,
  nextStepAtMs: row.next_step_at_ms,
  draftTextId: row.draft_text_id,
  version: row.version,
});

export async function addTicketEvent(tx: Tx, ticketId: string, { atMs, kind, by, userId, detail }: TicketEvent): Promise<void> {
  await tx
    .insertInto('ticket_events')
    .values(cleanRow({ ticket_id: ticketId, at_ms: atMs, kind, by_name: by, user_id: userId, detail }))
    .execute();
}

/** Writes a ticket as it shall be. @returns false when it is not as it was read any more, or a new one is there already */
export async function changeTicket(tx: Tx, { ticket, expects, event }: TicketChange): Promise<boolean> {
  const row = rowOf(ticket);
  if (expects === null) {
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('tickets')
      .values({ ...row, is_erased: 0 })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows !== 1n) return false;
  } else {
    const { numUpdatedRows } = await tx
      .updateTable('tickets')
      .set(row)
      .where('id', '=', row.id)
      .where('version', '=', expects)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows !== 1n) return false;
  }
  await addTicketEvent(tx, row.id, event);
  return true;
}

/**
 * Writes a ticket as it shall be.
 * @throws {AppError} `STALE`, which undoes the transaction, when it has changed since it was read
 */
export async function requireTicket(tx: Tx, change: TicketChange): Promise<void> {
  if (!(await changeTicket(tx, change))) throw new AppError('STALE', 'Expected the ticket as it was read, but it has changed meanwhile.');
}

/** @param announce tells senders that there is something to send */
export const tickets = ({ run, transact }: Database, announce: (channels: Iterable<ChannelName>) => void): TicketStore => ({
  nextNumber: () =>
    transact(async (tx) => {
      const { value } = await tx
        .insertInto('counters')
        .values({ name: 'ticket', value: 1 })
        .onConflict((conflict) => conflict.column('name').doUpdateSet((eb) => ({ value: eb('counters.value', '+', 1) })))
        .returning('value')
        .executeTakeFirstOrThrow();
      return value;
    }),

  ticket: (id) =>
    run(async (db) => {
      const row = await db.selectFrom('tickets').selectAll().where('id', '=', cleanText(id)).executeTakeFirst();
      return row ? ticketFrom(row) : null;
    }),

  tickets: ({ states, deskId, before, limit }) =>
    run(async (db) => {
      let query = db.selectFrom('tickets').selectAll().orderBy('number', 'desc').limit(limit);
      if (states !== undefined) query = query.where('state', 'in', [...states]);
      if (deskId !== undefined) query = query.where('desk_id', '=', cleanText(deskId));
      if (before !== undefined) query = query.where('number', '<', before);
      return (await query.execute()).map(ticketFrom);
    }),

  counts: () =>
    run(async (db) => {
      const rows = await db
        .selectFrom('tickets')
        .select(['state', (eb) => eb.fn.countAll<number>().as('count')])
        .groupBy('state')
        .execute();
      const counts = Object.fromEntries(TICKET_STATES.map((state) => [state, 0])) as Record<TicketState, number>;
      for (const { state, count } of rows) counts[state as TicketState] = count;
      return counts;
    }),

  history: (id) =>
    run(async (db) => {
      const rows = await db.selectFrom('ticket_events').selectAll().where('ticket_id', '=', cleanText(id)).orderBy('seq').execute();
      return rows.map(({ at_ms, kind, by_name, user_id, detail }) => ({
        atMs: at_ms,
        kind: kind as TicketEvent['kind'],
        by: by_name,
        userId: user_id,
        detail,
      }));
    }),

  waitingIn: (contextKey) =>
    run(async (db) => {
      const row = await db
        .selectFrom('tickets')
        .selectAll()
        .where('context_key', '=', cleanText(contextKey))
        .where('state', 'in', ['open', 'claimed'])
        .orderBy('number', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row ? ticketFrom(row) : null;
    }),

  ticketAbout: (channel, chatId, platformMessageIds) =>
    run(async (db) => {
      const id = /^ticket:(.+)$/.exec((await topicOf(db, channel, chatId, platformMessageIds)) ?? '')?.[1];
      if (id === undefined) return null;
      const row = await db.selectFrom('tickets').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? ticketFrom(row) : null;
    }),

  cardOf: (ticketId, channel, chatId) => run((db) => firstAbout(db, ticketTopic(ticketId), channel, chatId)),

  due: (nowMs, limit) =>
    run(async (db) => {
      const rows = await db
        .selectFrom('tickets')
        .selectAll()
        .where('next_step_at_ms', '<=', nowMs)
        .where('state', 'in', ['open', 'claimed'])
        .orderBy('next_step_at_ms')
        .orderBy('number')
        .limit(limit)
        .execute();
      return rows.map(ticketFrom);
    }),

  undrafted: (limit) =>
    run(async (db) => {
      const rows = await db
        .selectFrom('tickets')
        .selectAll()
        .where('state', '=', 'answered')
        .where('draft_text_id', 'is', null)
        .where('is_erased', '=', 0)
        .orderBy('number')
        .limit(limit)
        .execute();
      return rows.map(ticketFrom);
    }),

  commit: async (changes, replies, nowMs) => {
    try {
      await transact(async (tx) => {
        for (const change of changes) await requireTicket(tx, change);
        await queueReplies(tx, replies, nowMs);
      });
    } catch (error) {
      if (error instanceof AppError && error.code === 'STALE') return false;
      throw error;
    }
    announce(new Set(replies.map(({ channel }) => channel)));
    return true;
  },
});

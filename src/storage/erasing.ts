import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import { isTicketOver, type Ticket, type TicketEvent, ticketTopic } from '../domain/ticket.ts';
import type { PrivacyStore } from '../privacy/store.ts';
import { cleanText } from './clean.ts';
import type { Database } from './database.ts';
import type { Tables, Tx } from './schema.ts';
import { changeTickets, ticketFrom } from './tickets.ts';

/** Rows changed in one transaction: few enough that nobody waits noticeably for it. */
const BATCH = 200;

/** Word for word what the indexes of turns that can be erased say. */
const HAS_WORDS = sql<boolean>`(question <> '' or answer is not null)`;

const NOWHERE = { chatId: '', chatKind: 'private', threadId: null, replyTo: null } as const;

/** A ticket without what was said and without where it came from; what was answered stays, as staff's own words. */
const wordless = (ticket: Ticket): Ticket => ({
  ...ticket,
  question: '',
  additions: [],
  before: [],
  address: NOWHERE,
  contextKey: '',
  asker: '',
  turnId: null,
});

const erased = (atMs: number): TicketEvent => ({ atMs, kind: 'erased', by: '系统', userId: null, detail: null });

async function eraseTicket(tx: Tx, before: Ticket, nowMs: number): Promise<void> {
  const ends = isTicketOver(before) ? {} : { state: 'withdrawn' as const, endedAtMs: nowMs, nextStepAtMs: null };
  const ticket = { ...wordless(before), ...ends, version: before.version + 1 };
  await changeTickets(tx, [{ ticket, expects: before.version, event: erased(nowMs) }]);
  await tx.updateTable('tickets').set({ is_erased: 1 }).where('id', '=', ticket.id).execute();
  // What was added stands in the history too.
  await tx.updateTable('ticket_events').set({ detail: null }).where('ticket_id', '=', ticket.id).where('kind', '=', 'added').execute();
  await tx.deleteFrom('deliveries').where('about', '=', ticketTopic(ticket.id)).execute();
}

export const erasing = ({ kind, transact }: Database): PrivacyStore => {
  /** Again and again, until there is nothing left to do. @returns how many rows were changed */
  const inBatches = async (step: (tx: Tx) => Promise<number>): Promise<number> => {
    let total = 0;
    for (;;) {
      const changed = await transact(step);
      total += changed;
      if (changed < BATCH) return total;
    }
  };

  const eraseTurns = (which: (tx: Tx) => Promise<readonly string[]>): Promise<number> =>
    inBatches(async (tx) => {
      const ids = await which(tx);
      if (ids.length === 0) return 0;
      await tx
        .updateTable('turns')
        .set({ question: '', answer: null, context_key: '', asker: null })
        .where('id', 'in', [...ids])
        .execute();
      await tx
        .deleteFrom('feedback')
        .where('turn_id', 'in', [...ids])
        .execute();
      await tx
        .deleteFrom('interests')
        .where('turn_id', 'in', [...ids])
        .execute();
      return ids.length;
    });

  const eraseTickets = (which: (eb: ExpressionBuilder<Tables, 'tickets'>) => Expression<SqlBool>, nowMs: number): Promise<number> =>
    inBatches(async (tx) => {
      const query = tx.selectFrom('tickets').selectAll().where('is_erased', '=', 0).where(which).limit(BATCH);
      // Held, so that nobody changes them meanwhile; SQLite has one writer at a time anyway.
      const rows = await (kind === 'postgres' ? query.forUpdate() : query).execute();
      for (const row of rows) await eraseTicket(tx, ticketFrom(row), nowMs);
      return rows.length;
    });

  return {
    async eraseBefore({ turnsMs, ticketsMs }, nowMs) {
      const turns = await eraseTurns(async (tx) => {
        const rows = await tx.selectFrom('turns').select('id').where('at_ms', '<', turnsMs).where(HAS_WORDS).limit(BATCH).execute();
        return rows.map(({ id }) => id);
      });
      const tickets = await eraseTickets((eb) => eb('ended_at_ms', '<', ticketsMs), nowMs);
      return turns + tickets;
    },

    async erasePerson(given, nowMs) {
      const asker = cleanText(given);
      // What is nobody's any more.
      if (asker === '') return 0;
      const turns = await eraseTurns(async (tx) => {
        const rows = await tx.selectFrom('turns').select('id').where('asker', '=', asker).where(HAS_WORDS).limit(BATCH).execute();
        return rows.map(({ id }) => id);
      });
      const tickets = await eraseTickets((eb) => eb('asker', '=', asker), nowMs);
      const others = await transact(async (tx) => {
        const votes = await tx.deleteFrom('feedback').where('asker', '=', asker).executeTakeFirstOrThrow();
        await tx
          .deleteFrom('news_items')
          .where('reply_id', 'is', null)
          .where('subscription_id', 'in', (eb) =>
            eb.selectFrom('subscriptions').select('id').where('asker', '=', asker).where('chat_kind', '=', 'private'),
          )
          .execute();
        const news = await tx
          .deleteFrom('subscriptions')
          .where('asker', '=', asker)
          .where('chat_kind', '=', 'private')
          .executeTakeFirstOrThrow();
        // Those of groups are the group's.
        await tx.updateTable('subscriptions').set({ asker: '' }).where('asker', '=', asker).execute();
        const wishes = await tx.deleteFrom('interests').where('asker', '=', asker).executeTakeFirstOrThrow();
        return Number(votes.numDeletedRows + wishes.numDeletedRows + news.numDeletedRows);
      });
      return turns + tickets + others;
    },
  };
};

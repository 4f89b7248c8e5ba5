import type { PrivacyStore } from '../privacy/store.ts';
import { isTicketOver, type Ticket, type TicketEvent } from '../domain/ticket.ts';
import type { Database } from './database.ts';
import { cleanText } from './clean.ts';
import type { Tx } from './schema.ts';
import { changeTicket, ticketFrom } from './tickets.ts';

/** Rows changed in one transaction: few enough that nobody waits noticeably for it. */
const BATCH = 200;

const NOWHERE = { chatId: '', chatKind: 'private', threadId: null, replyTo: null } as const;

/** A ticket without what was said and without where it came from; what was answered stays, as staff's own words. */
const wordless = (ticket: Ticket): Ticket => ({
  ...ticket,
  question: '',
  additions: [],
  before: [],
  address: NOWHERE,
  contextKey: '',
  turnId: null,
});

const erased = (atMs: number): TicketEvent => ({ atMs, kind: 'erased', by: '系统', userId: null, detail: null });

async function eraseTickets(tx: Tx, rows: readonly Parameters<typeof ticketFrom>[0][], nowMs: number): Promise<void> {
  for (const row of rows) {
    const before = ticketFrom(row);
    const ends = isTicketOver(before) ? {} : { state: 'withdrawn' as const, endedAtMs: nowMs, nextStepAtMs: null };
    const ticket = { ...wordless(before), ...ends, version: before.version + 1 };
    await changeTicket(tx, { ticket, expects: before.version, event: erased(nowMs) });
    await tx.updateTable('tickets').set({ is_erased: 1 }).where('id', '=', ticket.id).execute();
    // What was added stands in the history too.
    await tx.updateTable('ticket_events').set({ detail: null }).where('ticket_id', '=', ticket.id).where('kind', '=', 'added').execute();
    await tx.deleteFrom('deliveries').where('about', '=', `ticket:${ticket.id}`).execute();
  }
}

export const erasing = ({ transact }: Database): PrivacyStore => {
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

  return {
    async eraseBefore({ turnsMs, ticketsMs }, nowMs) {
      const turns = await eraseTurns(async (tx) => {
        const rows = await tx
          .selectFrom('turns')
          .select('id')
          .where('at_ms', '<', turnsMs)
          .where((eb) => eb.or([eb('question', '<>', ''), eb('answer', 'is not', null)]))
          .limit(BATCH)
          .execute();
        return rows.map(({ id }) => id);
      });
      const tickets = await inBatches(async (tx) => {
        const rows = await tx
          .selectFrom('tickets')
          .selectAll()
          .where('is_erased', '=', 0)
          .where('ended_at_ms', '<', ticketsMs)
          .limit(BATCH)
          .execute();
        await eraseTickets(tx, rows, nowMs);
        return rows.length;
      });
      return turns + tickets;
    },

    async erasePerson(given, nowMs) {
      const asker = cleanText(given);
      const turns = await eraseTurns(async (tx) => {
        const rows = await tx.selectFrom('turns').select('id').where('asker', '=', asker).limit(BATCH).execute();
        return rows.map(({ id }) => id);
      });
      const tickets = await inBatches(async (tx) => {
        const rows = await tx
          .selectFrom('tickets')
          .selectAll()
          .where('asker', '=', asker)
          .where('is_erased', '=', 0)
          .limit(BATCH)
          .execute();
        await eraseTickets(tx, rows, nowMs);
        return rows.length;
      });
      const others = await transact(async (tx) => {
        const votes = await tx.deleteFrom('feedback').where('asker', '=', asker).executeTakeFirstOrThrow();
        const wishes = await tx.deleteFrom('interests').where('asker', '=', asker).executeTakeFirstOrThrow();
        return Number(votes.numDeletedRows + wishes.numDeletedRows);
      });
      return turns + tickets + others;
    },
  };
};

import { sql } from 'kysely';
import type { LeaseStore } from '../leadership/store.ts';
import { cleanText } from './clean.ts';
import type { Database } from './database.ts';
import type { EngineKind } from './engine.ts';

/** Milliseconds by the clock of the database, at this very moment. */
export const clock = (kind: EngineKind) =>
  kind === 'postgres'
    ? sql<number>`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`
    : sql<number>`cast(unixepoch('subsec') * 1000 as integer)`;

export const leases = ({ kind, run, transact }: Database): LeaseStore => ({
  take: (name, holder, leaseMs) =>
    transact(async (tx) => {
      const now = clock(kind);
      const until_ms = sql<number>`${now} + cast(${Math.floor(leaseMs)} as integer)`;
      const { numInsertedOrUpdatedRows } = await tx
        .insertInto('leases')
        .values({ name: cleanText(name), holder: cleanText(holder), until_ms })
        .onConflict((conflict) =>
          conflict
            .column('name')
            .doUpdateSet((eb) => ({ holder: eb.ref('excluded.holder'), until_ms: eb.ref('excluded.until_ms') }))
            .where((eb) => eb.or([eb('leases.holder', '=', eb.ref('excluded.holder')), eb('leases.until_ms', '<', now)])),
        )
        .executeTakeFirstOrThrow();
      return (numInsertedOrUpdatedRows ?? 0n) > 0n;
    }),
  giveBack: (name, holder) =>
    transact(async (tx) => {
      await tx.deleteFrom('leases').where('name', '=', cleanText(name)).where('holder', '=', cleanText(holder)).execute();
    }),
  count: (prefix) =>
    run(async (db) => {
      const { count } = await db
        .selectFrom('leases')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('until_ms', '>=', clock(kind))
        .where('name', '>=', cleanText(prefix))
        .where('name', '<', `${cleanText(prefix)}\u{10ffff}`)
        .executeTakeFirstOrThrow();
      return count;
    }),
});

import type { SnapshotShelf } from '../library/snapshot-shelf.ts';
import type { Database } from './database.ts';

/** A value of the database holds less than an index may have, and one is read and written at a time. */
const CHUNK = 16 * 1_024 * 1_024;
/** What no version of the program has asked for in this time is forgotten. */
const KEEP_MS = 30 * 86_400_000;

/** Built indexes in the database, for every process that starts. @param now epoch milliseconds */
export const indexSnapshots = ({ run, transact }: Database, now: () => number): SnapshotShelf => ({
  async read(name) {
    const { chunks, size } = await run((db) =>
      db
        .selectFrom('index_snapshots')
        .select((eb) => [eb.fn.countAll<number>().as('chunks'), eb.fn.sum<string | null>(eb.fn('length', ['packed'])).as('size')])
        .where('name', '=', name)
        .executeTakeFirstOrThrow(),
    );
    if (size === null) return null;
    const packed = new Uint8Array(Number(size));
    let at = 0;
    for (let chunk = 0; chunk < chunks; chunk++) {
      const row = await run((db) =>
        db.selectFrom('index_snapshots').select('packed').where('name', '=', name).where('chunk', '=', chunk).executeTakeFirst(),
      );
      // Another process is writing a new one: what was read of the old one is of no use.
      if (!row || at + row.packed.length > packed.length) return null;
      packed.set(row.packed, at);
      at += row.packed.length;
    }
    return packed;
  },
  write: (name, packed) =>
    transact(async (tx) => {
      await tx
        .deleteFrom('index_snapshots')
        .where((eb) => eb.or([eb('name', '=', name), eb('at_ms', '<', now() - KEEP_MS)]))
        .execute();
      for (let from = 0; from < packed.length; from += CHUNK) {
        const values = { name, chunk: from / CHUNK, packed: Buffer.from(packed.subarray(from, from + CHUNK)), at_ms: now() };
        await tx.insertInto('index_snapshots').values(values).execute();
      }
    }),
});

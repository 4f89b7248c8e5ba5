import type { AdminStore, OneTimeCode } from '../admin/store.ts';
import { cleanRow, cleanText } from './clean.ts';
import type { Database } from './database.ts';
import type { Tx } from './schema.ts';

/** Takes a code that is still good, so that nobody takes it again. @returns null when it is not good (any more) */
export async function takeCode(
  tx: Tx,
  purpose: OneTimeCode['purpose'],
  digest: string,
  nowMs: number,
): Promise<{ readonly userId: string | null } | null> {
  const taken = await tx
    .deleteFrom('one_time_codes')
    .where('digest', '=', cleanText(digest))
    .where('purpose', '=', purpose)
    .where('expires_at_ms', '>', nowMs)
    .returning('user_id')
    .executeTakeFirst();
  return taken ? { userId: taken.user_id } : null;
}

export const oneTimeCodes = ({ transact }: Database): Pick<AdminStore, 'saveCode'> => ({
  saveCode: ({ digest, purpose, userId, expiresAtMs }) =>
    transact(async (tx) => {
      const row = cleanRow({ digest, purpose, user_id: userId, expires_at_ms: expiresAtMs });
      await tx
        .insertInto('one_time_codes')
        .values(row)
        .onConflict((conflict) => conflict.column('digest').doUpdateSet({ ...row }))
        .execute();
    }),
});

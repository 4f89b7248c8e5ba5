import type { AdminStore } from '../admin/store.ts';
import { addAudit } from './audit-log.ts';
import { cleanRow, cleanText } from './clean.ts';
import type { Database } from './database.ts';

export const settings = ({ run, transact }: Database): Pick<AdminStore, 'setting' | 'saveSetting'> => ({
  setting: (key) =>
    run(async (db) => {
      const row = await db.selectFrom('settings').select('value').where('key', '=', cleanText(key)).executeTakeFirst();
      return row ? row.value : null;
    }),
  saveSetting: (key, value, audit) =>
    transact(async (tx) => {
      const row = cleanRow({ key, value });
      await tx
        .insertInto('settings')
        .values(row)
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: row.value }))
        .execute();
      await addAudit(tx, audit);
    }),
});

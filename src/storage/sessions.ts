import type { AdminStore, Session } from '../admin/store.ts';
import { addAudit } from './audit-log.ts';
import { cleanRow, cleanText } from './clean.ts';
import type { Database } from './database.ts';
import type { Db, Tx } from './schema.ts';
import type { SessionRow } from './schema-console.ts';

const rowOf = (session: Session): SessionRow =>
  cleanRow({
    digest: session.digest,
    user_id: session.userId,
    csrf_token: session.csrfToken,
    created_at_ms: session.createdAtMs,
    seen_at_ms: session.seenAtMs,
    visitor_from: session.from,
    agent: session.agent,
  });

async function findSession(db: Db, digest: string): Promise<Session | null> {
  const row = await db.selectFrom('sessions').selectAll().where('digest', '=', cleanText(digest)).executeTakeFirst();
  if (!row) return null;
  return {
    digest: row.digest,
    userId: row.user_id,
    csrfToken: row.csrf_token,
    createdAtMs: row.created_at_ms,
    seenAtMs: row.seen_at_ms,
    from: row.visitor_from,
    agent: row.agent,
  };
}

/** A session that was seen since it began is there or has ended: writing when it was seen does not bring it back. */
async function writeSession(tx: Tx, session: Session): Promise<boolean> {
  const { digest, ...row } = rowOf(session);
  const { numUpdatedRows } = await tx.updateTable('sessions').set(row).where('digest', '=', digest).executeTakeFirstOrThrow();
  if (numUpdatedRows > 0n) return true;
  if (session.seenAtMs > session.createdAtMs) return false;
  await tx
    .insertInto('sessions')
    .values({ digest, ...row })
    .execute();
  return true;
}

export const sessions = ({ run, transact }: Database): Pick<AdminStore, 'session' | 'saveSession' | 'endSessions'> => ({
  session: (digest) => run((db) => findSession(db, digest)),
  saveSession: (session, audit) =>
    transact(async (tx) => {
      if (await writeSession(tx, session)) await addAudit(tx, audit);
    }),
  endSessions: (which, audit) =>
    transact(async (tx) => {
      if ('digest' in which) {
        await tx.deleteFrom('sessions').where('digest', '=', cleanText(which.digest)).execute();
      } else {
        const ofUser = tx.deleteFrom('sessions').where('user_id', '=', cleanText(which.userId));
        await (which.except === null ? ofUser : ofUser.where('digest', '!=', cleanText(which.except))).execute();
      }
      await addAudit(tx, audit);
    }),
});

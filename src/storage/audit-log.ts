import type { AdminStore, AuditFilter } from '../admin/store.ts';
import type { Actor, AuditAction, AuditEntry } from '../domain/audit.ts';
import { inBatches } from './batches.ts';
import { cleanRow, cleanText, fromJson, toJson } from './clean.ts';
import type { Database } from './database.ts';
import type { Db, Tx } from './schema.ts';

type NewAudit = Omit<AuditEntry, 'seq'>;

/** Writes lines of the audit log, numbered in the order given. */
export async function addAudits(tx: Tx, entries: readonly NewAudit[]): Promise<void> {
  const rows = entries.map(({ atMs, actor, action, target, detail }) =>
    cleanRow({
      at_ms: atMs,
      actor_kind: actor.kind,
      user_id: actor.userId,
      actor_name: actor.name,
      actor_from: actor.from,
      action,
      target,
      detail: toJson(detail),
    }),
  );
  await inBatches(rows, (batch) => tx.insertInto('audit_log').values(batch).execute());
}

/** For changes that may go without a line. */
export async function addAudit(tx: Tx, entry: NewAudit | null): Promise<void> {
  if (entry !== null) await addAudits(tx, [entry]);
}

async function auditEntries(db: Db, { userId, action, target, before, limit }: AuditFilter): Promise<AuditEntry[]> {
  let query = db.selectFrom('audit_log').selectAll().orderBy('seq', 'desc').limit(limit);
  if (userId !== undefined) query = query.where('user_id', '=', cleanText(userId));
  if (action !== undefined) query = query.where('action', '=', cleanText(action));
  if (target !== undefined) query = query.where('target', '=', cleanText(target));
  if (before !== undefined) query = query.where('seq', '<', before);
  return (await query.execute()).map((row) => ({
    seq: row.seq,
    atMs: row.at_ms,
    actor: { kind: row.actor_kind as Actor['kind'], userId: row.user_id, name: row.actor_name, from: row.actor_from },
    action: row.action as AuditAction,
    target: row.target,
    detail: fromJson(row.detail) as AuditEntry['detail'],
  }));
}

export const auditLog = ({ run, transact }: Database): Pick<AdminStore, 'audit' | 'addAudit'> => ({
  audit: (filter) => run((db) => auditEntries(db, filter)),
  addAudit: (entry) => transact((tx) => addAudit(tx, entry)),
});

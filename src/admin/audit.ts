import type { Actor, AuditAction, AuditEntry } from '../domain/audit.ts';

/** A line of the audit log, not numbered yet. */
export type NewAudit = Omit<AuditEntry, 'seq'>;

/** @example auditOf(actor, now(), 'token.revoked', `token:${token.id}`, { name: token.name }) */
export const auditOf = (
  { kind, userId, name, from }: Actor,
  atMs: number,
  action: AuditAction,
  target: string | null,
  detail: AuditEntry['detail'] = {},
): NewAudit => ({ atMs, actor: { kind, userId, name, from }, action, target, detail });

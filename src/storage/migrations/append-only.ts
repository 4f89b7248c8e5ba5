import { type Kysely, sql } from 'kysely';
import type { EngineKind } from '../engine.ts';

/** Has the database itself refuse to change or delete lines of `audit_log`, whoever asks. */
export async function makeAuditLogAppendOnly(db: Kysely<unknown>, kind: EngineKind): Promise<void> {
  if (kind === 'postgres') {
    await sql`
      create function refuse_audit_log_change() returns trigger language plpgsql as $$
      begin
        raise exception 'audit_log is append-only';
      end
      $$`.execute(db);
    await sql`
      create trigger audit_log_append_only before update or delete or truncate on audit_log
      for each statement execute function refuse_audit_log_change()`.execute(db);
    return;
  }
  const refuse = sql`select raise(abort, 'audit_log is append-only')`;
  await sql`create trigger audit_log_no_update before update on audit_log begin ${refuse}; end`.execute(db);
  await sql`create trigger audit_log_no_delete before delete on audit_log begin ${refuse}; end`.execute(db);
  // `insert or replace` deletes without asking the trigger above.
  await sql`
    create trigger audit_log_no_replace before insert on audit_log
    when exists (select 1 from audit_log where seq = new.seq) begin ${refuse}; end`.execute(db);
}

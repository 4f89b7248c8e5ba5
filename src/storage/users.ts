import { sql } from 'kysely';
import type { AdminStore, User } from '../admin/store.ts';
import type { Role } from '../domain/role.ts';
import { addAudit } from './audit-log.ts';
import { cleanRow, cleanText } from './clean.ts';
import type { Database } from './database.ts';
import type { EngineKind } from './engine.ts';
import { takeCode } from './one-time-codes.ts';
import type { Db, Tx } from './schema.ts';
import type { UserRow } from './schema-console.ts';

const rowOf = (user: User): UserRow =>
  cleanRow({
    id: user.id,
    name: user.name,
    display_name: user.displayName,
    role: user.role,
    password_hash: user.passwordHash,
    totp_secret: user.totpSecret,
    pending_totp: user.pendingTotp,
    totp_used: user.totpUsed,
    must_change_password: Number(user.mustChangePassword),
    created_at_ms: user.createdAtMs,
    disabled_at_ms: user.disabledAtMs,
  });

const userOf = (row: UserRow): User => ({
  id: row.id,
  name: row.name,
  displayName: row.display_name,
  role: row.role as Role,
  passwordHash: row.password_hash,
  totpSecret: row.totp_secret,
  pendingTotp: row.pending_totp,
  totpUsed: row.totp_used,
  mustChangePassword: row.must_change_password === 1,
  createdAtMs: row.created_at_ms,
  disabledAtMs: row.disabled_at_ms,
});

export async function findUser(db: Db, column: 'id' | 'name', value: string): Promise<User | null> {
  const row = await db.selectFrom('users').selectAll().where(column, '=', cleanText(value)).executeTakeFirst();
  return row ? userOf(row) : null;
}

/** Those who have been there longest first. */
async function listUsers(db: Db): Promise<User[]> {
  return (await db.selectFrom('users').selectAll().orderBy('created_at_ms').orderBy('id').execute()).map(userOf);
}

/** Has other writers of users wait until this transaction ends. SQLite has one writer at a time anyway. */
async function lockUsers(tx: Tx, kind: EngineKind): Promise<void> {
  if (kind === 'postgres') await sql`lock table users in share row exclusive mode`.execute(tx);
}

const CHANGEABLE = [
  ...(['name', 'display_name', 'role', 'password_hash', 'totp_secret', 'pending_totp', 'totp_used'] as const),
  ...(['must_change_password', 'disabled_at_ms'] as const),
];

async function writeUser(tx: Tx, user: User): Promise<'saved' | 'taken'> {
  const row = rowOf(user);
  const namesake = await tx.selectFrom('users').select('id').where('name', '=', row.name).where('id', '!=', row.id).executeTakeFirst();
  if (namesake) return 'taken';
  await tx
    .insertInto('users')
    .values(row)
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((eb) => Object.fromEntries(CHANGEABLE.map((column) => [column, eb.ref(`excluded.${column}`)]))),
    )
    .execute();
  return 'saved';
}

export const users = ({ kind, run, transact }: Database): Pick<AdminStore, 'user' | 'userNamed' | 'users' | 'saveUser' | 'setUp'> => ({
  user: (id) => run((db) => findUser(db, 'id', id)),
  userNamed: (name) => run((db) => findUser(db, 'name', name)),
  users: () => run(listUsers),
  saveUser: (user, audit) =>
    transact(async (tx) => {
      await lockUsers(tx, kind);
      const outcome = await writeUser(tx, user);
      if (outcome === 'saved') await addAudit(tx, audit);
      return outcome;
    }),
  setUp: (user, codeDigest, nowMs, audit) =>
    transact(async (tx) => {
      await lockUsers(tx, kind);
      if (await tx.selectFrom('users').select('id').limit(1).executeTakeFirst()) return false;
      if (!(await takeCode(tx, 'set-up', codeDigest, nowMs))) return false;
      await writeUser(tx, user);
      await addAudit(tx, audit);
      return true;
    }),
});

import { sql } from 'kysely';
import type { AdminStore, ApiToken } from '../admin/store.ts';
import type { Role } from '../domain/role.ts';
import { addAudit } from './audit-log.ts';
import { cleanRow, cleanText } from './clean.ts';
import type { Database } from './database.ts';
import type { Tx } from './schema.ts';
import type { ApiTokenRow } from './schema-console.ts';

const tokenOf = (row: ApiTokenRow): ApiToken => ({
  id: row.id,
  userId: row.user_id,
  name: row.name,
  digest: row.digest,
  role: row.role as Role,
  createdAtMs: row.created_at_ms,
  expiresAtMs: row.expires_at_ms,
  usedAtMs: row.used_at_ms,
  revokedAtMs: row.revoked_at_ms,
});

async function writeToken(tx: Tx, token: ApiToken): Promise<void> {
  const row: ApiTokenRow = cleanRow({
    id: token.id,
    user_id: token.userId,
    name: token.name,
    digest: token.digest,
    role: token.role,
    created_at_ms: token.createdAtMs,
    expires_at_ms: token.expiresAtMs,
    used_at_ms: token.usedAtMs,
    revoked_at_ms: token.revokedAtMs,
  });
  const { id: _id, revoked_at_ms: _revoked, ...changeable } = row;
  await tx
    .insertInto('api_tokens')
    .values(row)
    .onConflict((conflict) =>
      // Once revoked it stays so, whoever writes down meanwhile that it was used.
      conflict
        .column('id')
        .doUpdateSet({ ...changeable, revoked_at_ms: sql<number | null>`coalesce(api_tokens.revoked_at_ms, excluded.revoked_at_ms)` }),
    )
    .execute();
}

export const apiTokens = ({ run, transact }: Database): Pick<AdminStore, 'token' | 'tokens' | 'saveToken'> => ({
  token: (digest) =>
    run(async (db) => {
      const row = await db.selectFrom('api_tokens').selectAll().where('digest', '=', cleanText(digest)).executeTakeFirst();
      return row ? tokenOf(row) : null;
    }),
  tokens: () =>
    run(async (db) => (await db.selectFrom('api_tokens').selectAll().orderBy('created_at_ms').orderBy('id').execute()).map(tokenOf)),
  saveToken: (token, audit) =>
    transact(async (tx) => {
      await writeToken(tx, token);
      await addAudit(tx, audit);
    }),
});

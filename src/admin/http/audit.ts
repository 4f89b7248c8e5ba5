import { z } from 'zod';
import type { AuditAction, AuditEntry } from '../../domain/audit.ts';
import { mayActAs, type Role } from '../../domain/role.ts';
import { csvText } from '../../knowledge/import/index.ts';
import { auditOf } from '../audit.ts';
import type { AdminStore, AuditFilter } from '../store.ts';
import { route } from './route.ts';
import { audit, type View } from './schemas.ts';

const CHUNK = 200;
const MOST_ROWS = 100_000;

const filter = z.object({
  user: z.string().max(64).optional(),
  action: z.string().max(64).optional(),
  target: z.string().max(200).optional(),
  before: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(CHUNK).default(50),
});

/** What is about the library, which its reviewers may know; who signed in from where is for admins. */
const isAboutLibrary = ({ action }: AuditEntry): boolean => /^(text|import|evaluation|export)\./.test(action);
export const mayRead = (role: Role, entry: AuditEntry): boolean => mayActAs(role, 'admin') || isAboutLibrary(entry);

export const auditRoutes = [
  route(
    'reviewer',
    'get',
    '/audit',
    {
      summary: 'Who did what, when and from where, the latest first. Reviewers see what is about the library, admins all.',
      query: filter,
      answer: audit,
    },
    async ({ who, query }, { store }) => {
      const found: AuditEntry[] = [];
      for await (const entry of entriesOf(store, query)) {
        if (mayRead(who.role, entry)) found.push(entry);
        if (found.length > query.limit) break;
      }
      const items = found.slice(0, query.limit);
      return { items: items.map(viewOf), next: found.length > query.limit ? items.at(-1)!.seq : null };
    },
  ),
  route(
    'admin',
    'get',
    '/audit.csv',
    { summary: 'The audit log as a table; the same filters.', query: filter.omit({ limit: true }), answer: 'text/csv' },
    async ({ who, query }, { store, now }) => {
      const rows: string[][] = [['序号', '时间（UTC）', '身份', '操作人', '来源', '操作', '对象', '详情']];
      for await (const entry of entriesOf(store, query)) {
        rows.push(rowOf(entry));
        if (rows.length > MOST_ROWS) break;
      }
      await store.addAudit(auditOf(who.actor, now(), 'export.made', 'audit.csv', { rows: rows.length - 1 }));
      return { name: 'wence-audit.csv', bytes: csvText(rows) };
    },
  ),
];

export const viewOf = ({ seq, atMs, actor, action, target, detail }: AuditEntry): View<typeof audit>['items'][number] => ({
  seq,
  atMs,
  actor: { kind: actor.kind, userId: actor.userId, name: actor.name, from: actor.from },
  action,
  target,
  detail: { ...detail },
});

const rowOf = ({ seq, atMs, actor, action, target, detail }: AuditEntry): string[] => [
  String(seq),
  new Date(atMs).toISOString(),
  actor.kind,
  actor.name,
  actor.from ?? '',
  action,
  target ?? '',
  JSON.stringify(detail),
];

/** The latest first, read piece by piece. */
export async function* entriesOf(
  store: AdminStore,
  { user, action, target, before }: Omit<z.output<typeof filter>, 'limit'>,
): AsyncGenerator<AuditEntry> {
  const asked: AuditFilter = {
    ...(user === undefined ? {} : { userId: user }),
    // An action that does not exist finds nothing.
    ...(action === undefined ? {} : { action: action as AuditAction }),
    ...(target === undefined ? {} : { target }),
    limit: CHUNK,
  };
  let last = before;
  for (;;) {
    const chunk = await store.audit(last === undefined ? asked : { ...asked, before: last });
    yield* chunk;
    if (chunk.length < CHUNK) return;
    last = chunk.at(-1)!.seq;
  }
}

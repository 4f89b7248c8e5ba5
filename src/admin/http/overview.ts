import { addDays } from '../../domain/day.ts';
import type { LibraryRecord } from '../../domain/record.ts';
import { mayActAs, type Role } from '../../domain/role.ts';
import { validityAmong } from '../catalogue.ts';
import type { AdminStore } from '../store.ts';
import { entriesOf, viewOf } from './audit.ts';
import { itemOf } from './evaluations.ts';
import { namesOf } from './names.ts';
import { route } from './route.ts';
import { overview, type View } from './schemas.ts';

const EXPIRING_DAYS = 30;
const VERIFIED_DAYS = 183;
const RECENT = 10;
/** Lists on the first page are to be looked through, not to be complete. */
const LISTED = 100;
/** Where what is about texts has become rare among other entries, the first page does not dig for it. */
const LOOKED_THROUGH = 600;

function countBy(keys: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}

export const overviewRoutes = [
  route('viewer', 'get', '/overview', { summary: 'The state of the house on one page.', answer: overview }, async ({ who }, house) => {
    const { library, texts, store } = house;
    const [open, queue, runs, nameOf, recent] = await Promise.all([
      texts.revisionsIn(['draft', 'in-review', 'scheduled']),
      house.queue(),
      store.evaluations(1),
      namesOf(store),
      recentOf(store, who.role),
    ]);
    const records = library.records();
    const validityOf = validityAmong(records, library.today());
    const states = countBy(open.map(({ state }) => state));
    return {
      library: {
        version: library.version(),
        documents: records.length,
        sections: library.sections(),
        byKind: countBy(records.map(({ kind }) => kind)),
        byValidity: countBy(records.map((record) => validityOf(record).status)),
      },
      review: { drafts: states['draft'] ?? 0, inReview: states['in-review'] ?? 0, scheduled: states['scheduled'] ?? 0 },
      ...attention(records, library.today()),
      channels: [...house.channels()],
      queue: { ...queue },
      lastEvaluation: runs[0] === undefined ? null : itemOf(runs[0], nameOf),
      recent,
    };
  }),
];

/** What somebody should look at: documents whose last day is near, and those nobody has verified for long; the most pressing first. */
function attention(records: readonly LibraryRecord[], today: string): Pick<View<typeof overview>, 'expiringSoon' | 'stale'> {
  const [soon, longAgo] = [addDays(today, EXPIRING_DAYS), addDays(today, -VERIFIED_DAYS)];
  const expiringSoon = records.flatMap(({ id, title, expiresOn }) =>
    expiresOn !== null && expiresOn >= today && expiresOn <= soon ? [{ id, title, expiresOn }] : [],
  );
  const stale = records
    .filter(({ verifiedOn, expiresOn }) => (verifiedOn === null || verifiedOn < longAgo) && (expiresOn === null || expiresOn >= today))
    .map(({ id, title, verifiedOn }) => ({ id, title, verifiedOn }));
  return {
    expiringSoon: expiringSoon.sort((a, b) => a.expiresOn.localeCompare(b.expiresOn)).slice(0, LISTED),
    stale: stale.sort((a, b) => (a.verifiedOn ?? '').localeCompare(b.verifiedOn ?? '')).slice(0, LISTED),
  };
}

/** What happened to the library lately; from where, only for those who may read the audit log. */
async function recentOf(store: AdminStore, role: Role): Promise<View<typeof overview>['recent']> {
  const found: View<typeof overview>['recent'] = [];
  let seen = 0;
  for await (const entry of entriesOf(store, {})) {
    if (/^(text|import|evaluation)\./.test(entry.action)) {
      const view = viewOf(entry);
      found.push(mayActAs(role, 'reviewer') ? view : { ...view, actor: { ...view.actor, from: null } });
    }
    if (found.length === RECENT || ++seen >= LOOKED_THROUGH) break;
  }
  return found;
}

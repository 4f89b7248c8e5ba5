import type { EditorialStore } from '../../../src/knowledge/editorial/store.ts';
import { createEditorial } from '../../../src/knowledge/editorial/create-editorial.ts';
import type { Editor, Editorial } from '../../../src/knowledge/editorial/editorial.ts';
import type { Impact, Revision } from '../../../src/knowledge/editorial/revision.ts';
import type { Role } from '../../../src/domain/role.ts';
import { onTestFinished } from 'vitest';
import { openStore } from '../../../src/storage/open-store.ts';

/** A record as a person would write it. */
export const policy = (id: string, { title = `办法${id}`, text = '每家补贴5万元。' } = {}): string =>
  `---\nid: ${id}\nkind: policy\ntitle: ${title}\ncategory: industry\n---\n## 1. 补贴\n\n${text}\n`;

export const person = (userId: string, role: Role): Editor => ({ kind: 'person', userId, name: userId, from: '127.0.0.1', role });
export const WRITER = person('u_writer', 'editor');
export const OTHER_WRITER = person('u_other', 'editor');
export const REVIEWER = person('u_reviewer', 'reviewer');
export const VIEWER = person('u_viewer', 'viewer');

export const SEEN = (version: number, note = '') => ({ version, note });

export const impactOf = ({ digest }: Pick<Revision, 'digest'>): Impact => ({
  digest,
  asked: 1,
  rightBefore: 1,
  rightAfter: 1,
  changed: [],
  atMs: 1,
});

/** An editorial office over a database of its own, with a clock to set. */
export interface House {
  readonly editorial: Editorial;
  readonly store: EditorialStore;
  readonly clock: { nowMs: number };
  readonly rules: { isSingleAdmin: boolean };
  /** Everything the audit log holds, the oldest first. */
  readonly audited: () => Promise<readonly { readonly action: string; readonly target: string | null; readonly by: string }[]>;
  /** A text, drafted, submitted, weighed and published. @returns the version of the text after it */
  readonly publish: (id: string, source?: string) => Promise<number>;
}

export async function openHouse(): Promise<House> {
  const clock = { nowMs: 1_000_000 };
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const database = await openStore({ kind: 'sqlite', file: ':memory:' }, { log, now: () => clock.nowMs, newId: () => crypto.randomUUID() });
  onTestFinished(() => database.close());
  const store = database.editorial;
  const rules = { isSingleAdmin: false };
  const editorial = createEditorial({ store, isSingleAdmin: async () => rules.isSingleAdmin, now: () => clock.nowMs });
  return {
    editorial,
    store,
    clock,
    rules,
    audited: async () =>
      (await database.admin.audit({ limit: 1_000 })).toReversed().map(({ action, target, actor }) => ({ action, target, by: actor.name })),
    async publish(id, source = policy(id)) {
      const text = await store.text(id);
      const drafted = text
        ? await editorial.draft(WRITER, id, { ...SEEN(text.version), source, base: text.published, origin: 'console' })
        : await editorial.create(WRITER, { source, note: '', origin: 'console' });
      const { number } = drafted.revision;
      const sent = await editorial.submit(WRITER, id, number, SEEN(drafted.text.version));
      await editorial.keepImpact(id, number, impactOf(sent.revision));
      const done = await editorial.approve(REVIEWER, id, number, { ...SEEN(sent.text.version), publishAtMs: null });
      return done.text.version;
    },
  };
}

/** The code of the fault a step ends with; null when it does not. */
export const faultOf = (step: Promise<unknown>): Promise<string | null> =>
  step.then(
    () => null,
    (error: unknown) => (error as { code?: string }).code ?? String(error),
  );

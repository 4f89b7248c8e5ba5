import type { User } from '../../src/admin/store.ts';
import type { AuditEntry } from '../../src/domain/audit.ts';
import type { Impact, LibraryText, Revision } from '../../src/knowledge/editorial/revision.ts';
import type { EditorialChange } from '../../src/knowledge/editorial/store.ts';
import { T0 } from './messages.ts';

type NewAudit = Omit<AuditEntry, 'seq'>;

export const audit = (part: Partial<NewAudit> = {}): NewAudit => ({
  atMs: T0,
  actor: { kind: 'person', userId: 'u1', name: '张三', from: '192.0.2.7' },
  action: 'text.edited',
  target: 'text:2024-plan',
  detail: { revision: 1, note: '改了“第三条”' },
  ...part,
});

export const text = (part: Partial<LibraryText> = {}): LibraryText => ({
  id: '2024-plan',
  kind: 'policy',
  title: '2024年总体工作思路',
  createdAtMs: T0,
  published: null,
  latest: 1,
  fileDigest: null,
  version: 1,
  ...part,
});

export const revision = (part: Partial<Revision> = {}): Revision => ({
  textId: '2024-plan',
  number: 1,
  state: 'draft',
  source: '---\nid: 2024-plan\n---\n# 2024年总体工作思路\n',
  digest: 'digest-1',
  base: null,
  origin: 'console',
  note: '第一稿',
  authorId: 'u1',
  createdAtMs: T0,
  editedAtMs: T0,
  submittedAtMs: null,
  reviewerId: null,
  reviewedAtMs: null,
  reviewNote: null,
  publishAtMs: null,
  publishedAtMs: null,
  supersededAtMs: null,
  impact: null,
  ...part,
});

export const impact: Impact = {
  digest: 'digest-1',
  asked: 120,
  rightBefore: 0.95,
  rightAfter: null,
  changed: [
    {
      id: 'q1',
      question: '补贴多少',
      before: { outcome: 'answered', source: '总体工作思路 · 第6节', quote: '每月 800 元' },
      after: { outcome: 'refused', source: null, quote: null },
      wasRight: true,
      isRight: null,
    },
  ],
  atMs: T0,
};

/** A new text with its first revision, as a draft. */
export const created = (id: string, part: Partial<EditorialChange> = {}): EditorialChange => ({
  text: text({ id }),
  expectedVersion: null,
  revisions: [revision({ textId: id })],
  isPublication: false,
  audit: audit({ action: 'text.created', target: `text:${id}` }),
  ...part,
});

/** The publication of a text's next revision, in the place of the one before; `number` 1 of a new text. */
export function publication(id: string, number: number, version = number): EditorialChange {
  const before = revision({
    textId: id,
    number: number - 1,
    state: 'superseded',
    publishedAtMs: T0 + number - 1,
    supersededAtMs: T0 + number,
  });
  const next = revision({
    textId: id,
    number,
    state: 'published',
    source: `第 ${number} 版`,
    digest: `digest-${number}`,
    publishedAtMs: T0 + number,
  });
  return {
    text: text({ id, published: number, latest: number, version }),
    expectedVersion: number === 1 ? null : version - 1,
    // The published one first: the order is the store's to find.
    revisions: number === 1 ? [next] : [next, before],
    isPublication: true,
    audit: audit({ action: 'text.published', target: `text:${id}`, detail: { revision: number } }),
  };
}

export const user = (id: string, part: Partial<User> = {}): User => ({
  id,
  name: `name-${id}`,
  displayName: '王芳',
  role: 'editor',
  passwordHash: 'scrypt$16384$8$1$c2FsdA$aGFzaA',
  totpSecret: 'JBSWY3DPEHPK3PXP',
  pendingTotp: null,
  totpUsed: 58_000_000,
  mustChangePassword: false,
  createdAtMs: T0,
  disabledAtMs: null,
  ...part,
});

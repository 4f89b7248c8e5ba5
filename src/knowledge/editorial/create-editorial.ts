import { type Actor, THE_HOUSE } from '../../domain/audit.ts';
import { mayActAs } from '../../domain/role.ts';
import { changeOf } from './change.ts';
import type { Editor, Editorial, Seen, Written } from './editorial.ts';
import { faults } from './faults.ts';
import { approvalFault, permissionsOf, requireRole, requireState } from './permissions.ts';
import { readSource, type ReadSource } from './read-source.ts';
import { isLanguageId, type Impact, type LibraryText, type Revision } from './revision.ts';
import * as steps from './steps.ts';
import type { EditorialStore } from './store.ts';

export interface EditorialOptions {
  readonly store: EditorialStore;
  /** Whether writers may approve their own drafts. */
  readonly isSingleAdmin: () => Promise<boolean>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** The library's editing: reads what there is, works out the step, writes it in one transaction. See `Editorial` for what each step promises. */
export function createEditorial({ store, isSingleAdmin, now }: EditorialOptions): Editorial {
  const textSeen = async (textId: string, version: number): Promise<LibraryText> => {
    const text = await store.text(textId);
    if (!text) throw faults.noText(textId);
    if (text.version !== version) throw faults.stale();
    return text;
  };
  const revisionOf = async (textId: string, number: number): Promise<Revision> => {
    const revision = await store.revision(textId, number);
    if (!revision) throw faults.noRevision(textId, number);
    return revision;
  };
  const publishedOf = async ({ id, published }: LibraryText): Promise<Revision | null> =>
    published === null ? null : revisionOf(id, published);
  const seen = async (textId: string, number: number, { version }: Seen) => ({
    text: await textSeen(textId, version),
    revision: await revisionOf(textId, number),
  });

  const commit = async (
    actor: Actor,
    made: readonly { readonly step: steps.Step; readonly before: number | null }[],
  ): Promise<Written[]> => {
    const atMs = now();
    const outcome = await store.commit(made.map(({ step, before }) => changeOf(step, before, actor, atMs)));
    if (outcome === 'stale') throw faults.stale();
    return made.map(({ step: { text, revision } }) => ({ text, revision }));
  };
  const write = async (actor: Actor, step: steps.Step, before: number | null): Promise<Written> =>
    (await commit(actor, [{ step, before }]))[0]!;

  /** A draft of a text there is, or of a new one. */
  const draftStep = (
    editor: Editor,
    text: LibraryText | null,
    read: ReadSource,
    by: Pick<steps.Authorship, 'origin' | 'base' | 'note'>,
  ): steps.Step => {
    if (text && text.kind !== read.kind) throw faults.invalid('已有内容的类型不能更改；请另建一份新的。');
    return steps.drafted(text ?? steps.newText(read.id, read, now()), read, { ...by, authorId: editor.userId }, now());
  };
  const review = (editor: Editor, { note }: Seen): steps.Review => ({ reviewerId: editor.userId, note, atMs: now() });

  const editorial: Editorial = {
    async create(editor, { source, note, origin }) {
      requireRole(editor, 'editor');
      const read = readSource(source, null);
      if (await store.text(read.id)) {
        throw faults.notPossible(`编号“${read.id}”已被使用。`, '请换一个编号，或在已有内容上起草新版本。');
      }
      return write(editor, draftStep(editor, null, read, { origin, base: null, note }), null);
    },

    async createAll(editor, made, { submit }) {
      requireRole(editor, 'editor');
      const all: { step: steps.Step; before: number | null }[] = [];
      for (const { textId, source, note, origin } of made) {
        if (all.some(({ step }) => step.text.id === textId)) throw faults.invalid(`编号“${textId}”在这一批中出现了两次。`);
        const text = await store.text(textId);
        const step = draftStep(editor, text, readSource(source, textId), { origin, base: text?.published ?? null, note });
        const sent = submit ? steps.submitted({ ...step.text, version: text?.version ?? 0 }, step.revision, '', now()) : null;
        // Written down as what it is for the history: a text that came, already in review.
        all.push({
          step: sent ? { ...step, text: sent.text, revision: sent.revision, detail: { ...step.detail, isSubmitted: true } } : step,
          before: text?.version ?? null,
        });
      }
      return commit(editor, all);
    },

    async draft(editor, textId, { version, note, source, base, origin }) {
      requireRole(editor, 'editor');
      const known = await store.text(textId);
      if (!known && !isLanguageId(textId)) throw faults.noText(textId);
      if ((known?.version ?? 0) !== version) throw faults.stale();
      if (base !== null) await revisionOf(textId, base);
      return write(editor, draftStep(editor, known, readSource(source, textId), { origin, base, note }), known ? version : null);
    },

    async edit(editor, textId, number, change) {
      requireRole(editor, 'editor');
      const { text, revision } = await seen(textId, number, change);
      requireState(revision, ['draft']);
      const read = readSource(change.source, textId);
      if (read.kind !== text.kind) throw faults.invalid('已有内容的类型不能更改；请另建一份新的。');
      return write(editor, steps.edited(text, revision, read, editor.userId, change.note, now()), text.version);
    },

    async submit(editor, textId, number, step) {
      requireRole(editor, 'editor');
      const { text, revision } = await seen(textId, number, step);
      requireState(revision, ['draft']);
      return write(editor, steps.submitted(text, revision, step.note, now()), text.version);
    },

    async sendBack(editor, textId, number, step) {
      requireRole(editor, 'editor');
      const { text, revision } = await seen(textId, number, step);
      const isAuthor = revision.authorId !== null && revision.authorId === editor.userId;
      if (!isAuthor && !mayActAs(editor.role, 'reviewer')) throw faults.forbidden('只有作者本人或审核人可以把它改回草稿。');
      requireState(revision, ['in-review', 'scheduled']);
      return write(editor, steps.sentBack(text, revision, review(editor, step)), text.version);
    },

    async reject(editor, textId, number, step) {
      requireRole(editor, 'reviewer');
      const { text, revision } = await seen(textId, number, step);
      requireState(revision, ['in-review']);
      return write(editor, steps.rejected(text, revision, review(editor, step)), text.version);
    },

    async discard(editor, textId, number, step) {
      requireRole(editor, 'editor');
      const { text, revision } = await seen(textId, number, step);
      requireState(revision, ['draft']);
      return write(editor, steps.discarded(text, revision, step.note), text.version);
    },

    async approve(editor, textId, number, { publishAtMs, ...step }) {
      requireRole(editor, 'reviewer');
      const { text, revision } = await seen(textId, number, step);
      const fault = approvalFault({ editor, isSingleAdmin: await isSingleAdmin() }, text.kind, revision);
      if (fault) throw fault;
      const said = review(editor, step);
      if (publishAtMs !== null && publishAtMs > said.atMs)
        return write(editor, steps.scheduled(text, revision, said, publishAtMs), text.version);
      const read = readSource(revision.source, textId);
      return write(editor, steps.published(text, steps.approved(revision, said), read, await publishedOf(text), said.atMs), text.version);
    },

    async rollBack(editor, textId, step) {
      requireRole(editor, 'reviewer');
      const { text, revision: earlier } = await seen(textId, step.revision, step);
      requireState(earlier, ['superseded']);
      const read = readSource(earlier.source, textId);
      return write(editor, steps.rolledBack(text, earlier, read, await publishedOf(text), review(editor, step)), text.version);
    },

    async withdraw(editor, textId, step) {
      requireRole(editor, 'reviewer');
      const text = await textSeen(textId, step.version);
      const current = await publishedOf(text);
      if (!current) throw faults.notPossible('这份内容现在没有已发布的版本。', '请刷新页面，按现在的状态继续。');
      return write(editor, steps.withdrawn(text, current, step.note, now()), text.version);
    },

    async keepImpact(textId, number, impact) {
      // Again when somebody wrote in between: what was worked out stays true as long as the text is the same.
      for (let tries = 0; tries < KEEP_TRIES; tries++) {
        const text = await store.text(textId);
        const revision = await store.revision(textId, number);
        if (!text || revision?.digest !== impact.digest) return;
        const change = changeOf(impactKept(text, revision, impact), text.version, THE_HOUSE, now());
        if ((await store.commit([change])) === 'saved') return;
      }
      throw faults.stale();
    },

    async publishDue(nowMs) {
      const due = (await store.revisionsIn(['scheduled']))
        .filter(({ publishAtMs }) => publishAtMs !== null && publishAtMs <= nowMs)
        .sort((a, b) => a.publishAtMs! - b.publishAtMs!);
      let count = 0;
      const failures: unknown[] = [];
      for (const { textId, number } of due) {
        try {
          count += await publishOne(textId, number, nowMs);
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) throw failures[0];
      return count;
    },

    async may(editor, text, revision) {
      return permissionsOf({ editor, isSingleAdmin: await isSingleAdmin() }, text, revision);
    },
  };

  /** @returns 0 when another process was first, or it is no longer due */
  const publishOne = async (textId: string, number: number, nowMs: number): Promise<0 | 1> => {
    const text = await store.text(textId);
    const revision = await store.revision(textId, number);
    if (!text || revision?.state !== 'scheduled' || revision.publishAtMs === null || revision.publishAtMs > nowMs) return 0;
    const step = steps.published(text, revision, readSource(revision.source, textId), await publishedOf(text), nowMs, {
      detail: { publishAtMs: revision.publishAtMs },
    });
    return (await store.commit([changeOf(step, text.version, THE_HOUSE, now())])) === 'saved' ? 1 : 0;
  };

  return editorial;
}

const KEEP_TRIES = 5;

const impactKept = (text: LibraryText, revision: Revision, impact: Impact): steps.Step => ({
  text,
  revision: { ...revision, impact },
  others: [],
  action: 'evaluation.run',
  detail: { revision: revision.number, asked: impact.asked, changed: impact.changed.length },
  isPublication: false,
});

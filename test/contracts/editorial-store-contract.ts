import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LibraryText, Revision } from '../../src/knowledge/editorial/revision.ts';
import type { EditorialChange, EditorialStore } from '../../src/knowledge/editorial/store.ts';
import { cleanCopy } from '../../src/storage/clean.ts';
import { T0 } from '../storage/messages.ts';
import { audit, created, impact, publication, revision, text } from '../storage/samples.ts';
import { anyText } from '../support/any-text.ts';
import type { OpenConsoleStores, OpenStores } from './console-stores.ts';

const summaryOf = ({ source: _source, impact: worked, ...rest }: Revision) => ({ ...rest, hasImpact: worked !== null });

/** What every store of the library's texts promises. */
export function editorialStoreContract(name: string, open: OpenStores): void {
  describe(`editorial store contract: ${name}`, () => {
    let opened: OpenConsoleStores;
    let store: EditorialStore;

    beforeEach(async () => {
      opened = await open();
      store = opened.stores.editorial;
    });
    afterEach(() => opened.close());

    /** The store as two processes have it, or twice the same one. */
    const both = async (): Promise<readonly [EditorialStore, EditorialStore]> => [store, (await opened.another?.())?.editorial ?? store];
    const audits = () => opened.stores.admin.audit({ limit: 10_000 });
    const save = async (...changes: EditorialChange[]): Promise<void> => expect(await store.commit(changes)).toBe('saved');
    const edited = (of: LibraryText, part: Partial<EditorialChange> = {}): EditorialChange => ({
      text: { ...of, version: of.version + 1 },
      expectedVersion: of.version,
      revisions: [revision({ textId: of.id, note: `version ${of.version + 1}` })],
      isPublication: false,
      audit: audit({ target: `text:${of.id}` }),
      ...part,
    });

    describe('keeping', () => {
      it('is empty at first', async () => {
        expect(await store.text('2024-plan')).toBeNull();
        expect(await store.revision('2024-plan', 1)).toBeNull();
        expect(await store.revisions('2024-plan')).toEqual([]);
        expect(await store.texts()).toEqual([]);
        expect(await store.revisionsIn(['draft', 'published'])).toEqual([]);
        expect(await store.revisionsIn([])).toEqual([]);
        expect(await store.libraryVersion()).toBe(0);
        expect(await store.published()).toEqual({ version: 0, texts: [], withdrawn: [] });
        expect(await store.commit([])).toBe('saved');
      });

      it('gives back what was written, with every field', async () => {
        const full: Revision = {
          ...revision({ number: 2, state: 'scheduled', origin: 'roll-back', base: 1, impact, note: '', reviewNote: '可以' }),
          submittedAtMs: T0 + 1,
          reviewerId: 'u2',
          reviewedAtMs: T0 + 2,
          publishAtMs: T0 + 3,
          publishedAtMs: T0 + 4,
          supersededAtMs: T0 + 5,
        };
        const [written, first] = [text({ latest: 2, fileDigest: 'f', version: 7 }), revision()];
        await save(created('2024-plan', { text: written, revisions: [first, full] }));
        expect(await store.text('2024-plan')).toEqual(written);
        expect(await store.revision('2024-plan', 1)).toEqual(first);
        expect(await store.revision('2024-plan', 2)).toEqual(full);
        expect(await store.revisions('2024-plan'), 'the latest first').toEqual([summaryOf(full), summaryOf(first)]);
        expect(await audits()).toEqual([{ seq: expect.any(Number), ...audit({ action: 'text.created' }) }]);
      });

      it('takes any text, without what a database refuses', async () => {
        let count = 0;
        await fc.assert(
          fc.asyncProperty(anyText(200), anyText(), async (source, words) => {
            const id = `any-${++count}`;
            const change: EditorialChange = {
              text: text({ id, title: words }),
              expectedVersion: null,
              revisions: [revision({ textId: id, source, note: words, reviewNote: words, impact: { ...impact, digest: words } })],
              isPublication: false,
              audit: audit({ target: id, actor: { kind: 'chat', userId: null, name: words, from: words }, detail: { words } }),
            };
            await save(change);
            expect(await store.text(id)).toEqual(cleanCopy(change.text));
            expect(await store.revision(id, 1)).toEqual(cleanCopy(change.revisions[0]!));
            const [line] = await opened.stores.admin.audit({ target: id, limit: 2 });
            expect(line).toEqual({ seq: expect.any(Number), ...cleanCopy(change.audit) });
          }),
          { numRuns: 40 },
        );
      });

      it('keeps long texts as they are', async () => {
        const source = '第一条　企业可以申请补贴😀𠮷\r\n\t'.repeat(20_000);
        await save(created('long', { revisions: [revision({ textId: 'long', source, impact })] }));
        expect((await store.revision('long', 1))?.source).toBe(source);
        expect(await store.revisions('long')).toMatchObject([{ hasImpact: true }]);
      });

      it('lists texts by id, those of a kind, and those with a revision in a state', async () => {
        await save(
          created('b-2', { text: text({ id: 'b-2', kind: 'faq' }) }),
          created('b', { revisions: [revision({ textId: 'b', state: 'in-review' }), revision({ textId: 'b', number: 2 })] }),
          created('Z', { text: text({ id: 'Z', kind: 'faq' }), revisions: [revision({ textId: 'Z', state: 'rejected' })] }),
          created('lexicon.txt', { text: text({ id: 'lexicon.txt', kind: 'lexicon' }) }),
        );
        const ids = async (...filter: Parameters<EditorialStore['texts']>) => (await store.texts(...filter)).map(({ id }) => id);
        expect(await ids()).toEqual(['Z', 'b', 'b-2', 'lexicon.txt']);
        expect(await ids({ kind: 'faq' })).toEqual(['Z', 'b-2']);
        expect(await ids({ state: 'draft' })).toEqual(['b', 'b-2', 'lexicon.txt']);
        expect(await ids({ state: 'draft', kind: 'faq' })).toEqual(['b-2']);
        expect(await ids({ state: 'published' })).toEqual([]);
      });

      it('lists what waits for review, the oldest first', async () => {
        const waiting = [
          revision({ textId: 'a', state: 'in-review', createdAtMs: T0 + 3 }),
          revision({ textId: 'b', state: 'scheduled', createdAtMs: T0 + 1 }),
          revision({ textId: 'c', state: 'in-review', createdAtMs: T0 + 1, impact }),
          revision({ textId: 'd', state: 'draft', createdAtMs: T0 }),
        ];
        await save(...waiting.map((one) => created(one.textId, { revisions: [one] })));
        const [a, b, c] = waiting.map(summaryOf);
        expect(await store.revisionsIn(['in-review', 'scheduled'])).toEqual([b, c, a]);
        expect(await store.revisionsIn(['in-review'])).toEqual([c, a]);
      });

      it('keeps everything over a restart', async () => {
        if (!opened.reopen) return;
        await save(publication('a', 1), created('b'));
        await save(publication('a', 2));
        const see = async (on: EditorialStore) => [
          await on.texts(),
          await on.published(),
          await on.revision('a', 1),
          await on.revisions('b'),
        ];
        const [before, lines] = [await see(store), await audits()];
        const later = await opened.reopen();
        expect(await see(later.editorial)).toEqual(before);
        expect(await later.admin.audit({ limit: 100 })).toEqual(lines);
        expect(await later.editorial.commit([publication('a', 3)])).toBe('saved');
        expect(await later.editorial.libraryVersion()).toBe(3);
      });
    });

    describe('changing', () => {
      it('replaces a text and its revisions, and what was worked out for them', async () => {
        await save(created('a', { revisions: [revision({ textId: 'a', impact }), revision({ textId: 'a', number: 2, note: 'stays' })] }));
        const next = text({ id: 'a', kind: 'faq', title: '新题', latest: 2, fileDigest: 'f', version: 2 });
        const changed = revision({ textId: 'a', source: '改', digest: 'd', authorId: null, state: 'in-review', submittedAtMs: T0 + 9 });
        await save({ ...created('a', { text: next, revisions: [changed] }), expectedVersion: 1 });
        expect(await store.text('a')).toEqual(next);
        expect(await store.revision('a', 1)).toEqual(changed);
        expect(await store.revision('a', 2)).toMatchObject({ note: 'stays' });
      });

      it('takes a change of the text alone, and one that does not count its version up', async () => {
        await save(created('a'));
        const marked = text({ id: 'a', fileDigest: 'seen' });
        await save({ ...created('a', { text: marked, revisions: [] }), expectedVersion: 1 });
        expect(await store.text('a')).toEqual(marked);
        await save({ ...created('a', { text: marked, revisions: [revision({ textId: 'a', impact })] }), expectedVersion: 1 });
        expect(await store.revisions('a')).toMatchObject([{ hasImpact: true }]);
        expect((await store.text('a'))?.version).toBe(1);
      });

      it.each<[string, () => EditorialChange]>([
        ['was changed meanwhile', () => ({ ...edited(text({ id: 'a' })), expectedVersion: 2 })],
        ['exists already', () => created('a')],
        ['is not there', () => edited(text({ id: 'gone' }))],
      ])('writes nothing of all when one text %s', async (_, wrong) => {
        await save(created('a'), created('b'));
        const see = async () => [
          await store.texts(),
          await store.revisions('a'),
          await store.revisions('b'),
          await store.published(),
          await audits(),
        ];
        const before = await see();
        let calls = 0;
        store.onPublication(() => calls++);
        const changes = [publication('new', 1), edited(text({ id: 'b' })), wrong(), created('zz')];
        expect(await store.commit(changes)).toBe('stale');
        expect(await store.commit(changes.toReversed())).toBe('stale');
        expect(await see()).toEqual(before);
        expect(await store.text('new')).toBeNull();
        expect(calls).toBe(0);
      });

      it('takes a text once per commit', async () => {
        expect(await store.commit([created('a'), created('a')])).toBe('stale');
        expect(await store.texts()).toEqual([]);
      });

      it('takes thousands at once', async () => {
        const ids = Array.from({ length: 2_500 }, (_, at) => `text-${at}`);
        await save(...ids.map((id) => publication(id, 1)));
        await save(...ids.map((id) => publication(id, 2)));
        expect(await store.commit([...ids.slice(1).map((id) => publication(id, 3)), publication(ids[0]!, 9)])).toBe('stale');
        const { version, texts } = await store.published();
        expect([version, texts.length, new Set(texts.map(({ revision: number }) => number))]).toEqual([2, 2_500, new Set([2])]);
      }, 60_000);

      it('lets exactly one of many win each version, in several processes', async () => {
        const [one, other] = await both();
        await save(created('a'));
        for (let version = 1; version <= 5; version++) {
          const outcomes = await Promise.all(
            Array.from({ length: 16 }, (_, at) =>
              (at % 2 === 0 ? one : other).commit([
                edited(text({ id: 'a', version }), { revisions: [revision({ textId: 'a', number: version + 1, note: `by ${at}` })] }),
              ]),
            ),
          );
          const winner = outcomes.indexOf('saved');
          expect(outcomes.filter((outcome) => outcome === 'saved')).toHaveLength(1);
          expect(await store.revision('a', version + 1)).toMatchObject({ note: `by ${winner}` });
        }
        expect((await audits()).length, 'a line for each that won').toBe(6);
      });

      it('lets exactly one of many create a text', async () => {
        const [one, other] = await both();
        const outcomes = await Promise.all(
          Array.from({ length: 16 }, (_, at) => (at % 2 === 0 ? one : other).commit([created(`own-${at}`), publication('wanted', 1)])),
        );
        expect(outcomes.filter((outcome) => outcome === 'saved')).toHaveLength(1);
        expect((await store.texts()).length).toBe(2);
        expect(await store.libraryVersion()).toBe(1);
      });

      it('gets along with commits to the same texts in any order', async () => {
        const [one, other] = await both();
        const ids = ['a', 'b', 'c', 'd'];
        await save(...ids.map((id) => publication(id, 1)));
        for (let version = 1; version <= 4; version++) {
          const changes = ids.map((id) => publication(id, version + 1));
          const outcomes = await Promise.all([
            ...Array.from({ length: 4 }, () => one.commit(changes)),
            ...Array.from({ length: 4 }, () => other.commit(changes.toReversed())),
          ]);
          expect(outcomes.filter((outcome) => outcome === 'saved')).toHaveLength(1);
        }
        expect((await store.texts()).map(({ version }) => version)).toEqual([5, 5, 5, 5]);
        expect(await store.libraryVersion()).toBe(5);
      });
    });

    describe('publishing', () => {
      it('counts the library up once per commit that publishes', async () => {
        await save(publication('a', 1), publication('b', 1), created('draft'));
        expect(await store.libraryVersion()).toBe(1);
        await save(edited(text({ id: 'draft' })));
        expect(await store.libraryVersion()).toBe(1);
        await save(publication('b', 2));
        expect(await store.libraryVersion()).toBe(2);
        expect(await store.revision('b', 1)).toMatchObject({ state: 'superseded' });
      });

      it('tells what is answered from, and what changed since', async () => {
        await save(publication('b', 1), publication('a', 1), created('draft'));
        await save(publication('b', 2));
        const published = (id: string, number: number) => ({
          id,
          kind: 'policy',
          source: `第 ${number} 版`,
          digest: `digest-${number}`,
          revision: number,
          publishedAtMs: T0 + number,
        });
        const [a, b] = [published('a', 1), published('b', 2)];
        expect(await store.published()).toEqual({ version: 2, texts: [a, b], withdrawn: [] });
        expect(await store.published(0)).toEqual({ version: 2, texts: [a, b], withdrawn: [] });
        expect(await store.published(1)).toEqual({ version: 2, texts: [b], withdrawn: [] });
        expect(await store.published(2)).toEqual({ version: 2, texts: [], withdrawn: [] });

        const withdrawal: EditorialChange = {
          text: text({ id: 'a', version: 2 }),
          expectedVersion: 1,
          revisions: [revision({ textId: 'a', state: 'superseded', publishedAtMs: T0 + 1, supersededAtMs: T0 + 5 })],
          isPublication: true,
          audit: audit({ action: 'text.withdrawn', target: 'text:a' }),
        };
        await save(withdrawal);
        expect(await store.published(2)).toEqual({ version: 3, texts: [], withdrawn: ['a'] });
        expect(await store.published(1)).toEqual({ version: 3, texts: [b], withdrawn: ['a'] });
        expect((await store.published()).texts).toEqual([b]);

        // A draft on top, or a file that was seen, is no publication.
        await save(edited(text({ id: 'b', published: 2, latest: 3, version: 2 }), { revisions: [revision({ textId: 'b', number: 3 })] }));
        expect(await store.published(3)).toEqual({ version: 3, texts: [], withdrawn: [] });
        await save(publication('a', 2, 3));
        expect(await store.published(3)).toEqual({ version: 4, texts: [published('a', 2)], withdrawn: [] });
      });

      it('shows who follows every publication, however they come', async () => {
        const [one, other] = await both();
        const known = new Map<string, number>();
        let version = 0;
        const follow = async (): Promise<void> => {
          const change = await other.published(version);
          expect(change.version).toBeGreaterThanOrEqual(version);
          version = change.version;
          for (const { id, revision: number } of change.texts) known.set(id, number);
        };
        const isOver = new AbortController();
        const following = (async () => {
          while (!isOver.signal.aborted) {
            await follow();
            await new Promise((resolve) => setImmediate(resolve));
          }
        })();
        const ids = Array.from({ length: 12 }, (_, at) => `t${at}`);
        await Promise.all(
          ids.map(async (id, at) => {
            for (let number = 1; number <= 3; number++)
              expect(await (at % 2 === 0 ? one : other).commit([publication(id, number)])).toBe('saved');
          }),
        );
        isOver.abort();
        await following;
        await follow();
        expect(version).toBe(36);
        expect([...known.values()]).toEqual(ids.map(() => 3));
      });

      it('calls who listens once it is written, and nobody who stopped', async () => {
        const seen: Promise<number>[] = [];
        const stop = store.onPublication(() => seen.push(store.libraryVersion()));
        await save(created('draft'));
        expect(seen).toEqual([]);
        await save(publication('a', 1), publication('b', 1));
        expect(await Promise.all(seen)).toEqual([1]);
        stop();
        await save(publication('a', 2));
        expect(seen).toHaveLength(1);
      });

      it('has a text answered from one revision at most', async () => {
        await save(publication('a', 1));
        await save({ ...edited(text({ id: 'a', published: 1 })), revisions: [revision({ textId: 'a', number: 2 })] });
        await expect(opened.execute(`update revisions set state = 'published' where number = 2`)).rejects.toThrow(/unique/i);
        await expect(opened.execute(`update revisions set text_id = 'nowhere' where number = 2`)).rejects.toThrow(/foreign key/i);
      });
    });
  });
}

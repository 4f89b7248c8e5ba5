import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer, Citation } from '../../src/domain/answer.ts';
import type { InsightStore } from '../../src/insight/store.ts';
import { T0 } from '../storage/messages.ts';
import { feedbackOf, newTicket, nextVersion, ticketOf, turnOf } from '../support/turns.ts';
import type { HandOffStores, OpenHandOff, OpenHandOffStores } from './hand-off-stores.ts';

const cite = (documentId: string, section: number): Citation => ({
  documentId,
  documentTitle: documentId,
  section,
  sectionTitle: '一节',
  part: null,
  quote: '原文。',
  issued: null,
  page: null,
  asOf: null,
  revision: null,
});
const answered = (documentId: string, section: number): Answer => ({
  outcome: 'answered',
  citations: [cite(documentId, section)],
  related: [],
  aspects: [],
  facts: [],
  confidence: 0.8,
  understoodAs: null,
});
const refused: Answer = { outcome: 'refused', reason: 'not-in-library', missingTerms: [], suggestions: [], confidence: 0.1 };
const clarify: Answer = {
  outcome: 'clarify',
  nearest: [cite('plan', 2)],
  options: [],
  missingTerms: [],
  confidence: 0.4,
  understoodAs: null,
};

const MONDAY = '2031-03-03';
const TUESDAY = '2031-03-04';
const BOTH = { from: MONDAY, to: TUESDAY };
const atOn = (day: string, hour: number): number => Date.parse(day) + hour * 3_600_000;

/** What is counted and listed of questions, on every database alike. */
export function insightStoreContract(name: string, open: OpenHandOff): void {
  describe(`insight store contract: ${name}`, () => {
    let opened: OpenHandOffStores;
    let stores: HandOffStores;
    let store: InsightStore;

    beforeEach(async () => {
      opened = await open();
      stores = opened.stores;
      store = stores.insight;
    });
    afterEach(() => opened.close());

    const save = async (id: string, day: string, hour: number, part: Parameters<typeof turnOf>[0] = {}): Promise<void> => {
      await stores.save({ turn: turnOf({ id, day, atMs: atOn(day, hour), question: `问题${id}`, ...part }), feedback: null });
    };
    const vote = (turnId: string, asker: string, up: boolean, reason: 'wrong' | null = null): Promise<void> =>
      stores.save({ turn: null, feedback: feedbackOf({ turnId, asker, vote: up ? 'up' : 'down', reason }) });

    it('counts nothing where nothing was asked', async () => {
      expect(await store.figures(BOTH)).toEqual({ cells: [], votes: [], medianTookMs: null, askers: 0, questions: [], sections: [] });
      expect(await store.questions(BOTH, null, 10)).toEqual([]);
      expect(await store.weakQuestions(BOTH, 10)).toEqual([]);
      expect(await store.choices(BOTH, 10)).toEqual([]);
      expect(await store.marks()).toEqual(new Map());
    });

    it('counts what was asked, on the days asked for and no others', async () => {
      await save('a', MONDAY, 1, { answer: answered('plan', 3), category: 'talent', tookMs: 5 });
      await save('b', MONDAY, 2, { answer: answered('plan', 3), category: 'talent', tookMs: 50, asker: 'asker-2', question: '问题a' });
      await save('c', TUESDAY, 1, { answer: refused, channel: 'feishu', tookMs: 7, asker: 'asker-2' });
      await save('greeting', MONDAY, 3, { answer: null });
      await save('chosen', MONDAY, 4, { answer: answered('plan', 1), via: 'chosen', tookMs: 1 });
      await save('before', '2031-03-02', 23, { answer: refused });
      await save('after', '2031-03-05', 0, { answer: refused });
      await vote('a', 'x', true);
      await vote('a', 'y', false, 'wrong');
      await vote('before', 'y', false);
      const figures = await store.figures(BOTH);
      expect(figures.cells).toEqual([
        { day: MONDAY, channel: 'telegram', category: 'talent', ending: 'answered', asked: 2 },
        { day: TUESDAY, channel: 'feishu', category: null, ending: 'refused', asked: 1 },
      ]);
      expect(figures.votes.toSorted((a, b) => (a.vote < b.vote ? -1 : 1))).toEqual([
        { vote: 'down', reason: 'wrong', count: 1 },
        { vote: 'up', reason: null, count: 1 },
      ]);
      expect([figures.medianTookMs, figures.askers]).toEqual([5, 2]);
      expect(figures.questions).toEqual([
        { question: '问题a', asked: 2 },
        { question: '问题c', asked: 1 },
      ]);
      // What somebody chose stands on a section as well.
      expect(figures.sections).toEqual([
        { documentId: 'plan', section: 3, answers: 2 },
        { documentId: 'plan', section: 1, answers: 1 },
      ]);
    });

    it('lists questions the latest first, page by page, with what came of them', async () => {
      await save('a', MONDAY, 1, { answer: answered('plan', 3), category: 'talent' });
      await save('b', MONDAY, 2, { answer: refused });
      await save('c', TUESDAY, 2, { answer: clarify });
      await save('d', TUESDAY, 2, { answer: clarify, question: '' });
      await vote('a', 'x', false, 'wrong');
      await vote('a', 'y', true);
      await stores.tickets.commit([newTicket({ turnId: 'b' })], [], T0);
      const all = await store.questions(BOTH, null, 10);
      expect(all.map(({ turnId }) => turnId)).toEqual(['c', 'b', 'a']);
      expect(all[2]).toEqual({
        turnId: 'a',
        atMs: atOn(MONDAY, 1),
        day: MONDAY,
        channel: 'telegram',
        asker: 'asker-1',
        question: '问题a',
        via: 'asked',
        ending: 'answered',
        category: 'talent',
        confidence: 0.8,
        documentId: 'plan',
        section: 3,
        vote: 'down',
        reason: 'wrong',
        isHandedOff: false,
      });
      expect(all[1]).toMatchObject({ ending: 'refused', isHandedOff: true, vote: null, documentId: null });
      expect((await store.questions(BOTH, 'c', 1)).map(({ turnId }) => turnId)).toEqual(['b']);
      expect((await store.questions(BOTH, 'b', 5)).map(({ turnId }) => turnId)).toEqual(['a']);
      expect(await store.questions(BOTH, 'nobody', 5)).toEqual([]);
    });

    it('knows which were not answered well', async () => {
      await save('good', MONDAY, 1, { answer: answered('plan', 3) });
      await save('liked', MONDAY, 2, { answer: answered('plan', 3) });
      await save('disliked', MONDAY, 3, { answer: answered('plan', 3) });
      await save('refused', MONDAY, 4, { answer: refused });
      await save('clarify', MONDAY, 5, { answer: clarify });
      await save('handed', MONDAY, 6, { answer: answered('plan', 3) });
      await save('chosen', MONDAY, 7, { answer: clarify, via: 'chosen' });
      await vote('liked', 'x', true);
      await vote('disliked', 'x', false);
      await stores.tickets.commit([newTicket({ turnId: 'handed' })], [], T0);
      const weak = await store.weakQuestions(BOTH, 10);
      expect(weak.map(({ turnId }) => turnId)).toEqual(['handed', 'clarify', 'refused', 'disliked']);
      expect(weak[1]).toMatchObject({ documentId: 'plan', section: 2 });
      expect((await store.weakQuestions(BOTH, 1)).map(({ turnId }) => turnId)).toEqual(['handed']);
    });

    it('knows what people chose', async () => {
      await save('a', MONDAY, 1, { answer: answered('plan', 3), via: 'chosen' });
      await save('b', MONDAY, 2, { answer: answered('plan', 3) });
      await save('c', MONDAY, 3, { answer: answered('plan', 1), via: 'chosen' });
      expect((await store.choices(BOTH, 10)).map(({ turnId, section }) => [turnId, section])).toEqual([
        ['c', 1],
        ['a', 3],
      ]);
    });

    it('tells the times of tickets by when they were opened', async () => {
      const first = ticketOf({ createdAtMs: 100, deskId: 'a' });
      await stores.tickets.commit([newTicket(first)], [], T0);
      await stores.tickets.commit([nextVersion(first, { state: 'answered', claimedAtMs: 150, endedAtMs: 300 })], [], T0);
      await stores.tickets.commit([newTicket({ id: 't2', number: 2, createdAtMs: 200, deskId: 'b' })], [], T0);
      expect(await store.ticketTimes(100, 200)).toEqual([
        { deskId: 'a', state: 'answered', createdAtMs: 100, claimedAtMs: 150, endedAtMs: 300 },
      ]);
      expect((await store.ticketTimes(101, 201)).map(({ deskId }) => deskId)).toEqual(['b']);
    });

    it('keeps marks, the latest of each, and takes them off', async () => {
      await store.mark(['a', 'b', 'a'], 'done', 5);
      await store.mark(['b', 'c'], 'out-of-scope', 6);
      expect(await store.marks()).toEqual(
        new Map([
          ['a', { state: 'done', atMs: 5 }],
          ['b', { state: 'out-of-scope', atMs: 6 }],
          ['c', { state: 'out-of-scope', atMs: 6 }],
        ]),
      );
      const many = Array.from({ length: 1_000 }, (_, at) => `k${at}`);
      await store.mark(many, 'done', 7);
      await store.mark([...many, 'a', 'c'], null, 8);
      expect(await store.marks()).toEqual(new Map([['b', { state: 'out-of-scope', atMs: 6 }]]));
      await store.mark([], 'done', 9);
    });
  });
}

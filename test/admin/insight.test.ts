import readXlsxFile from 'read-excel-file/universal';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/domain/answer.ts';
import { readText } from '../../src/knowledge/text-source.ts';
import { feedbackOf, turnOf } from '../support/turns.ts';
import { createDesk } from './desk.ts';
import { actionsIn, type Admin, startAdmin } from './harness.ts';
import { faqSource } from './sources.ts';

const DAY = '2026-11-20';
const refused: Answer = { outcome: 'refused', reason: 'not-in-library', missingTerms: [], suggestions: [], confidence: 0.1 };
const LOAN = { ...readText(faqSource('loan', '怎样申请贷款？'), 'faq').record! };

/** A house where some questions were asked. */
async function startAsked(): Promise<Admin> {
  const admin = await startAdmin({ library: createDesk({ records: () => [LOAN] }) });
  const ask = (id: string, question: string, part: Parameters<typeof turnOf>[0] = {}): Promise<void> =>
    admin.save({ turn: turnOf({ id, question, day: DAY, atMs: Date.parse(DAY), answer: refused, ...part }), feedback: null });
  await ask('t1', '宠物狗证怎么办，我的电话13800138000');
  await ask('t2', '宠物狗证怎么办');
  await ask('t3', '公积金怎么提取');
  const chosen: Answer = {
    outcome: 'answered',
    citations: [
      {
        documentId: 'loan',
        documentTitle: LOAN.title,
        section: 1,
        sectionTitle: LOAN.title,
        part: null,
        quote: '请到政务服务中心办理。',
        issued: null,
        page: null,
        asOf: null,
        revision: null,
      },
    ],
    related: [],
    aspects: [],
    facts: [],
    confidence: 0.6,
    understoodAs: null,
  };
  await ask('t4', '缺钱找谁', { answer: chosen, via: 'chosen', category: 'financing' });
  await admin.save({ turn: null, feedback: feedbackOf({ turnId: 't4', vote: 'up' }) });
  return admin;
}

describe('figures', () => {
  it('are for everybody, of the last thirty days unless told otherwise', async () => {
    const admin = await startAsked();
    const viewer = await admin.signedIn('viewer');
    const { status, body } = await viewer.get('/insight/summary');
    expect(status).toBe(200);
    expect(body).toMatchObject({ from: '2026-10-25', to: '2026-11-23', helpful: 1, totals: { asked: 3, refused: 3 } });
    expect(body.days).toHaveLength(30);
    expect(body.sections).toMatchObject([{ documentId: 'loan', section: 1, answers: 1 }]);
    expect((await viewer.get('/insight/summary?from=2026-11-21&to=2026-11-21')).body.totals.asked).toBe(0);
  });

  it('refuse days that make no sense', async () => {
    const admin = await startAdmin();
    const viewer = await admin.signedIn('viewer');
    for (const query of ['from=2026-11-23&to=2026-11-22', 'from=2020-01-01&to=2026-11-22', 'from=yesterday']) {
      expect((await viewer.get(`/insight/summary?${query}`)).body.error.code).toBe('INPUT_INVALID');
    }
  });
});

describe('weak spots', () => {
  it('can be marked, all wordings of one, and taken back', async () => {
    const admin = await startAsked();
    const editor = await admin.signedIn('editor');
    const open = async (mark = 'open') => (await editor.get(`/insight/weak-spots?mark=${mark}`)).body;
    const before = await open();
    expect(before).toMatchObject({ total: 2, questions: 3, isComplete: true });
    expect(before.items[0]).toMatchObject({ count: 2, wordings: 2, kinds: { refused: 2 } });
    expect(JSON.stringify(before)).not.toContain('13800138000');
    const { from, to, items } = before;
    const mark = (state: string | null) => editor.post('/insight/weak-spots/mark', { from, to, key: items[0].key, mark: state });
    expect((await mark('out-of-scope')).body).toEqual({ wordings: 2 });
    expect([(await open()).total, (await open('out-of-scope')).total]).toEqual([1, 1]);
    expect((await mark(null)).status).toBe(200);
    expect((await open()).total).toBe(2);
    expect((await editor.post('/insight/weak-spots/mark', { from, to, key: 'gone', mark: 'done' })).body.error.code).toBe('NOT_FOUND');
    expect(await actionsIn(admin)).toContain('insight.marked -');
  });
});

describe('drafts of what was seen', () => {
  it('put alternate questions into the draft there is, and never into one under review', async () => {
    const admin = await startAsked();
    const editor = await admin.signedIn('editor');
    const made = (await editor.post('/texts', { source: faqSource('loan', '怎样申请贷款？'), note: '' })).body;
    const add = (...questions: string[]) => editor.post('/insight/drafts', { kind: 'alternate', place: 'loan#1', questions });
    expect((await add('缺钱找谁')).body).toEqual({ textId: 'loan', number: 1 });
    expect((await add('哪里借钱', '缺钱找谁')).body).toEqual({ textId: 'loan', number: 1 });
    const draft = (await editor.get('/texts/loan/revisions/1')).body;
    expect(draft.content.meta.questions).toEqual(['缺钱找谁', '哪里借钱']);
    expect(made.version).toBeLessThan(draft.version);
    await editor.post('/texts/loan/revisions/1/submit', { version: draft.version });
    const refusal = await add('再来一个');
    expect([refusal.status, refusal.body.error.message]).toEqual([409, expect.stringContaining('正在审核')]);
    const nowhere = await editor.post('/insight/drafts', { kind: 'alternate', place: 'nowhere#1', questions: ['问题'] });
    expect(nowhere.body.error.code).toBe('NOT_FOUND');
  });

  it('offer what people chose until it is put aside', async () => {
    const admin = await startAsked();
    const editor = await admin.signedIn('editor');
    const { items } = (await editor.get('/insight/choices')).body;
    expect(items).toMatchObject([{ question: '缺钱找谁', documentId: 'loan', section: 1, count: 1, lastDay: DAY }]);
    expect((await editor.post('/insight/choices/dismiss', { key: items[0].key })).status).toBe(204);
    expect((await editor.get('/insight/choices')).body.items).toEqual([]);
  });
});

describe('files', () => {
  it('hold the same rows, with personal numbers covered, and are noted', async () => {
    const admin = await startAsked();
    const reviewer = await admin.signedIn('reviewer');
    const csv = await reviewer.get('/insight/export.csv?sheet=questions');
    expect(csv.headers.get('content-disposition')).toContain('wence-questions-2026-10-25-2026-11-23.csv');
    expect(csv.text.trim().split('\r\n')).toHaveLength(5);
    expect(csv.text).not.toContain('13800138000');
    const response = await fetch(`${admin.base}/insight/export.xlsx?sheet=questions`, { headers: { Cookie: reviewer.cookie! } });
    const [{ data } = { data: [] }] = await readXlsxFile(await response.arrayBuffer());
    expect(data).toHaveLength(5);
    expect(data[0]!.slice(0, 4)).toEqual(['时间', '渠道', '提问人（化名）', '问题']);
    expect(JSON.stringify(data)).toContain('公积金怎么提取');
    expect((await actionsIn(admin)).filter((action) => action.startsWith('export.made'))).toHaveLength(2);
    for (const sheet of ['days', 'weak-spots', 'sections'])
      expect((await reviewer.get(`/insight/export.csv?sheet=${sheet}`)).status).toBe(200);
  });
});

it('tells which documents somebody should make sure of', async () => {
  const admin = await startAsked();
  const { items } = (await (await admin.signedIn('viewer')).get('/insight/stale')).body;
  expect(items).toEqual([{ documentId: 'loan', title: '怎样申请贷款？', verifiedOn: null, days: null, answers: 1 }]);
});

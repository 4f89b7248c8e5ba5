import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { WorkProgress } from '../../src/admin/services.ts';
import { DEFAULT_SAMPLES } from '../../src/conversations/notices.ts';
import { digestOf } from '../../src/knowledge/editorial/digest.ts';
import { readText } from '../../src/knowledge/text-source.ts';
import { createArchive } from '../../src/library/archive.ts';
import { htmlOf } from '../../src/library/cards.ts';
import { createLibraryDesk } from '../../src/library/desk.ts';
import { openLibrary } from '../../src/library/service.ts';
import { segment } from '../../src/text/segment.ts';
import { openHouse, policy } from '../knowledge/editorial/house.ts';
import { temporaryFolder } from '../support/config.ts';

const NOON_MS = Date.UTC(2026, 10, 23, 4);
const QUESTIONS = [
  { id: 'q1', kind: 'direct', q: '班车几点发车', sections: ['campus#3'], evidence: ['七点半'] },
  { id: 'q2', kind: 'direct', q: '人才公寓怎么申请', sections: ['campus#2'], evidence: [] },
  { id: 'q3', kind: 'oos', q: '怎么办护照', sections: [], evidence: [] },
];
const CAMPUS_LATER = (source: string): string => source.replace('早上七点半', '早上八点');

async function deskOfSmallHouse() {
  const folder = temporaryFolder();
  cpSync('test/fixtures/small-library', folder, { recursive: true });
  writeFileSync(join(folder, 'questions.jsonl'), QUESTIONS.map((question) => JSON.stringify(question)).join('\n'));
  const house = await openHouse();
  house.clock.nowMs = NOON_MS;
  const now = () => house.clock.nowMs;
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const library = await openLibrary({ folder, store: house.store, log, now, timeZone: 'Asia/Shanghai' });
  const desk = createLibraryDesk({
    library,
    store: house.store,
    words: { sampleQuestions: DEFAULT_SAMPLES, contact: '前台' },
    timeZone: 'Asia/Shanghai',
    now,
  });
  const source = (await house.store.revision('campus', 1))!.source;
  return { ...house, library, desk, source };
}

const draftOf = (textId: string, source: string) => ({ textId, source, digest: digestOf(source) });
const signal = () => new AbortController().signal;

describe('the desk of the library', () => {
  it('looks into the state in service and the one before', async () => {
    const { desk, library, publish, source } = await deskOfSmallHouse();
    expect(desk.version()).toBe(1);
    expect(desk.sections()).toBe(3);
    expect(desk.records().map(({ id }) => id)).toEqual(['campus']);
    expect(desk.today()).toBe('2026-11-23');
    expect(desk.explain('班车几点发车', 'previous')).toBeNull();
    await publish('campus', CAMPUS_LATER(source));
    await library.refresh();
    expect(JSON.stringify(desk.explain('班车几点发车', 'current'))).toContain('八点');
    expect(JSON.stringify(desk.explain('班车几点发车', 'previous'))).toContain('七点半');
    expect(desk.version()).toBe(2);
  });

  it('tells how a question would be answered with a draft, which stays a draft', async () => {
    const { desk, source } = await deskOfSmallHouse();
    const explained = await desk.explainWith('班车几点发车', { textId: 'campus', source: CAMPUS_LATER(source) });
    expect(JSON.stringify(explained)).toContain('八点');
    expect(JSON.stringify(desk.explain('班车几点发车', 'current'))).toContain('七点半');
    await expect(desk.explainWith('班车', { textId: 'campus', source: 'nonsense' })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });

  it('tries a thesaurus and a lexicon without their being heard elsewhere', async () => {
    const { desk } = await deskOfSmallHouse();
    const thesaurus = '- official: [厂房租金]\n  colloquial: [铺面钱]\n  ambiguous: []\n';
    const explained = await desk.explainWith('铺面钱有补贴吗', { textId: 'thesaurus.yaml', source: thesaurus });
    expect(explained.expansions.map(({ phrase }) => phrase)).toEqual(['铺面钱']);
    const lexicon = await desk.explainWith('园区服务办法', { textId: 'lexicon.txt', source: '园区服务办法\n' });
    expect(lexicon.tokens.words).toContain('园区服务办法');
    expect(segment('园区服务办法')).not.toContain('园区服务办法');
  }, 90_000);

  it('measures what a draft would change by the question set', async () => {
    const { desk, source } = await deskOfSmallHouse();
    const told: WorkProgress[] = [];
    const draft = draftOf('campus', CAMPUS_LATER(source));
    const impact = await desk.impact(draft)(signal(), (progress) => void told.push(progress));
    expect(impact).toMatchObject({ digest: draft.digest, asked: 3, atMs: NOON_MS, rightBefore: 1, rightAfter: 1 });
    expect(impact.changed).toEqual([
      {
        id: 'q1',
        question: '班车几点发车',
        before: { outcome: 'answered', source: expect.stringContaining('通勤班车'), quote: expect.stringContaining('七点半') },
        after: { outcome: 'answered', source: expect.stringContaining('通勤班车'), quote: expect.stringContaining('八点') },
        wasRight: true,
        isRight: true,
      },
    ]);
    expect(told.at(-1)).toMatchObject({ done: 6, total: 6 });
    expect(told.every(({ done }, at) => at === 0 || done >= told[at - 1]!.done)).toBe(true);
    // A draft of the words all texts are read by is measured in another thread.
    const words = await desk.impact(draftOf('lexicon.txt', '园区班车\n'))(signal(), () => {});
    expect(words).toMatchObject({ asked: 3, rightBefore: 1 });
  }, 90_000);

  it('measures a question set by asking it', async () => {
    const { desk } = await deskOfSmallHouse();
    const wrong = JSON.stringify({ ...QUESTIONS[0], sections: ['campus#1'] });
    const impact = await desk.impact(draftOf('questions.jsonl', `${wrong}\n`))(signal(), () => {});
    expect(impact).toMatchObject({ asked: 1, rightBefore: 1, rightAfter: 0, changed: [] });
  });

  it('stops when it is told to', async () => {
    const { desk, source } = await deskOfSmallHouse();
    for (const draft of [draftOf('campus', CAMPUS_LATER(source)), draftOf('lexicon.txt', '园区班车\n')]) {
      const stopping = new AbortController();
      const work = desk.impact(draft)(stopping.signal, ({ done }) => done >= 2 && stopping.abort(new Error('enough')));
      await expect(work).rejects.toThrow('enough');
    }
  }, 90_000);

  it('evaluates the state in service', async () => {
    const { desk } = await deskOfSmallHouse();
    const { summary, results } = await desk.evaluate()(signal(), () => {});
    expect(summary).toMatchObject({ asked: 3, firstRight: 1, evidence: 1, heldBack: 1 });
    expect(results[0]).toEqual({
      id: 'q1',
      kind: 'direct',
      question: '班车几点发车',
      outcome: 'answered',
      source: expect.stringContaining('通勤班车'),
      isRight: true,
      hasEvidence: true,
      confidence: expect.any(Number),
    });
  });

  it('shows a reply as every place would', async () => {
    const { desk, source } = await deskOfSmallHouse();
    const reply = desk.reply('班车几点发车');
    const { web, feishu, telegram } = desk.cards(reply);
    expect(JSON.stringify(web)).toContain('七点半');
    expect(feishu).toMatchObject({ schema: '2.0' });
    expect(telegram.html).toMatch(/<blockquote>.*七点半.*<\/blockquote>/);
    expect(telegram.buttons.flat()).toContain('有帮助');
    expect(desk.reply('你好').title).toBe('问策');
    const record = readText(CAMPUS_LATER(source), 'policy').record!;
    const textOf = (question: string, section: number | null): string =>
      JSON.stringify(desk.previewReply(record, question, section).blocks);
    expect(textOf('', null)).toContain('厂房');
    expect(textOf('', 3)).toContain('八点');
    expect(textOf('班车几点发车', null)).toContain('八点');
  });
});

describe('a message as HTML', () => {
  it('holds its entities nested, and nothing of the text as markup', () => {
    expect(
      htmlOf('a<b> & 出处：甲', [
        { type: 'blockquote', offset: 0, length: 6 },
        { type: 'bold', offset: 0, length: 1 },
        { type: 'bold', offset: 7, length: 3 },
      ]),
    ).toBe('<blockquote><b>a</b>&lt;b&gt; &amp;</blockquote> <b>出处：</b>甲');
  });
});

describe('the archive', () => {
  it('gives sections as they stood in earlier revisions', async () => {
    const { store, publish, source } = await deskOfSmallHouse();
    await publish('campus', CAMPUS_LATER(source));
    const archive = createArchive(store, 'Asia/Shanghai');
    const found = await archive.section('campus', 3, 1);
    expect(found?.section.text).toContain('七点半');
    expect(found?.record).toMatchObject({ revision: 1, publishedOn: '2026-11-23' });
    expect((await archive.section('campus', 3, 2))?.section.text).toContain('八点');
    expect(await archive.section('campus', 99, 1)).toBeNull();
    expect(await archive.section('campus', 3, 7)).toBeNull();
  });

  it('shows nobody what was never published', async () => {
    const { store, editorial, source } = await deskOfSmallHouse();
    const writer = { kind: 'person', userId: 'u', name: 'u', from: null, role: 'editor' } as const;
    const { version } = (await store.text('campus'))!;
    await editorial.draft(writer, 'campus', { version, note: '', source: CAMPUS_LATER(source), base: 1, origin: 'console' });
    expect(await createArchive(store, 'Asia/Shanghai').section('campus', 3, 2)).toBeNull();
    await editorial.create(writer, { source: policy('other'), note: '', origin: 'console' });
    expect(await createArchive(store, 'Asia/Shanghai').section('other', 1, 1)).toBeNull();
  });
});

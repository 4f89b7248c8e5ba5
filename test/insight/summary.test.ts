import { describe, expect, it } from 'vitest';
import { choiceCandidates } from '../../src/insight/choices.ts';
import { daysSheet, questionsSheet, sectionsSheet } from '../../src/insight/sheets.ts';
import { staleDocuments } from '../../src/insight/stale.ts';
import type { AskedQuestion, Figures, TicketTimes } from '../../src/insight/store.ts';
import { summarise } from '../../src/insight/summary.ts';
import { deskOf } from '../support/desks.ts';
import { recordOf } from '../support/records.ts';

const PLAN = recordOf(
  'id: plan\nkind: policy\ntitle: 年度计划\ncategory: talent\nverifiedOn: 2026-01-01\nsections: [{ number: 1, questions: [怎么落户] }]',
  '### 1. 人才落户\n\n给予落户。\n\n### 2. 融资白名单\n\n进入白名单。',
);
const FAQ = recordOf('id: faq\nkind: faq\ntitle: 班车几点发车？\ncategory: livelihood', '七点。');
const HOUR = 3_600_000;
const figures: Figures = {
  cells: [
    { day: '2026-11-01', channel: 'feishu', category: 'talent', ending: 'answered', asked: 3 },
    { day: '2026-11-03', channel: 'telegram', category: null, ending: 'refused', asked: 2 },
  ],
  votes: [
    { vote: 'up', reason: null, count: 4 },
    { vote: 'down', reason: 'wrong', count: 1 },
    { vote: 'down', reason: null, count: 1 },
  ],
  medianTookMs: 9,
  askers: 2,
  questions: [
    { question: '怎么落户', asked: 2 },
    { question: '请问怎么落户？', asked: 2 },
    { question: '我电话13800138000', asked: 3 },
  ],
  sections: [
    { documentId: 'plan', section: 1, answers: 3 },
    { documentId: 'gone', section: 0, answers: 2 },
  ],
};
const ticket = (part: Partial<TicketTimes>): TicketTimes => ({
  deskId: 'desk1',
  state: 'open',
  createdAtMs: Date.parse('2026-11-01T16:30:00Z'),
  claimedAtMs: null,
  endedAtMs: null,
  ...part,
});
const at = ticket({}).createdAtMs;
const tickets = [
  ticket({ state: 'answered', claimedAtMs: at + HOUR, endedAtMs: at + 3 * HOUR }),
  ticket({ state: 'answered', claimedAtMs: at + 2 * HOUR, endedAtMs: at + 5 * HOUR }),
  ticket({ deskId: 'gone', state: 'ignored' }),
  ticket({ createdAtMs: Date.parse('2026-11-03T16:30:00Z') }),
];
const around = {
  records: [PLAN, FAQ],
  desks: [deskOf({ channel: 'feishu', chatId: 'oc_1' }, { id: 'desk1', name: '人才科' })],
  timeZone: 'Asia/Shanghai',
};
const summary = summarise({ from: '2026-11-01', to: '2026-11-03' }, figures, tickets, around);

describe('what some days look like', () => {
  it('adds up', () => {
    expect(summary.totals).toEqual({ asked: 5, answered: 3, clarify: 0, refused: 2, lapsed: 0, browse: 0, handedOff: 3 });
    expect([summary.helpful, summary.unhelpful, summary.reasons, summary.askers, summary.medianTookMs]).toEqual([4, 2, { wrong: 1 }, 2, 9]);
  });

  it('has every day, with tickets on the day of the house', () => {
    expect(summary.days.map(({ day, asked, handedOff }) => [day, asked, handedOff])).toEqual([
      ['2026-11-01', 3, 0],
      ['2026-11-02', 0, 3],
      ['2026-11-03', 2, 0],
    ]);
    expect(summary.days[0]).toMatchObject({ channels: { feishu: 3 }, categories: { talent: 3 } });
  });

  it('counts questions that differ in courtesy as one, and covers personal numbers', () => {
    expect(summary.topQuestions).toEqual([
      { question: '怎么落户', asked: 4 },
      { question: expect.not.stringContaining('13800138000') as string, asked: 3 },
    ]);
  });

  it('shows every section of the library, and documents that are gone as such', () => {
    expect(summary.sections.map(({ documentId, section, answers }) => [documentId, section, answers])).toEqual([
      ['plan', 1, 3],
      ['plan', 2, 0],
      ['faq', 1, 0],
    ]);
    expect(summary.topDocuments).toEqual([
      { documentId: 'plan', title: '年度计划', answers: 3 },
      { documentId: 'gone', title: null, answers: 2 },
    ]);
  });

  it('tells how fast each desk is', () => {
    expect(summary.staff).toEqual([
      { deskId: 'desk1', name: '人才科', opened: 2, answered: 2, ignored: 0, medianToClaimMs: HOUR, medianToAnswerMs: 3 * HOUR },
      { deskId: 'gone', name: null, opened: 1, answered: 0, ignored: 1, medianToClaimMs: null, medianToAnswerMs: null },
    ]);
  });
});

describe('files of it', () => {
  it('have a row for each day and section', () => {
    const days = daysSheet(summary);
    expect(days.columns.slice(0, 3)).toEqual(['日期', '提问', '已回答']);
    expect(days.rows.map((row) => row.slice(0, 3))).toEqual([
      ['2026-11-01', 3, 3],
      ['2026-11-02', 0, 0],
      ['2026-11-03', 2, 0],
    ]);
    expect(days.rows.every((row) => row.length === days.columns.length)).toBe(true);
    expect(sectionsSheet(summary).rows[0]).toEqual(['政策', '年度计划', 1, '人才落户', 3]);
  });

  it('cover personal numbers, and tell the time of the house', () => {
    const sheet = questionsSheet([asked('我的电话13800138000，能落户吗')], 'Asia/Shanghai');
    expect(sheet.rows[0]).toHaveLength(sheet.columns.length);
    expect(sheet.rows[0]![0]).toBe('2026-11-01 08:00');
    expect(JSON.stringify(sheet.rows)).not.toContain('13800138000');
  });
});

function asked(question: string, part: Partial<AskedQuestion> = {}): AskedQuestion {
  return {
    turnId: 't1',
    atMs: Date.parse('2026-11-01T00:00:00Z'),
    day: '2026-11-01',
    channel: 'web',
    asker: 'a',
    question,
    via: 'chosen',
    ending: 'answered',
    category: 'talent',
    confidence: 0.5,
    documentId: 'plan',
    section: 2,
    vote: null,
    reason: null,
    isHandedOff: false,
    ...part,
  };
}

describe('what people chose', () => {
  it('is a candidate unless it is listed already, put aside, or gone', () => {
    const choices = [
      asked('缺钱怎么办'),
      asked('请问缺钱怎么办？'),
      asked('怎么落户呀', { section: 1 }),
      asked('怎么落户', { section: 2 }),
      asked('没了', { documentId: 'gone' }),
    ];
    const found = choiceCandidates(choices, new Map(), [PLAN, FAQ]);
    expect(found.map(({ question, section, count }) => [question, section, count])).toEqual([
      ['缺钱怎么办', 2, 2],
      ['怎么落户', 2, 1],
    ]);
    const aside = new Map([[found[0]!.key, { state: 'done', atMs: 1 } as const]]);
    expect(choiceCandidates(choices, aside, [PLAN, FAQ])).toHaveLength(1);
  });
});

describe('documents that somebody should make sure of', () => {
  it('come by how many answers stand on them and how long ago they were verified', () => {
    const never = recordOf('id: never\nkind: faq\ntitle: 从未核对？\ncategory: talent', '是。');
    const fresh = recordOf('id: fresh\nkind: faq\ntitle: 新核对？\ncategory: talent\nverifiedOn: 2026-11-01', '是。');
    const stale = staleDocuments([FAQ, PLAN, never, fresh], [{ documentId: 'plan', section: 1, answers: 9 }], '2026-11-23');
    expect(stale.map(({ documentId }) => documentId)).toEqual(['plan', 'faq', 'never']);
    expect(stale[0]).toEqual({ documentId: 'plan', title: '年度计划', verifiedOn: '2026-01-01', days: 326, answers: 9 });
    expect(stale[2]).toMatchObject({ verifiedOn: null, days: null });
  });
});

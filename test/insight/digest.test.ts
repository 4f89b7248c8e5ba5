import { describe, expect, it } from 'vitest';
import { renderText } from '../../src/domain/render.ts';
import { composeDigest } from '../../src/insight/digest.ts';
import { digestDue, readDigestPlan } from '../../src/insight/digest-plan.ts';
import { summarise } from '../../src/insight/summary.ts';
import type { WeakSpot } from '../../src/insight/weak-spots.ts';

const PLAN = { isOn: true, weekday: 1, time: '09:00' };
const ZONE = 'Asia/Shanghai';
/** 2026-11-23 is a Monday; Chinese time is eight hours ahead. */
const at = (iso: string): number => Date.parse(`${iso}:00+08:00`);

describe('the day of the digest', () => {
  it.each([
    ['2026-11-23T08:59', null],
    ['2026-11-23T09:00', '2026-11-23'],
    ['2026-11-23T23:59', '2026-11-23'],
    ['2026-11-25T23:59', '2026-11-23'],
    ['2026-11-26T00:00', null],
    ['2026-11-22T23:00', null],
  ])('at %s is %s', (now, day) => {
    expect(digestDue(PLAN, at(now), ZONE)?.day ?? null).toBe(day);
  });

  it('has the week before it', () => {
    expect(digestDue(PLAN, at('2026-11-24T07:00'), ZONE)!.range).toEqual({ from: '2026-11-16', to: '2026-11-22' });
  });

  it('never comes when it is switched off, and is Monday at nine when nothing is set', () => {
    expect(digestDue({ ...PLAN, isOn: false }, at('2026-11-23T10:00'), ZONE)).toBeNull();
    expect([readDigestPlan(null), readDigestPlan('{"weekday":5}').weekday]).toEqual([PLAN, 5]);
  });
});

const around = { records: [], desks: [], timeZone: ZONE };
const cell = { day: '2026-11-18', channel: 'feishu', category: null } as const;
const figures = {
  cells: [
    { ...cell, ending: 'answered', asked: 6 } as const,
    { ...cell, ending: 'clarify', asked: 2 } as const,
    { ...cell, ending: 'refused', asked: 4 } as const,
  ],
  votes: [{ vote: 'up', reason: null, count: 3 } as const, { vote: 'down', reason: null, count: 1 } as const],
  medianTookMs: 5,
  askers: 7,
  questions: [],
  sections: [],
};
const week = summarise({ from: '2026-11-16', to: '2026-11-22' }, figures, [], around);
const before = summarise({ from: '2026-11-09', to: '2026-11-15' }, { ...figures, cells: [] }, [], around);
const spot = (question: string, count: number) => ({ samples: [question], count }) as unknown as WeakSpot;

describe('the digest', () => {
  const facts = { week, before, spots: [], stale: [], waiting: 0, consoleUrl: null };

  it('tells the week in words and in a picture', () => {
    const digest = composeDigest({
      ...facts,
      spots: [spot('公积金怎么提取，我的电话13800138000', 4), spot('驾照'.repeat(40), 3), spot('三', 2), spot('四', 1)],
      stale: [
        { documentId: 'a', title: '融资办法', verifiedOn: null, days: 400, answers: 3 },
        { documentId: 'b', title: '没人用', verifiedOn: null, days: 900, answers: 0 },
      ],
      waiting: 2,
      consoleUrl: 'https://wence.example',
    });
    const text = renderText(digest);
    expect(digest.title).toBe('每周简报 11-16 至 11-22');
    expect(text).toContain('共 12 次提问，比上周多 12，来自 7 人。');
    expect(text).toContain('直接回答 50%，资料库里没有 33%，转人工 0 件。');
    expect(text).toContain('4 人评价，75% 觉得有帮助。');
    expect(text).toContain('现在有 2 个工单等待答复。');
    expect(text).toContain('每日提问：11-16 0、11-17 0、11-18 12、');
    expect(text).toContain('融资办法（400 天未核对）');
    expect(text).toContain('https://wence.example/admin#/insight');
    expect(text).not.toMatch(/13800138000|没人用|四（/);
    expect(text).toContain('…（3 次）');
  });

  it('leaves out what there is not, and fits below a picture', () => {
    const text = renderText(composeDigest(facts));
    expect(text).not.toMatch(/没答好的问题|请核对|工单/);
    const long = composeDigest({ ...facts, spots: Array.from({ length: 9 }, () => spot('很长的问题'.repeat(60), 12_345)) });
    const caption = renderText({ ...long, blocks: long.blocks.filter(({ kind }) => kind !== 'chart') });
    expect(caption.length).toBeLessThan(900);
  });
});

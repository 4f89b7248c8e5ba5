import type { Chart } from '../domain/chart.ts';
import type { Block, ReplyMessage } from '../domain/message.ts';
import { maskPersonal } from '../privacy/mask.ts';
import type { StaleDocument } from './stale.ts';
import type { Summary } from './summary.ts';
import type { WeakSpot } from './weak-spots.ts';

/** What a digest tells. */
export interface DigestFacts {
  readonly week: Summary;
  /** The week before that. */
  readonly before: Summary;
  /** Not marked, the most asked first. */
  readonly spots: readonly WeakSpot[];
  readonly stale: readonly StaleDocument[];
  /** Tickets that wait for an answer now. */
  readonly waiting: number;
  /** Where the console is; null: not known. */
  readonly consoleUrl: string | null;
}

const MOST_SPOTS = 3;
const MOST_STALE = 2;
/** A title longer than this is cut: the whole has to fit below a picture. */
const LONGEST = 30;

const cut = (text: string): string => {
  const characters = [...maskPersonal(text)];
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST).join('')}…` : characters.join('');
};
const share = (part: number, whole: number): string => `${Math.round((100 * part) / whole)}%`;

/** How a count has changed. @example change(12, 10) // → "，比上周多 2" */
function change(now: number, before: number): string {
  if (now === before) return '，与上周持平';
  return now > before ? `，比上周多 ${now - before}` : `，比上周少 ${before - now}`;
}

/** Questions by day, as they are drawn. */
export const weekChart = ({ days }: Pick<Summary, 'days'>): Chart => ({
  title: '每日提问',
  labels: days.map(({ day }) => day.slice(5)),
  series: [
    { name: '直接回答', values: days.map(({ answered, browse }) => answered + browse) },
    { name: '反问确认', values: days.map(({ clarify }) => clarify) },
    { name: '如实说没有', values: days.map(({ refused, lapsed }) => refused + lapsed) },
  ],
});

/** The week for staff, as one card with a picture. */
export function composeDigest({ week, before, spots, stale, waiting, consoleUrl }: DigestFacts): ReplyMessage {
  const { totals, helpful, unhelpful } = week;
  const votes = helpful + unhelpful;
  const lines = [
    `共 ${totals.asked} 次提问${change(totals.asked, before.totals.asked)}，来自 ${week.askers} 人。`,
    `直接回答 ${share(totals.answered, totals.asked)}，资料库里没有 ${share(totals.refused, totals.asked)}，转人工 ${totals.handedOff} 件。`,
    ...(votes > 0 ? [`${votes} 人评价，${share(helpful, votes)} 觉得有帮助。`] : []),
    ...(waiting > 0 ? [`现在有 ${waiting} 个工单等待答复。`] : []),
  ];
  const list = (title: string, items: readonly string[]): Block[] =>
    items.length === 0 ? [] : [{ kind: 'list', title, items, numbered: false }];
  return {
    title: `每周简报 ${week.from.slice(5)} 至 ${week.to.slice(5)}`,
    tone: 'plain',
    blocks: [
      { kind: 'paragraph', text: lines.join('\n') },
      { kind: 'chart', chart: weekChart(week) },
      ...list(
        '没答好的问题',
        spots.slice(0, MOST_SPOTS).map(({ samples, count }) => `${cut(samples[0] ?? '')}（${count} 次）`),
      ),
      ...list(
        '请核对这些文件是否仍然有效',
        stale
          .filter(({ answers }) => answers > 0)
          .slice(0, MOST_STALE)
          .map(({ title, days }) => `${cut(title)}${days === null ? '' : `（${days} 天未核对）`}`),
      ),
      ...(consoleUrl === null ? [] : [{ kind: 'note' as const, text: `详情见管理后台：${consoleUrl}/admin#/insight` }]),
    ],
    buttons: [],
  };
}

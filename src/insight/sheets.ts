import { CATEGORIES } from '../domain/categories.ts';
import { FEEDBACK_REASONS } from '../domain/feedback.ts';
import type { ChannelName } from '../domain/message.ts';
import type { RecordKind } from '../domain/record.ts';
import { maskPersonal } from '../privacy/mask.ts';
import type { AskedQuestion, Ending } from './store.ts';
import type { Summary } from './summary.ts';
import type { WeakSpot } from './weak-spots.ts';

/** A table to be saved: the first row names the columns. Personal numbers are covered. */
export interface Sheet {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

const CHANNELS: Readonly<Record<ChannelName, string>> = { web: '网页', terminal: '命令行', telegram: 'Telegram', feishu: '飞书' };
const ENDINGS: Readonly<Record<Ending, string>> = {
  answered: '已回答',
  clarify: '请用户确认',
  refused: '资料库里没有',
  lapsed: '政策已失效',
  browse: '列出目录',
};
const KINDS: Readonly<Record<RecordKind, string>> = { policy: '政策', procedure: '办事指南', faq: '问答' };
const VOTES = { up: '有帮助', down: '没帮助' } as const;

export const daysSheet = ({ days }: Summary): Sheet => ({
  name: '每日统计',
  columns: ['日期', '提问', ...Object.values(ENDINGS), '转人工', ...Object.values(CHANNELS)],
  rows: days.map(({ day, asked, answered, clarify, refused, lapsed, browse, handedOff, channels }) => [
    day,
    asked,
    answered,
    clarify,
    refused,
    lapsed,
    browse,
    handedOff,
    ...(Object.keys(CHANNELS) as ChannelName[]).map((channel) => channels[channel] ?? 0),
  ]),
});

export const sectionsSheet = ({ sections }: Summary): Sheet => ({
  name: '章节引用',
  columns: ['类型', '文件', '编号', '章节', '引用次数'],
  rows: sections.map(({ kind, documentTitle, section, sectionTitle, answers }) => [
    KINDS[kind],
    documentTitle,
    section,
    sectionTitle,
    answers,
  ]),
});

export const weakSpotsSheet = (spots: readonly WeakSpot[]): Sheet => ({
  name: '没答好的问题',
  columns: ['次数', '人数', '最近7天', '再前7天', '没有依据', '请用户确认', '没帮助', '转人工', '最早', '最近', '问法'],
  rows: spots.map(({ count, askers, trend, kinds, firstDay, lastDay, samples }) => [
    count,
    askers,
    trend.recent,
    trend.before,
    kinds.refused,
    kinds.clarify,
    kinds.unhelpful,
    kinds.handedOff,
    firstDay,
    lastDay,
    maskPersonal(samples.join('\n')),
  ]),
});

export function questionsSheet(questions: readonly AskedQuestion[], timeZone: string): Sheet {
  const moments = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return {
    name: '提问明细',
    columns: ['时间', '渠道', '提问人（化名）', '问题', '结果', '主题', '依据', '把握', '反馈', '原因', '转人工'],
    rows: questions.map((asked) => [
      moments.format(asked.atMs),
      CHANNELS[asked.channel],
      asked.asker,
      maskPersonal(asked.question),
      ENDINGS[asked.ending],
      asked.category === null ? '' : CATEGORIES[asked.category],
      asked.documentId === null ? '' : `${asked.documentId}#${asked.section ?? 0}`,
      asked.confidence === null ? null : Math.round(asked.confidence * 100) / 100,
      asked.vote === null ? '' : VOTES[asked.vote],
      asked.reason === null ? '' : FEEDBACK_REASONS[asked.reason],
      asked.isHandedOff ? '是' : '',
    ]),
  };
}

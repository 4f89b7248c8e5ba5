import { CATEGORIES, CATEGORY_IDS } from '../domain/categories.ts';
import type { Block, ButtonRow, ReplyMessage } from '../domain/message.ts';
import { applicationTime } from '../domain/policy-facts.ts';
import type { LibraryRecord } from '../domain/record.ts';
import type { Subscription, Topic } from '../domain/subscription.ts';
import { daysLeft } from './news.ts';
import type { DueItem } from './store.ts';
import { topicName } from './topics.ts';

/** Pieces of news whose text can be opened by a button. */
const MOST_BUTTONS = 4;
/** Pieces of news told by name in one card; the rest are counted. */
const MOST_TOLD = 10;
const LONGEST_LABEL = 18;

const plain = (title: string, lines: readonly string[], buttons: readonly ButtonRow[] = []): ReplyMessage => ({
  title,
  tone: 'plain',
  blocks: lines.map((text) => ({ kind: 'paragraph', text })),
  buttons,
});

const cut = (text: string): string => {
  const characters = [...text];
  return characters.length > LONGEST_LABEL ? `${characters.slice(0, LONGEST_LABEL).join('')}…` : text;
};

const settings = ({ id, topic, pace }: Subscription): ButtonRow => [
  pace === 'daily'
    ? { label: '改为随时通知', action: { kind: 'news-pace', subscriptionId: id, pace: 'at-once' } }
    : { label: '改为每天汇总', action: { kind: 'news-pace', subscriptionId: id, pace: 'daily' } },
  { label: `退订“${cut(topicName(topic))}”`, action: { kind: 'unsubscribe', subscriptionId: id } },
];

const here = ({ address }: Subscription): string => (address.chatKind === 'group' ? '本群' : '您');
const when = ({ pace }: Subscription): string => (pace === 'daily' ? '每天汇总一次' : '有消息就通知');

/** What somebody reads who subscribes, unsubscribes or asks what they are subscribed to. */
export const subscriptionSays = {
  subscribed: (subscription: Subscription): ReplyMessage =>
    plain(
      '已订阅',
      [
        `${here(subscription)}已订阅“${topicName(subscription.topic)}”，${when(subscription)}，夜间不打扰。`,
        '有新政策发布，或申报截止前 30 天、7 天、1 天，会发到这里。',
      ],
      [settings(subscription)],
    ),
  paceChanged: (subscription: Subscription): ReplyMessage =>
    plain('已修改', [`“${topicName(subscription.topic)}”改为${when(subscription)}。`], [settings(subscription)]),
  unsubscribed: (topic: Topic): ReplyMessage =>
    plain('已退订', [`已退订“${topicName(topic)}”，不会再收到它的消息。`], [[{ label: '重新订阅', action: { kind: 'subscribe', topic } }]]),
  gone: (): ReplyMessage => plain('已经退订', ['这项订阅已经不在了，无需退订。']),
  notHere: (): ReplyMessage => plain('请在原来的聊天里操作', ['这项订阅属于另一个聊天，请到那里修改。']),
  onlyInChats: (): ReplyMessage =>
    plain('请在飞书或 Telegram 订阅', ['网页不能主动通知您。请在飞书或 Telegram 里向我发送“订阅 人才政策”。']),
  mine: (subscriptions: readonly Subscription[]): ReplyMessage => ({
    title: '我的订阅',
    tone: 'plain',
    blocks:
      subscriptions.length === 0
        ? [{ kind: 'paragraph', text: '还没有订阅。发送“订阅 人才政策”，或点下面的主题。' }]
        : [
            {
              kind: 'list',
              title: null,
              items: subscriptions.map((each) => `${topicName(each.topic)}（${when(each)}）`),
              numbered: false,
            },
          ],
    buttons: subscriptions.length === 0 ? topicRows(CATEGORY_IDS.slice(0, 4)) : subscriptions.slice(0, MOST_BUTTONS).map(settings),
  }),
  /** @param asked what nobody could make a topic of; empty: nothing was said */
  topics: (asked: string, others: readonly Topic[]): ReplyMessage => ({
    title: '订阅政策消息',
    tone: 'plain',
    blocks: [
      {
        kind: 'paragraph',
        text: asked === '' ? '您想订阅哪方面的消息？点主题，或发送“订阅 人才政策”。' : `没有“${cut(asked)}”这个主题。可以订阅：`,
      },
      ...(others.length === 0
        ? []
        : [{ kind: 'list' as const, title: '也可以按行业或地区订阅', items: others.map(topicName), numbered: false }]),
    ],
    buttons: [...topicRows(CATEGORY_IDS), [{ label: '全部政策', action: { kind: 'subscribe', topic: { scope: 'all', value: '' } } }]],
  }),
};

function topicRows(categories: readonly (typeof CATEGORY_IDS)[number][]): ButtonRow[] {
  const buttons = categories.map((value) => ({
    label: CATEGORIES[value],
    action: { kind: 'subscribe' as const, topic: { scope: 'category' as const, value } },
  }));
  const rows: ButtonRow[] = [];
  for (let at = 0; at < buttons.length; at += 2) rows.push(buttons.slice(at, at + 2));
  return rows;
}

/** What a record is about, in a line: what it grants, to whom, and until when; only what it states. */
function gistOf(record: LibraryRecord): string {
  if (record.kind !== 'policy') return '';
  const { amount, beneficiaries, department } = record.facts;
  const time = applicationTime(record.facts);
  return [beneficiaries, amount, time === null ? null : `申报时间${time}`, department].filter((part) => part !== null).join('；');
}

const leftWords = (days: number): string => (days === 0 ? '今天截止' : days === 1 ? '明天截止' : `还有 ${days} 天截止`);

function lineOf({ news }: DueItem, record: LibraryRecord, today: string): string {
  const left = daysLeft(record, today);
  const state = news.kind === 'deadline' && left !== null ? `申报${leftWords(left)}` : '新发布';
  const gist = gistOf(record);
  return `【${state}】${record.title}${gist === '' ? '' : `\n${gist}`}`;
}

/**
 * The news for one chat as one card.
 * @param told with their records; those that have gone meanwhile are left out before
 */
export function newsCard(
  told: readonly { readonly item: DueItem; readonly record: LibraryRecord }[],
  subscription: Subscription,
  today: string,
): ReplyMessage {
  const shown = told.slice(0, MOST_TOLD);
  const rest = told.length - shown.length;
  const blocks: Block[] = shown.map(({ item, record }) => ({ kind: 'paragraph', text: lineOf(item, record, today) }));
  if (rest > 0) blocks.push({ kind: 'note', text: `还有 ${rest} 条，请发送 /topics 按主题查看。` });
  blocks.push({ kind: 'note', text: `因为${here(subscription)}订阅了“${topicName(subscription.topic)}”` });
  const first = told[0]!;
  const isDeadline = told.every(({ item }) => item.news.kind === 'deadline');
  const opened = [...new Map(shown.map(({ record }) => [record.id, record])).values()].slice(0, MOST_BUTTONS);
  return {
    title:
      told.length > 1
        ? `${told.length} 条政策消息`
        : isDeadline
          ? '申报即将截止'
          : first.item.news.kind === 'published'
            ? '新政策发布'
            : '政策消息',
    tone: 'plain',
    blocks,
    buttons: [
      ...opened.flatMap(({ id, title, sections }): ButtonRow[] =>
        sections[0] === undefined
          ? []
          : [
              [
                {
                  label: opened.length === 1 ? '查看详情' : `查看“${cut(title)}”`,
                  action: { kind: 'choose', documentId: id, section: sections[0].number },
                },
              ],
            ],
      ),
      settings(subscription),
    ],
  };
}

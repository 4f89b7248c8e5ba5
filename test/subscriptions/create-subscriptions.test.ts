import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Action, ChannelName, Incoming, IncomingContent, ReplyMessage } from '../../src/domain/message.ts';
import { renderText } from '../../src/domain/render.ts';
import { createSubscriptions } from '../../src/subscriptions/create-subscriptions.ts';
import { FAIR_POLICY, recordOf } from '../support/records.ts';
import { openNews } from './news-house.ts';

const RECORDS = [
  FAIR_POLICY,
  recordOf('id: shoes\nkind: policy\ntitle: 鞋服措施\ncategory: industry\nfacts: { industries: [鞋服] }', '内容。'),
];

let say: (content: string | IncomingContent, part?: Partial<Incoming>) => Promise<ReplyMessage | null>;
beforeEach(async () => {
  const { store, newId, close } = await openNews();
  onTestFinished(close);
  const subscriptions = createSubscriptions({ store, records: () => RECORDS, now: () => 1, newId });
  say = (content, part = {}) =>
    subscriptions.handle(
      {
        channel: 'telegram',
        lane: 'telegram:1',
        messageId: 'm',
        senderId: 'zhang',
        content: typeof content === 'string' ? { kind: 'text', text: content } : content,
        sentAtMs: 0,
        address: { chatId: '1', chatKind: 'private', threadId: null, replyTo: 'm' },
        ...part,
      },
      'asker-zhang',
    );
});
const command = (name: string, args = ''): IncomingContent => ({ kind: 'command', name, args });
const read = (reply: ReplyMessage | null): string => (reply ? `${reply.title}\n${renderText(reply)}` : '—');
const buttons = (reply: ReplyMessage | null) => new Map(reply!.buttons.flat().map(({ label, action }) => [label, action]));
const press = (reply: ReplyMessage | null, label: string, part?: Partial<Incoming>) => {
  const action = buttons(reply).get(label);
  if (!action) throw new Error(`Expected a button “${label}”, got ${[...buttons(reply).keys()].join(', ')}.`);
  return say({ kind: 'action', action }, part);
};
const inGroup = { address: { chatId: '-100', chatKind: 'group', threadId: null, replyTo: 'm' } } as const;

describe('subscribing', () => {
  it('takes a command or plain words, and says when news come', async () => {
    for (const content of [command('subscribe', '人才政策'), '订阅人才政策', '我想订阅 人才', '关注有关人才的消息。']) {
      const reply = await say(content);
      expect(read(reply)).toContain('您已订阅“人才政策”，有消息就通知，夜间不打扰。');
      expect([...buttons(reply).keys()]).toEqual(['改为每天汇总', '退订“人才政策”']);
    }
    expect(read(await say('我的订阅'))).toBe('我的订阅\n· 人才政策（有消息就通知）');
  });

  it('is of the group in a group', async () => {
    expect(read(await say('订阅鞋服', inGroup))).toContain('本群已订阅“鞋服”');
    expect(read(await say(command('subscriptions')))).toContain('还没有订阅');
    expect(read(await say('本群订阅了什么？', inGroup))).toContain('鞋服（有消息就通知）');
  });

  it('offers the topics there are when none is named, or one nobody knows', async () => {
    const open = await say('订阅');
    expect(read(open)).toContain('您想订阅哪方面的消息');
    expect(read(open)).toContain('也可以按行业或地区订阅：\n· 鞋服');
    expect([...buttons(open).keys()]).toContain('融资与白名单');
    expect(read(await say(command('subscribe', '半导体')))).toContain('没有“半导体”这个主题');
    expect(read(await press(open, '全部政策'))).toContain('已订阅“全部政策”');
  });

  it.each(['关注企业诉求有哪些举措', '订阅号怎么开通', '怎么订阅人才政策的通知呢', '人才政策', '退订单怎么办理退款手续'])(
    'leaves the question “%s” to the answerer',
    async (question) => {
      expect(await say(question)).toBeNull();
    },
  );

  it.each<ChannelName>(['web', 'terminal'])('is not possible on the %s, which cannot call anybody', async (channel) => {
    const topic = { scope: 'all', value: '' } as const;
    for (const content of ['订阅人才政策', command('subscriptions'), { kind: 'action', action: { kind: 'subscribe', topic } } as const]) {
      expect(read(await say(content, { channel }))).toContain('请在飞书或 Telegram 里');
    }
  });
});

describe('changing a subscription', () => {
  it('goes between at once and once a day', async () => {
    const daily = await press(await say('订阅人才'), '改为每天汇总');
    expect(read(daily)).toContain('“人才政策”改为每天汇总一次。');
    expect(read(await say('我的订阅'))).toContain('人才政策（每天汇总一次）');
    expect(read(await press(daily, '改为随时通知'))).toContain('改为有消息就通知');
  });

  it('ends it in one tap, once, and can be taken back', async () => {
    const subscribed = await say('订阅人才');
    const ended = await press(subscribed, '退订“人才政策”');
    expect(read(ended)).toContain('已退订“人才政策”');
    expect(read(await press(subscribed, '退订“人才政策”'))).toContain('已经不在了');
    expect(read(await press(subscribed, '改为每天汇总'))).toContain('已经不在了');
    expect(read(await press(ended, '重新订阅'))).toContain('已订阅“人才政策”');
  });

  it('ends by words: the one there is, or the one that is named', async () => {
    await say('订阅人才');
    expect(read(await say('退订'))).toContain('已退订“人才政策”');
    await say('订阅人才');
    await say('订阅鞋服');
    expect(read(await say('退订'))).toMatch(/我的订阅\n· 人才政策.*\n· 鞋服/);
    expect(read(await say('取消订阅 鞋服'))).toContain('已退订“鞋服”');
    expect(read(await say(command('unsubscribe', '鞋服')))).toContain('我的订阅\n· 人才政策');
  });

  it('is done in its own chat only', async () => {
    const subscribed = await say('订阅人才', inGroup);
    const elsewhere = { address: { ...inGroup.address, chatId: '-200' } } as const;
    for (const label of ['退订“人才政策”', '改为每天汇总'])
      expect(read(await press(subscribed, label, elsewhere))).toContain('属于另一个聊天');
    expect(read(await say('本群的订阅', inGroup))).toContain('人才政策（有消息就通知）');
  });

  it('has nothing to do with other buttons', async () => {
    const action: Action = { kind: 'topic', category: 'talent' };
    expect(await say({ kind: 'action', action })).toBeNull();
  });
});

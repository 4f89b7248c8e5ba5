import { describe, expect, it, onTestFinished } from 'vitest';
import { createFeishuChannel } from '../../src/channels/feishu/index.ts';
import { createTelegramChannel } from '../../src/channels/telegram/index.ts';
import type { Channel } from '../../src/channels/channel.ts';
import type { Block, OutgoingReply } from '../../src/domain/message.ts';
import { drawChart } from '../../src/pictures/draw-chart.ts';
import { fakeFeishu, fakeTelegram, silent } from '../support/running.ts';

const CHART: Block = {
  kind: 'chart',
  chart: { title: '每日提问', labels: ['周一', '周二'], series: [{ name: '直接回答', values: [3, 5] }] },
};
const WORDS = '每日提问：周一 3、周二 5';

const replyOf = (chatId: string, part: Partial<OutgoingReply> = {}, ...blocks: readonly Block[]): OutgoingReply => ({
  id: 'digest-1',
  channel: 'feishu',
  address: { chatId, chatKind: 'group', threadId: null, replyTo: null },
  message: { title: '每周简报', tone: 'plain', blocks: [{ kind: 'paragraph', text: '共 8 次提问。' }, CHART, ...blocks], buttons: [] },
  form: 'rich',
  ...part,
});
const send = (channel: Channel, reply: OutgoingReply) => channel.send(reply, AbortSignal.timeout(10_000));

describe('a chart on Feishu', () => {
  const setUp = async (draw: typeof drawChart | undefined = drawChart) => {
    const feishu = await fakeFeishu();
    const { appId, appSecret, origin } = feishu;
    return { feishu, channel: createFeishuChannel({ appId, appSecret, mode: 'stream', domain: new URL(origin), log: silent, draw }) };
  };
  const shown = (feishu: Awaited<ReturnType<typeof fakeFeishu>>): string => JSON.stringify(feishu.messages.at(-1)!.content);

  it('is uploaded and stands in the card, with its numbers for those who cannot see it', async () => {
    const { feishu, channel } = await setUp();
    expect(await send(channel, replyOf('oc_1'))).toMatchObject({ status: 'sent' });
    expect(feishu.images.get('img_v3_1')).toMatchObject({ name: 'chart.png', type: 'image/png' });
    expect(shown(feishu)).toContain(`"tag":"img","img_key":"img_v3_1","alt":{"tag":"plain_text","content":"${WORDS}"}`);
  });

  it('is told in words when the picture is not taken, and in plainer forms', async () => {
    const { feishu, channel } = await setUp();
    feishu.fault('/images', { status: 400, body: { code: 99991672, msg: 'Access denied. One of the following scopes is required' } });
    expect(await send(channel, replyOf('oc_1'))).toMatchObject({ status: 'sent' });
    expect([feishu.images.size, shown(feishu).includes(`"content":"${WORDS}"`)]).toEqual([0, true]);
    expect(await send(channel, replyOf('oc_1', { id: 'digest-2', form: 'simple' }))).toMatchObject({ status: 'sent' });
    expect([feishu.images.size, shown(feishu).includes(WORDS)]).toEqual([0, true]);
  });

  it('is told in words where nothing can be drawn', async () => {
    const { feishu, channel } = await setUp(undefined);
    const bare = createFeishuChannel({
      appId: feishu.appId,
      appSecret: feishu.appSecret,
      mode: 'stream',
      domain: new URL(feishu.origin),
      log: silent,
    });
    expect(await send(bare, replyOf('oc_1'))).toMatchObject({ status: 'sent' });
    expect([channel.name, feishu.images.size, shown(feishu).includes(WORDS)]).toEqual(['feishu', 0, true]);
  });
});

describe('a chart on Telegram', () => {
  const setUp = async () => {
    const telegram = await fakeTelegram();
    const channel = createTelegramChannel({
      token: telegram.token,
      apiRoot: telegram.apiRoot,
      mode: 'polling',
      log: silent,
      draw: drawChart,
    });
    onTestFinished(() => channel.stopped());
    return { telegram, channel };
  };
  const methods = ({ calls }: Awaited<ReturnType<typeof fakeTelegram>>): string[] => calls.map(({ method }) => method);

  it('is a picture whose caption is the rest, formatting included', async () => {
    const { telegram, channel } = await setUp();
    expect(await send(channel, replyOf('-1001'))).toMatchObject({ status: 'sent' });
    expect(methods(telegram)).toEqual(['sendPhoto']);
    expect(telegram.sent[0]).toMatchObject({
      chat_id: -1001,
      text: '每周简报\n\n共 8 次提问。',
      entities: [{ type: 'bold', offset: 0, length: 4 }],
      photo: { name: 'chart.png' },
    });
  });

  it('is told in words when the rest is too long for a caption, and in plainer forms', async () => {
    const { telegram, channel } = await setUp();
    expect(await send(channel, replyOf('-1001', {}, { kind: 'paragraph', text: '长'.repeat(1_024) }))).toMatchObject({ status: 'sent' });
    expect(await send(channel, replyOf('-1001', { form: 'text' }))).toMatchObject({ status: 'sent' });
    expect(methods(telegram)).toEqual(['sendMessage', 'sendMessage']);
    for (const { text, photo } of telegram.sent) expect([text.includes(WORDS), photo]).toEqual([true, undefined]);
  });

  it('is refused as any message is', async () => {
    const { telegram, channel } = await setUp();
    telegram.fail({
      method: 'sendPhoto',
      status: 403,
      body: { ok: false, error_code: 403, description: 'Forbidden: bot was kicked from the group chat' },
    });
    expect(await send(channel, replyOf('-1001'))).toMatchObject({ status: 'rejected', retryable: false });
  });
});

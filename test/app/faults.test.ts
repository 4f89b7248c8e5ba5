import { describe, expect, it } from 'vitest';
import { messageEvent } from '../fakes/feishu-events.ts';
import type { FakeFeishu, Fault as FeishuFault } from '../fakes/feishu-server.ts';
import { type FakeTelegram, type Fault as TelegramFault, messageUpdate } from '../fakes/telegram-server.ts';
import { feishuSettings, telegramSettings, temporaryFolder } from '../support/config.ts';
import { fakeFeishu, fakeTelegram, lookInto, NOTHING_LEFT, nowS, startSmall } from '../support/running.ts';

/** How the reply to the first message ends, and how many copies of it the platform has then. */
interface End {
  readonly end: 'sent' | 'unknown' | { readonly dead: string };
  readonly copies: 0 | 1;
}

const QUESTION = '班车几点发车';
const NEXT = '人才公寓怎么申请';

/** What is in the database must say the same as the platform: nothing is gone without a trace. */
async function expectEnd(dataDir: string, { end }: End): Promise<void> {
  const { counts, letters } = await lookInto(dataDir, async (store) => ({
    counts: await store.counts(),
    letters: await store.deadLetters(10),
  }));
  expect(counts).toEqual({ ...NOTHING_LEFT, unknownReplies: end === 'unknown' ? 1 : 0, deadReplies: typeof end === 'object' ? 1 : 0 });
  expect(letters.map(({ kind, reason }) => ({ kind, reason }))).toEqual(
    typeof end === 'object' ? [{ kind: 'reply', reason: end.dead }] : [],
  );
}

const refusal = (error_code: number, description: string, parameters?: object): TelegramFault => ({
  method: 'sendMessage',
  status: error_code,
  body: { ok: false, error_code, description, ...(parameters && { parameters }) },
});

describe('a Telegram reply', () => {
  /** Two questions in one chat: the second answer leaves only when the first has ended, whichever way. */
  async function answerTwo(faults: readonly TelegramFault[]): Promise<{ readonly telegram: FakeTelegram; readonly dataDir: string }> {
    const telegram = await fakeTelegram();
    const dataDir = temporaryFolder();
    for (const fault of faults) telegram.fail(fault);
    const app = await startSmall({ ...telegramSettings(telegram), DATA_DIR: dataDir });
    telegram.push(messageUpdate(1, QUESTION, { date: nowS() }));
    telegram.push(messageUpdate(2, NEXT, { date: nowS() }));
    await telegram.until(() => telegram.sent.some((sent) => sent.reply_parameters?.message_id === 2));
    await app.stop();
    return { telegram, dataDir };
  }

  it.each<[string, readonly TelegramFault[], End]>([
    [
      'too many requests, come back in a second',
      [refusal(429, 'Too Many Requests: retry after 1', { retry_after: 1 })],
      { end: 'sent', copies: 1 },
    ],
    ['too many requests, four times', Array.from({ length: 4 }, () => refusal(429, 'Too Many Requests')), { end: 'sent', copies: 1 }],
    ['a server error', [refusal(500, 'Internal Server Error')], { end: 'unknown', copies: 0 }],
    ['a page of a proxy', [{ method: 'sendMessage', status: 502, body: '<html>Bad Gateway</html>' }], { end: 'unknown', copies: 0 }],
    ['a connection lost before it was done', [{ method: 'sendMessage', reset: true }], { end: 'unknown', copies: 0 }],
    ['a connection lost after it was done', [{ method: 'sendMessage', processThenReset: true }], { end: 'unknown', copies: 1 }],
    ['no answer', [{ method: 'sendMessage', hang: true }], { end: 'unknown', copies: 0 }],
    [
      'a person who has blocked the bot',
      [refusal(403, 'Forbidden: bot was blocked by the user')],
      { end: { dead: 'forbidden' }, copies: 0 },
    ],
    ['a question deleted meanwhile', [refusal(400, 'Bad Request: message to be replied not found')], { end: 'sent', copies: 1 }],
    ['a formatting not understood', [refusal(400, "Bad Request: can't parse entities")], { end: 'sent', copies: 1 }],
    ['a chat that is not there', [refusal(400, 'Bad Request: chat not found')], { end: { dead: 'bad-request' }, copies: 0 }],
  ])('that meets %s', async (_, faults, expected) => {
    const { telegram, dataDir } = await answerTwo(faults);
    expect(telegram.sent.filter(({ text }) => text.includes('早上七点半'))).toHaveLength(expected.copies);
    await expectEnd(dataDir, expected);
  });

  it('that is refused for good after its tries is a dead letter', async () => {
    const { telegram, dataDir } = await answerTwo(Array.from({ length: 8 }, () => refusal(429, 'Too Many Requests')));
    expect(telegram.sent).toHaveLength(1);
    await expectEnd(dataDir, { end: { dead: 'rate-limited' }, copies: 0 });
  });

  it.each<[string, TelegramFault]>([
    ['fails', { method: 'getUpdates', status: 502, body: 'Bad Gateway' }],
    ['is broken off', { method: 'getUpdates', reset: true }],
    ['loses what it brought', { method: 'getUpdates', processThenReset: true }],
  ])('arrives although fetching the question %s', async (_, fault) => {
    const { telegram, dataDir } = await answerTwo([fault, fault]);
    expect(telegram.sent.map((sent) => sent.reply_parameters?.message_id)).toEqual([1, 2]);
    await expectEnd(dataDir, { end: 'sent', copies: 1 });
  });
});

const busy = (status: number, code: number, headers: Readonly<Record<string, string>> = {}): FeishuFault => ({
  status,
  body: { code, msg: 'refused' },
  headers,
});

describe('a Feishu reply', () => {
  interface Trial {
    /** Before the app starts. */
    readonly first?: (feishu: FakeFeishu) => unknown;
    /** Once it is connected. */
    readonly later?: (feishu: FakeFeishu) => void | Promise<void>;
  }

  async function answerTwo({ first, later }: Trial): Promise<{ readonly feishu: FakeFeishu; readonly dataDir: string }> {
    const feishu = await fakeFeishu();
    const dataDir = temporaryFolder();
    first?.(feishu);
    const app = await startSmall({ ...feishuSettings(feishu), DATA_DIR: dataDir });
    await feishu.connected();
    await later?.(feishu);
    await feishu.push(messageEvent(feishu, { text: QUESTION, messageId: 'om_first' }));
    await feishu.push(messageEvent(feishu, { text: NEXT, messageId: 'om_next' }));
    await feishu.until(() => feishu.messages.some(({ replyTo }) => replyTo === 'om_next'));
    await app.stop();
    return { feishu, dataDir };
  }

  it.each<[string, readonly FeishuFault[], End]>([
    ['too many requests, come back in a second', [busy(429, 99991400, { 'x-ogw-ratelimit-reset': '1' })], { end: 'sent', copies: 1 }],
    ['too many requests, as older interfaces say it', [busy(400, 99991400)], { end: 'sent', copies: 1 }],
    ['too many messages in the chat', [busy(400, 230020), busy(400, 230020)], { end: 'sent', copies: 1 }],
    ['an access token no longer taken', [busy(400, 99991663)], { end: 'sent', copies: 1 }],
    ['a connection lost before it was done', [{ reset: true }, { reset: true }], { end: 'sent', copies: 1 }],
    ['a connection lost after it was done', [{ processThenReset: true }, { processThenReset: true }], { end: 'sent', copies: 1 }],
    ['no answer', [{ hang: true }], { end: 'sent', copies: 1 }],
    ['a server error', [{ status: 500 }, { status: 502, body: '<html>Bad Gateway</html>' }], { end: 'sent', copies: 1 }],
    ['a card not understood', [busy(400, 230099)], { end: 'sent', copies: 1 }],
    ['a question taken back meanwhile', [busy(400, 230011)], { end: 'sent', copies: 1 }],
    ['a group the bot has left', [busy(400, 230002)], { end: { dead: '230002' }, copies: 0 }],
    ['a platform that stays broken', Array.from({ length: 8 }, () => ({ status: 503 })), { end: { dead: 'http-503' }, copies: 0 }],
  ])('that meets %s', async (_, faults, expected) => {
    const { feishu, dataDir } = await answerTwo({
      later: (platform) => {
        for (const fault of faults) platform.fault('/reply', fault);
      },
    });
    expect(feishu.messages.filter(({ reading }) => reading.text.includes('早上七点半'))).toHaveLength(expected.copies);
    await expectEnd(dataDir, expected);
  });

  it('arrives after all access tokens were revoked, with one new token', async () => {
    const { feishu, dataDir } = await answerTwo({ later: (platform) => platform.revokeTokens() });
    expect(feishu.messages).toHaveLength(2);
    expect(feishu.requestsTo('tenant_access_token')).toHaveLength(2);
    await expectEnd(dataDir, { end: 'sent', copies: 1 });
  });

  it.each<[string, Trial]>([
    [
      'is refused at first because the platform is busy',
      { first: (feishu) => feishu.fault('/callback/ws/endpoint', { status: 200, body: { code: 1, msg: 'system busy', data: {} } }) },
    ],
    ['meets a server error at first', { first: (feishu) => feishu.fault('/callback/ws/endpoint', { status: 502, body: 'Bad Gateway' }) }],
    ['is closed by the platform', { later: (feishu) => feishu.disconnect() }],
    [
      'is dead without anyone having closed it',
      {
        // The watch for an answer must end before the next ping, or each ping would begin it anew.
        first: (feishu) => (feishu.clientConfig = { ...feishu.clientConfig, PingInterval: 0.2 }),
        later: async (feishu) => {
          feishu.mute(true);
          const before = feishu.requestsTo('/callback/ws/endpoint').length;
          await feishu.until(() => feishu.requestsTo('/callback/ws/endpoint').length > before);
          feishu.mute(false);
        },
      },
    ],
  ])('arrives although the long connection %s', async (_, trial) => {
    const { feishu, dataDir } = await answerTwo(trial);
    expect(feishu.messages.map(({ replyTo }) => replyTo)).toEqual(['om_first', 'om_next']);
    await expectEnd(dataDir, { end: 'sent', copies: 1 });
  });
});

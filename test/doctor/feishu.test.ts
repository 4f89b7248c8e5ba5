import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeFeishu } from '../fakes/feishu-server.ts';
import { feishuSettings } from '../support/config.ts';
import { type Diagnosis, diagnose, expectCheck } from './patient.ts';

const PUBLIC_URL = 'https://wence.example.com';
const TOKEN_PATH = '/tenant_access_token/internal';
const refusal = (code: number, msg = 'refused') => ({ status: 200, body: { code, msg } });

describe('doctor: Feishu', () => {
  let feishu: FakeFeishu;
  beforeEach(async () => {
    feishu = await FakeFeishu.start();
  });
  afterEach(() => feishu.stop());

  const stream = (more: Readonly<Record<string, string>> = {}): Promise<Diagnosis> => diagnose({ ...feishuSettings(feishu), ...more });
  const byWebhook = (): Promise<Diagnosis> =>
    diagnose(
      {
        ...feishuSettings(feishu),
        FEISHU_MODE: 'webhook',
        FEISHU_ENCRYPT_KEY: feishu.encryptKey,
        FEISHU_VERIFICATION_TOKEN: feishu.verificationToken,
        PUBLIC_URL,
      },
      {
        fetch: (url, init) => (url.startsWith(feishu.origin) ? fetch(url, init) : Promise.resolve(Response.json({ status: 'ok' }))),
      },
    );
  const noSecretIn = (output: string): void => {
    for (const secret of feishu.secrets) expect(output).not.toContain(secret);
  };

  it('finds an app in order, opens no connection and sends nothing', async () => {
    const found = await stream();
    expectCheck(found.of('feishu.app-id'), 'ok', /^cli_/);
    expectCheck(found.of('feishu.credentials'), 'ok', /有效/);
    expectCheck(found.of('feishu.stream'), 'ok', /允许/);
    expectCheck(found.of('feishu.bot'), 'ok', /政策助手/);
    expectCheck(found.of('feishu.scopes'), 'ok', /都已授权/);
    expectCheck(found.of('feishu.subscriptions'), 'ok', /card\.action\.trigger/);
    expectCheck(found.of('machine.clock'), 'ok', /一致/);
    expect(feishu.connections).toBe(0);
    expect(feishu.messages).toEqual([]);
    noSecretIn(found.output);
  });

  it('knows an app id that the long connection would not take', async () => {
    const found = await stream({ FEISHU_APP_ID: 'cli_zzzzzzzzzzzzzzzz' });
    expectCheck(found.of('feishu.app-id'), 'fail', /不像自建应用/, /FEISHU_APP_ID/);
  });

  it('tells what to do about a wrong secret', async () => {
    const found = await stream({ FEISHU_APP_SECRET: 'a-wrong-secret-of-theirs' });
    expectCheck(found.of('feishu.credentials'), 'fail', /10014/, /App Secret.*FEISHU_DOMAIN/);
    expectCheck(found.of('feishu.stream'), 'fail', /514/, /App Secret/);
    for (const id of ['feishu.bot', 'feishu.scopes', 'feishu.subscriptions']) expectCheck(found.of(id), 'skipped', /凭证可用后/);
    expect(found.output).not.toContain('a-wrong-secret');
  });

  it.each([
    [10003, /写法不对/, /重新复制/],
    [99991401, /白名单/, /IP 白名单/],
    [4711, /没有接受/, /没有被停用/],
  ])('tells what to do about code %i for the credentials', async (code, detail, next) => {
    feishu.fault(TOKEN_PATH, refusal(code));
    expectCheck((await stream()).of('feishu.credentials'), 'fail', detail, next);
  });

  it('tells the wrong domain from the wrong secret', async () => {
    feishu.fault(TOKEN_PATH, refusal(10014, 'app id not exists'));
    feishu.fault('/callback/ws/endpoint', refusal(1000040351, 'Incorrect domain name'));
    const found = await stream();
    expectCheck(found.of('feishu.credentials'), 'fail', /域名不对/, /FEISHU_DOMAIN 改成 lark/);
    expectCheck(found.of('feishu.stream'), 'fail', /域名不对/, /FEISHU_DOMAIN 改成 lark/);
  });

  it('tells an unreachable platform and a foreign answer', async () => {
    feishu.fault(TOKEN_PATH, { reset: true });
    expectCheck((await stream()).of('feishu.credentials'), 'fail', /连接中途断开/, /FEISHU_DOMAIN/);
    feishu.fault(TOKEN_PATH, { status: 502, body: '<html>' });
    expectCheck((await stream()).of('feishu.credentials'), 'fail', /HTTP 502/, /FEISHU_DOMAIN/);
    feishu.fault(TOKEN_PATH, { hang: true });
    expectCheck((await diagnose(feishuSettings(feishu), { timeoutMs: 50 })).of('feishu.credentials'), 'fail', /秒内没有回应/, /能访问/);
  });

  it.each([
    [1, 'warn', /平台忙/, /自己重试/],
    [403, 'fail', /不许使用长连接/, /企业自建应用/],
    [1000040350, 'fail', /太多/, /停掉多余/],
    [4711, 'fail', /没有允许/, /已发布/],
  ] as const)('explains code %i of the long connection', async (code, status, detail, next) => {
    feishu.fault('/callback/ws/endpoint', refusal(code));
    expectCheck((await stream()).of('feishu.stream'), status, detail, next);
  });

  it.each([
    [1, 'fail', /被企业管理员停用/],
    [3, 'fail', /等待启用/],
    [4, 'warn', /旧版本仍在用/],
    [9, 'fail', /状态 9/],
  ] as const)('tells of a bot in status %i', async (botStatus, status, detail) => {
    feishu.botStatus = botStatus;
    expectCheck((await stream()).of('feishu.bot'), status, detail, /创建版本并发布/);
  });

  it('tells of an app without a bot', async () => {
    feishu.fault('/bot/v3/info', refusal(11205, 'app do not have bot'));
    expectCheck((await stream()).of('feishu.bot'), 'fail', /没有机器人能力/, /添加应用能力/);
  });

  it('names the missing scopes and gives the link that applies for them', async () => {
    feishu.scopes = { 'im:message.p2p_msg': 1, 'im:message:send_as_bot': 2 };
    const { next, detail } = (await stream()).of('feishu.scopes');
    expect(detail).toBe(
      '缺少：收群里 @ 机器人的消息（im:message.group_at_msg:readonly）、发消息（im:message:send_as_bot，已申请，还没有生效）',
    );
    expect(next).toContain(
      `/app/${feishu.appId}/auth?q=im:message.group_at_msg:readonly,im:message:send_as_bot&op_from=openapi&token_type=tenant`,
    );
  });

  it('accepts the older names of the scopes', async () => {
    feishu.scopes = { 'im:message.p2p_msg': 1, 'im:message.group_at_msg': 1, 'im:message': 1 };
    const { status, detail } = (await stream()).of('feishu.scopes');
    expect(status).toBe('ok');
    expect(detail).toContain('还可按需开通：工作人员不 @ 机器人也能回复卡片（im:message.group_msg）、每周简报带图表（im:resource:upload）');
  });

  it('says what to look at by hand when the platform does not tell', async () => {
    feishu.scopes = null;
    feishu.appInfo = null;
    const found = await stream();
    expectCheck(found.of('feishu.scopes'), 'skipped', /没能查到（99991672/, /人工核对.*im:message:send_as_bot/);
    expectCheck(found.of('feishu.subscriptions'), 'skipped', /self_manage/, /人工核对.*im\.message\.receive_v1.*card\.action\.trigger/);
    feishu.fault('/application/v6/scopes', { status: 400, body: { code: 212100, msg: 'app not install' } });
    expectCheck((await stream()).of('feishu.scopes'), 'fail', /还没有安装/, /创建版本并发布/);
  });

  it('tells of events and callbacks that are not subscribed', async () => {
    feishu.appInfo = {
      online_version_id: 'oav_1',
      event: { subscribed_events: [] },
      callback_info: { callback_type: 'websocket', subscribed_callbacks: [] },
    };
    expectCheck(
      (await stream()).of('feishu.subscriptions'),
      'fail',
      /receive_v1，收不到消息；.*200340/,
      /npx wence start[^]*创建版本并发布/,
    );
    feishu.appInfo = { online_version_id: '' };
    expectCheck((await stream()).of('feishu.subscriptions'), 'fail', /没有发布过版本/, /发布/);
  });

  it('reads the events of the published version where the app does not list them', async () => {
    const callback_info = { callback_type: 'websocket', subscribed_callbacks: ['card.action.trigger'] };
    feishu.appInfo = { online_version_id: 'oav_1', callback_info };
    expect((await stream()).of('feishu.subscriptions').status).toBe('ok');
    feishu.versionEvents = ['im.message.message_read_v1'];
    expectCheck((await stream()).of('feishu.subscriptions'), 'fail', /收不到消息/, /事件配置/);
    feishu.appInfo = { online_version_id: 'oav_other', callback_info };
    expectCheck((await stream()).of('feishu.subscriptions'), 'skipped', /没有说明/, /人工核对/);
  });

  it('judges webhook mode', async () => {
    const found = await byWebhook();
    expectCheck(found.of('feishu.webhook'), 'ok', /https:\/\/wence\.example\.com\/webhooks\/feishu/);
    expectCheck(found.of('feishu.subscriptions'), 'fail', /接收方式不是webhook/, /请求地址都填 https:\/\/wence/);
    expect(feishu.requestsTo('/callback/ws/endpoint')).toEqual([]);
    noSecretIn(found.output);
    const request_url = `${PUBLIC_URL}/webhooks/feishu`;
    const event = { subscription_type: 'webhook', request_url, subscribed_events: ['im.message.receive_v1'] };
    const callback_info = { callback_type: 'webhook', request_url, subscribed_callbacks: ['card.action.trigger'] };
    feishu.appInfo = { online_version_id: 'oav_1', event, callback_info };
    expect((await byWebhook()).of('feishu.subscriptions').status).toBe('ok');
    feishu.appInfo = { online_version_id: 'oav_1', event: { ...event, request_url: 'https://old.example.com/' }, callback_info };
    expectCheck((await byWebhook()).of('feishu.subscriptions'), 'fail', /事件的请求地址不是/, /请求地址都填/);
  });

  it('hides secrets that the platform repeats, and what would move the cursor', async () => {
    feishu.fault(TOKEN_PATH, refusal(4711, `bad secret ${feishu.appSecret}\u001b[2J`));
    const { output } = await stream();
    noSecretIn(output);
    expect(output).toContain('bad secret ***[2J');
  });
});

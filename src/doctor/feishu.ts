import type { FeishuConfig } from '../config/load.ts';
import { type Check, verdicts } from './check.ts';
import { checkScopes, checkSubscriptions } from './feishu-app.ts';
import { codeOf, failureOf, isGood } from './feishu-reply.ts';
import { AGAIN, consoleOf, credentialSteps, streamSteps } from './feishu-steps.ts';
import { field, type Net, type Reply, textField } from './net.ts';

export interface FeishuOptions {
  readonly feishu: FeishuConfig;
  readonly publicUrl: string | null;
  readonly net: Net;
  /** Told each access token as it is got, so that nobody prints it. */
  readonly onSecret: (secret: string) => void;
}

const APP_ID = verdicts('feishu.app-id', 'App ID');
const CREDENTIALS = verdicts('feishu.credentials', '应用凭证');
const BOT = verdicts('feishu.bot', '机器人');
const STREAM = verdicts('feishu.stream', '长连接');
const WEBHOOK = verdicts('feishu.webhook', 'webhook');

const ORIGINS: Readonly<Record<string, string>> = { feishu: 'https://open.feishu.cn', lark: 'https://open.larksuite.com' };

/** Where the API of the domain is served. */
export const originOf = (domain: string): string => ORIGINS[domain] ?? domain;

/** The app as Feishu knows it. Changes nothing there, opens no connection that takes events, and never rejects because of what it finds. */
export async function checkFeishu({ feishu, publicUrl, net, onSecret }: FeishuOptions): Promise<Check[]> {
  const { appId, appSecret, mode } = feishu;
  const origin = originOf(feishu.domain);
  const app = { appId, mode, console: consoleOf(origin, appId), callbackUrl: publicUrl === null ? null : `${publicUrl}/webhooks/feishu` };
  const post = (path: string, body: object): Promise<Reply> =>
    net.ask(`${origin}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', locale: 'zh' },
      body: JSON.stringify(body),
    });

  // Side by side: a wrong secret and a wrong domain look alike to the first, and the second tells them apart.
  const [granted, endpoint] = await Promise.all([
    post('/open-apis/auth/v3/tenant_access_token/internal', { app_id: appId, app_secret: appSecret }),
    mode === 'stream' ? post('/callback/ws/endpoint', { AppID: appId, AppSecret: appSecret }) : null,
  ]);
  const intake = endpoint === null ? webhook(feishu, app.callbackUrl) : stream(endpoint, feishu.domain);
  const token = field(isGood(granted) ? granted.body : null, 'tenant_access_token');
  if (typeof token !== 'string') {
    const unknown = ['feishu.bot', 'feishu.scopes', 'feishu.subscriptions'].map((id, at) =>
      verdicts(id, ['机器人', '权限', '事件与回调'][at] ?? id).skipped('凭证可用后才能检查'),
    );
    return [form(feishu), credentialFault(granted, endpoint, feishu, origin), intake, ...unknown];
  }
  onSecret(token);
  const get = (path: string): Promise<Reply> => net.ask(`${origin}${path}`, { headers: { authorization: `Bearer ${token}` } });
  const [bot, scopes, subscriptions] = await Promise.all([
    get('/open-apis/bot/v3/info').then((reply) => botState(reply, app.console)),
    checkScopes(get, app),
    checkSubscriptions(get, app),
  ]);
  return [form(feishu), CREDENTIALS.ok('有效'), intake, bot, scopes, subscriptions];
}

function form({ appId, mode }: FeishuConfig): Check {
  if (/^cli_[0-9a-f]{16}$/i.test(appId)) return APP_ID.ok(appId);
  const next = `在飞书开放平台打开应用，“凭证与基础信息”里复制 App ID 到 FEISHU_APP_ID，${AGAIN}`;
  const found = `${appId} 不像自建应用的 App ID（cli_ 加 16 位 0-9、a-f）`;
  return mode === 'stream' ? APP_ID.fail(`${found}，长连接不会启动`, next) : APP_ID.warn(found, next);
}

function credentialFault(granted: Reply, endpoint: Reply | null, { domain }: FeishuConfig, origin: string): Check {
  if (!granted.isAnswered || codeOf(granted) === null) {
    const host = new URL(origin).host;
    const found = granted.isAnswered ? failureOf(granted) : `连不上 ${host}：${granted.reason}`;
    return CREDENTIALS.fail(
      found,
      `确认这台机器能访问 ${host}（例如 curl -I ${origin}），FEISHU_DOMAIN 填得对（国内 feishu，国际版 lark），${AGAIN}`,
    );
  }
  const isOtherDomain = endpoint !== null && codeOf(endpoint) === 1000040351;
  const [detail, next] = credentialSteps(isOtherDomain ? 1000040351 : (codeOf(granted) ?? 0), domain);
  return CREDENTIALS.fail(`${detail}（${failureOf(granted)}）`, next);
}

/** Values of `activate_status` other than 2, in use. */
const BOT_STATES: Readonly<Record<number, string>> = {
  0: '还没有安装到企业',
  1: '被企业管理员停用',
  3: '已安装，等待启用',
  4: '新版本等待启用',
  5: '许可已过期',
  6: '套餐到期或降级',
};

function botState(reply: Reply, console: string): Check {
  const publish = `在 ${console}/version 创建版本并发布，请企业管理员在管理后台“工作台→应用管理”里审核、启用`;
  if (!isGood(reply)) {
    if (codeOf(reply) === 11205) {
      return BOT.fail('应用没有机器人能力', `在 ${console} 点“添加应用能力”，添加“机器人”，再创建版本并发布，${AGAIN}`);
    }
    return BOT.fail(`查不到机器人：${failureOf(reply)}`, `确认已添加“机器人”能力；${publish}，${AGAIN}`);
  }
  const bot = field(reply.body, 'bot');
  const name = textField(bot, 'app_name');
  const status = Number(field(bot, 'activate_status') ?? -1);
  if (status === 2) return BOT.ok(`“${name}”已启用`);
  const found = `“${name}”${BOT_STATES[status] ?? `状态 ${status}`}`;
  return status === 4 ? BOT.warn(`${found}，旧版本仍在用`, `${publish}。`) : BOT.fail(found, `${publish}，${AGAIN}`);
}

/** The answer holds the address of the connection with a ticket in it, which is not shown; nothing is opened. */
function stream(reply: Reply, domain: string): Check {
  if (isGood(reply) && typeof field(reply.body, 'data', 'URL') === 'string') return STREAM.ok('平台允许建立长连接');
  const code = codeOf(reply);
  if (code === null || code === 0) return STREAM.fail(`没有得到长连接的地址：${failureOf(reply)}`, `检查网络和 FEISHU_DOMAIN，${AGAIN}`);
  const { detail, next, isPassing } = streamSteps(code, domain);
  return isPassing ? STREAM.warn(`${detail}（${failureOf(reply)}）`, next) : STREAM.fail(`${detail}（${failureOf(reply)}）`, next);
}

function webhook({ encryptKey, verificationToken }: FeishuConfig, callbackUrl: string | null): Check {
  const missing = [encryptKey === null ? 'FEISHU_ENCRYPT_KEY' : null, verificationToken === null ? 'FEISHU_VERIFICATION_TOKEN' : null];
  const names = missing.filter((name) => name !== null);
  if (names.length > 0) {
    return WEBHOOK.fail(`缺少 ${names.join('、')}`, `在飞书开放平台打开应用，“事件与回调”→“加密策略”里复制，${AGAIN}`);
  }
  return WEBHOOK.ok(`密钥齐全；请求地址应填 ${callbackUrl ?? '<公网地址>/webhooks/feishu'}`);
}

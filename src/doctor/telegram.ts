import type { TelegramConfig } from '../config/load.ts';
import { type Check, verdicts } from './check.ts';
import { field, type Net, type Reply, textField, texts } from './net.ts';

export interface TelegramOptions {
  readonly telegram: TelegramConfig;
  readonly publicUrl: string | null;
  readonly net: Net;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const TOKEN = verdicts('telegram.token', '令牌');
const WEBHOOK = verdicts('telegram.webhook', 'webhook');
const POLLERS = verdicts('telegram.pollers', '轮询冲突');
const PRIVACY = verdicts('telegram.privacy', '群聊隐私模式');
const GROUPS = verdicts('telegram.groups', '加入群聊');
const AGAIN = '再运行一次 npx wence doctor。';

type Call = (method: string, payload?: object) => Promise<Reply>;

/** The bot as Telegram knows it. Changes nothing there, takes no message away, and never rejects because of what it finds. */
export async function checkTelegram({ telegram, publicUrl, net, now }: TelegramOptions): Promise<Check[]> {
  const call: Call = (method, payload = {}) =>
    net.ask(`${telegram.apiRoot}/bot${telegram.token}/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(payload),
    });
  const me = await call('getMe');
  if (!isDone(me))
    return [tokenFault(me, telegram.apiRoot), ...[WEBHOOK, PRIVACY, GROUPS].map((check) => check.skipped('令牌可用后才能检查'))];

  const bot = field(me.body, 'result');
  const name = `@${textField(bot, 'username')}`;
  const hook = await call('getWebhookInfo');
  const info = isDone(hook) ? field(hook.body, 'result') : null;
  const intake =
    info === null
      ? [WEBHOOK.warn(`查不到 webhook 的状态：${failureOf(hook)}`, `过一会儿${AGAIN}`)]
      : telegram.mode === 'polling'
        ? [pollingWebhook(info), ...(await checkPollers(info, call))]
        : [webhook(info, `${publicUrl ?? ''}/webhooks/telegram`, now())];
  return [TOKEN.ok(`有效，机器人是 ${name}`), ...intake, privacy(bot, name), groups(bot, name)];
}

const isDone = (reply: Reply): reply is Extract<Reply, { isAnswered: true }> =>
  reply.isAnswered && reply.status === 200 && field(reply.body, 'ok') === true;

const failureOf = (reply: Reply): string =>
  reply.isAnswered ? `HTTP ${reply.status} ${textField(reply.body, 'description')}`.trim() : reply.reason;

function tokenFault(reply: Reply, apiRoot: string): Check {
  const { host, origin } = new URL(apiRoot);
  if (!reply.isAnswered) {
    return TOKEN.fail(
      `连不上 ${host}：${reply.reason}`,
      `确认这台机器能访问 ${host}（例如 curl -I ${origin}）。所在网络访问不了 Telegram 时，把 Wence 放到能访问的机器上，或把 TELEGRAM_API_ROOT 指向自建的 Bot API 服务。`,
    );
  }
  const isBotApi = field(reply.body, 'ok') === false;
  if (reply.status === 401) {
    return TOKEN.fail(
      'Telegram 不认这个令牌：写错了，或已被换掉',
      `在 Telegram 里向 @BotFather 发 /mybots，选中机器人，点 API Token，整段复制到 TELEGRAM_BOT_TOKEN（令牌泄露过就点 Revoke current token 换新的），${AGAIN}`,
    );
  }
  if (reply.status === 404 || !isBotApi) {
    return TOKEN.fail(
      `${host} 没有按 Bot API 回应（HTTP ${reply.status}）：地址不对，或令牌的写法不对`,
      `把 TELEGRAM_API_ROOT 改成 https://api.telegram.org（后面不带 /bot），或自建 Bot API 服务的地址；再核对 TELEGRAM_BOT_TOKEN 是完整的一段，${AGAIN}`,
    );
  }
  return TOKEN.fail(`Telegram 没有接受：${failureOf(reply)}`, `过一会儿${AGAIN}`);
}

/** Only the host: others put secrets into the path. */
const hostOf = (url: string): string => URL.parse(url)?.host ?? '未知地址';
const urlOf = (info: unknown): string => textField(info, 'url');

function pollingWebhook(info: unknown): Check {
  const url = urlOf(info);
  if (url === '') return WEBHOOK.ok('没有设置 webhook，可以轮询');
  return WEBHOOK.warn(
    `这个机器人现在把消息推给 ${hostOf(url)}；Wence 启动时会取消它，那边就再也收不到消息`,
    '那边是正式环境，就不要用这个令牌启动：向 @BotFather 发 /newbot 另建一个机器人来试用。那边已经不用了，直接启动即可。',
  );
}

/**
 * Asks once for updates, to see whether somebody else takes them. Nothing is lost by it: Telegram forgets an update only when a later request
 * has a higher `offset`, and this one has none; the kinds of update asked for stay as they are, because `allowed_updates` is left out. And with
 * a time-out of 0 it does not end the waiting request of a Wence that is running, which a long poll would. The price: two processes that poll
 * in turns may go unnoticed here. Those find out by themselves; `/readyz` tells.
 */
async function checkPollers(info: unknown, call: Call): Promise<Check[]> {
  if (urlOf(info) !== '') return [];
  const reply = await call('getUpdates', { timeout: 0, limit: 1 });
  if (reply.isAnswered && reply.status === 409) {
    return [
      POLLERS.warn(
        '另有程序正在用同一个令牌收消息，两边会互相打断',
        '找到并停掉另一个程序（另一台机器、旧的部署、开发环境）。每个环境用自己的机器人；找不到就向 @BotFather 发 /revoke 换新令牌。',
      ),
    ];
  }
  const pending = Number(field(info, 'pending_update_count') ?? 0);
  if (!isDone(reply)) return [POLLERS.warn(`试收消息没有成功：${failureOf(reply)}`, `过一会儿${AGAIN}`)];
  return [POLLERS.ok(pending === 0 ? '没有发现冲突' : `没有发现冲突，有 ${pending} 条消息等着收取`)];
}

const RECENT_MS = 3_600_000;
const MANY_PENDING = 100;

/** What Telegram says it met when it called us, and what to do about it. */
const WEBHOOK_STEPS: readonly (readonly [RegExp, string])[] = [
  [/401|403/, 'Telegram 带来的密钥与 TELEGRAM_WEBHOOK_SECRET 不一致：重启 Wence，它会重新登记。'],
  [/404/, '反向代理没有把 /webhooks/telegram 转发给 Wence：检查转发规则。'],
  [/50\d/, 'Wence 没有在运行，或反向代理转发不到它：启动 Wence，检查转发的端口。'],
  [/SSL|certificate/i, '证书有问题：换上受信任机构签发、带完整证书链的证书。'],
  [/refused|unreachable|resolve|timed? ?out|timeout/i, 'Telegram 连不上 PUBLIC_URL：检查域名、端口（443、80、88、8443）和防火墙。'],
];

function webhook(info: unknown, expected: string, nowMs: number): Check {
  const url = urlOf(info);
  if (url === '') return WEBHOOK.warn('还没有登记', '启动 Wence 时会自动登记；如果它已经在运行，看它的日志里 telegram 的报错。');
  if (url !== expected) {
    return WEBHOOK.warn(
      `登记的地址在 ${hostOf(url)}，不是 ${expected}；Wence 启动时会改过来，原来那边就收不到消息`,
      '那边是另一个环境，就另建一个机器人；是旧地址，启动 Wence 即可。',
    );
  }
  const kinds = texts(field(info, 'allowed_updates'));
  if (kinds.length > 0 && !kinds.includes('callback_query')) {
    return WEBHOOK.warn('没有登记 callback_query，按钮点了没有反应', '重启 Wence，它会重新登记。');
  }
  const pending = Number(field(info, 'pending_update_count') ?? 0);
  const fault = field(info, 'last_error_message');
  const faultMs = Number(field(info, 'last_error_date') ?? 0) * 1000;
  if (typeof fault === 'string' && (pending > 0 || nowMs - faultMs < RECENT_MS)) {
    const next = WEBHOOK_STEPS.find(([pattern]) => pattern.test(fault))?.[1] ?? '按 Telegram 的报错检查服务器。';
    return WEBHOOK.warn(`Telegram 推送失败：${fault}；${pending} 条消息在等`, `${next}改好后${AGAIN}`);
  }
  if (pending >= MANY_PENDING)
    return WEBHOOK.warn(`${pending} 条消息积压`, '看 Wence 是否在运行、日志有没有报错；Telegram 最多保留 24 小时。');
  return WEBHOOK.ok(`已登记 ${expected}${pending > 0 ? `，${pending} 条消息在等` : ''}`);
}

function privacy(bot: unknown, name: string): Check {
  if (field(bot, 'can_read_all_group_messages') === true) return PRIVACY.ok('已关闭，群里 @ 机器人就能收到');
  return PRIVACY.warn(
    '已打开：群里直接 @ 机器人的话可能收不到，私聊不受影响',
    [
      '两个办法任选一个：',
      `① 向 @BotFather 发 /setprivacy，选 ${name}，点 Disable，然后把机器人移出群再重新加入；`,
      `② 不改设置，让大家在群里用 /ask${name} 加问题，或回复机器人的消息来问。`,
    ].join('\n'),
  );
}

function groups(bot: unknown, name: string): Check {
  if (field(bot, 'can_join_groups') !== false) return GROUPS.ok('允许');
  return GROUPS.warn('不允许把机器人加进群', `要在群里用，就向 @BotFather 发 /setjoingroups，选 ${name}，点 Enable；只用私聊可以不管。`);
}

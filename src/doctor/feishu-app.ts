import { type Check, verdicts } from './check.ts';
import { codeOf, failureOf, isGood } from './feishu-reply.ts';
import { AGAIN } from './feishu-steps.ts';
import { field, type Reply, textField, texts } from './net.ts';

/** What is looked up of the app in the console. */
export interface AppFacts {
  readonly appId: string;
  readonly mode: 'stream' | 'webhook';
  /** Its page in the developers' console. */
  readonly console: string;
  /** Where the platform should call us; null when we have no public address. */
  readonly callbackUrl: string | null;
}

type Get = (path: string) => Promise<Reply>;

/** What the bot may do, by any one of the scopes. The first is the one to apply for. */
const NEEDS: readonly (readonly [purpose: string, scopes: readonly string[]])[] = [
  ['收私聊消息', ['im:message.p2p_msg:readonly', 'im:message.p2p_msg']],
  [
    '收群里 @ 机器人的消息',
    ['im:message.group_at_msg:readonly', 'im:message.group_at_msg', 'im:message.group_at_msg.include_bot:readonly'],
  ],
  ['发消息', ['im:message:send_as_bot', 'im:message']],
];

/** What it can do without. */
const MAY: typeof NEEDS = [
  ['接收放进资料库的文件', ['im:message:readonly', 'im:message', 'im:message.history:readonly']],
  ['工作人员不 @ 机器人也能回复卡片', ['im:message.group_msg']],
  ['每周简报带图表', ['im:resource:upload', 'im:resource']],
];

const GRANTED = 1;
const SCOPES = verdicts('feishu.scopes', '权限');
const SUBSCRIPTIONS = verdicts('feishu.subscriptions', '事件与回调');

/** Scopes by name with their `grant_status`: 1 granted, 2 not. Those of users (`scope_type` user) do not help a bot. */
function grantsOf(reply: Reply): ReadonlyMap<string, number> | null {
  const list = isGood(reply) ? field(reply.body, 'data', 'scopes') : null;
  if (!Array.isArray(list)) return null;
  const ours = list.filter((item) => field(item, 'scope_type') !== 'user');
  return new Map(ours.map((item) => [textField(item, 'scope_name'), Number(field(item, 'grant_status'))]));
}

/** Whether the organisation has granted what the bot needs. */
export async function checkScopes(get: Get, { console }: AppFacts): Promise<Check> {
  const reply = await get('/open-apis/application/v6/scopes');
  const publish = `再在 ${console}/version 创建版本并发布，${AGAIN}`;
  if (codeOf(reply) === 212100)
    return SCOPES.fail('应用还没有安装到企业', `在 ${console}/version 创建版本并发布，请企业管理员审核通过，${AGAIN}`);
  const grants = grantsOf(reply);
  if (grants === null) {
    const byHand = NEEDS.map(([purpose, [scope]]) => `${purpose} ${scope}`).join('；');
    return SCOPES.skipped(`没能查到（${failureOf(reply)}）`, `在 ${console}/auth 人工核对这三项已开通：${byHand}。`);
  }
  const lacking = (wanted: typeof NEEDS) => wanted.filter(([, scopes]) => !scopes.some((scope) => grants.get(scope) === GRANTED));
  const missing = lacking(NEEDS);
  if (missing.length === 0) {
    const more = lacking(MAY).map(([purpose, [scope]]) => `${purpose}（${scope}）`);
    return SCOPES.ok(`收私聊、收群聊 @、发消息都已授权${more.length === 0 ? '' : `；还可按需开通：${more.join('、')}`}`);
  }
  const told = missing.map(([purpose, scopes]) => {
    const isApplied = scopes.some((scope) => grants.has(scope));
    return `${purpose}（${scopes[0] ?? ''}${isApplied ? '，已申请，还没有生效' : ''}）`;
  });
  const wanted = missing.map(([, [scope]]) => scope).join(',');
  return SCOPES.fail(`缺少：${told.join('、')}`, `打开 ${console}/auth?q=${wanted}&op_from=openapi&token_type=tenant 点“开通”，${publish}`);
}

const MESSAGE_EVENT = 'im.message.receive_v1';
const CARD_CALLBACK = 'card.action.trigger';

/** What the app is subscribed to, as far as the platform tells; a list is null when it does not. */
interface Subscriptions {
  readonly events: readonly string[] | null;
  readonly eventsBy: unknown;
  readonly eventsTo: unknown;
  readonly callbacks: readonly string[] | null;
  readonly callbacksBy: unknown;
  readonly callbacksTo: unknown;
}

/**
 * Whether messages and button presses reach us: the setting people miss most, because the platform reports no fault, it just stays silent.
 * Needs the scope `application:application:self_manage`, which the bot itself can do without: unknown is no failure.
 */
export async function checkSubscriptions(get: Get, facts: AppFacts): Promise<Check> {
  const { appId, mode, console, callbackUrl } = facts;
  const by = mode === 'stream' ? '“使用长连接接收”' : '“将事件/回调发送至开发者服务器”';
  const where = `${console}/event`;
  const byHand = `在 ${where} 人工核对：“事件配置”用${by}方式订阅了 ${MESSAGE_EVENT}，“回调配置”用同样的方式订阅了 ${CARD_CALLBACK}，之后发布过版本。`;
  const reply = await get(`/open-apis/application/v6/applications/${appId}?lang=zh_cn`);
  const app = isGood(reply) ? field(reply.body, 'data', 'app') : null;
  if (app === null || app === undefined) {
    return SUBSCRIPTIONS.skipped(`查不到（${failureOf(reply)}）；开通 application:application:self_manage 后可以自动检查`, byHand);
  }
  const version = field(app, 'online_version_id');
  if (version === '') return SUBSCRIPTIONS.fail('应用还没有发布过版本', `在 ${console}/version 创建版本并发布，${AGAIN}`);
  const found = await subscriptionsOf(app, version, appId, get);

  const mistakes = mistakesOf(found, mode, callbackUrl);
  if (mistakes.length > 0) {
    return SUBSCRIPTIONS.fail(
      mistakes.join('；'),
      [
        `打开 ${where}：`,
        mode === 'stream'
          ? '① 先用 npx wence start 启动 Wence（保存长连接方式时平台要看到它在线）；'
          : `① 请求地址都填 ${callbackUrl ?? '<公网地址>/webhooks/feishu'}；`,
        `② “事件配置”选${by}，添加事件 ${MESSAGE_EVENT}；“回调配置”选同样的方式，添加回调 ${CARD_CALLBACK}；`,
        `③ 在 ${console}/version 创建版本并发布，${AGAIN}`,
      ].join('\n'),
    );
  }
  if (found.events === null || found.callbacks === null) return SUBSCRIPTIONS.skipped('平台没有说明订阅了什么', byHand);
  return SUBSCRIPTIONS.ok(`已订阅 ${MESSAGE_EVENT} 和 ${CARD_CALLBACK}`);
}

async function subscriptionsOf(app: unknown, version: unknown, appId: string, get: Get): Promise<Subscriptions> {
  const callback = field(app, 'callback_info') ?? field(app, 'callback');
  const events = field(app, 'event', 'subscribed_events');
  const callbacks = field(callback, 'subscribed_callbacks');
  return {
    events: Array.isArray(events) ? texts(events) : await eventsOfVersion(version, appId, get),
    eventsBy: field(app, 'event', 'subscription_type'),
    eventsTo: field(app, 'event', 'request_url'),
    callbacks: Array.isArray(callbacks) ? texts(callbacks) : null,
    callbacksBy: field(callback, 'callback_type'),
    callbacksTo: field(callback, 'request_url'),
  };
}

async function eventsOfVersion(version: unknown, appId: string, get: Get): Promise<string[] | null> {
  if (typeof version !== 'string' || !/^[\w-]+$/.test(version)) return null;
  const reply = await get(`/open-apis/application/v6/applications/${appId}/app_versions/${version}?lang=zh_cn`);
  const infos = isGood(reply) ? field(reply.body, 'data', 'app_version', 'event_infos') : null;
  return Array.isArray(infos) ? texts(infos.map((info) => field(info, 'event_type'))) : null;
}

function mistakesOf(found: Subscriptions, mode: AppFacts['mode'], callbackUrl: string | null): string[] {
  const expected = mode === 'stream' ? 'websocket' : 'webhook';
  const isOther = (way: unknown): boolean => (way === 'websocket' || way === 'webhook') && way !== expected;
  const isElsewhere = (url: unknown): boolean =>
    mode === 'webhook' && callbackUrl !== null && typeof url === 'string' && url !== '' && url !== callbackUrl;
  const name = { websocket: '长连接', webhook: 'webhook' } as const;
  const mistakes = [
    found.events !== null && !found.events.includes(MESSAGE_EVENT) && `没有订阅事件 ${MESSAGE_EVENT}，收不到消息`,
    found.callbacks !== null &&
      !found.callbacks.includes(CARD_CALLBACK) &&
      `没有订阅回调 ${CARD_CALLBACK}，按钮点了没有反应（报错 200340）`,
    isOther(found.eventsBy) && `事件的接收方式不是${name[expected]}，与 FEISHU_MODE=${mode} 不符`,
    isOther(found.callbacksBy) && `回调的接收方式不是${name[expected]}，与 FEISHU_MODE=${mode} 不符`,
    isElsewhere(found.eventsTo) && `事件的请求地址不是 ${callbackUrl ?? ''}`,
    isElsewhere(found.callbacksTo) && `回调的请求地址不是 ${callbackUrl ?? ''}`,
  ];
  return mistakes.filter((mistake) => mistake !== false);
}

export const AGAIN = '再运行一次 npx wence doctor。';

/** The app's page in the developers' console. */
export const consoleOf = (origin: string, appId: string): string => `${origin}/app/${appId}`;

const otherDomain = (domain: string): string => (domain === 'lark' ? 'feishu' : 'lark');

const COPY =
  '在飞书开放平台打开应用，“凭证与基础信息”里重新复制 App ID 和 App Secret 到 FEISHU_APP_ID、FEISHU_APP_SECRET（不要带引号和空格）';
const WRONG_DOMAIN = '域名不对：应用不在这个平台上';
const domainStep = (domain: string): string =>
  `把 FEISHU_DOMAIN 改成 ${otherDomain(domain)}（看开发者后台的网址：open.feishu.cn 是 feishu，open.larksuite.com 是 lark），${AGAIN}`;

/** What a code of `tenant_access_token/internal` means, and what to do. */
export function credentialSteps(code: number, domain: string): readonly [detail: string, next: string] {
  switch (code) {
    case 10003:
      return ['App ID 或 App Secret 的写法不对', `${COPY}，${AGAIN}`];
    case 10014:
      return [
        'App ID 不存在，或 App Secret 不对',
        `${COPY}。国际版 Lark 的应用要设 FEISHU_DOMAIN=lark，国内飞书设 feishu，现在是 ${domain}。${AGAIN}`,
      ];
    case 1000040351:
      return [WRONG_DOMAIN, domainStep(domain)];
    case 99991400:
      return ['请求太频繁，被限流', `等一分钟，${AGAIN}`];
    case 99991401:
      return ['这台机器的出口 IP 不在应用的白名单里', `在开发者后台“安全设置”→“IP 白名单”里加上出口 IP，或清空白名单，${AGAIN}`];
    default:
      return ['飞书没有接受应用凭证', `${COPY}，并确认应用没有被停用，${AGAIN}`];
  }
}

export interface StreamSteps {
  readonly detail: string;
  readonly next: string;
  /** It may go away by itself. */
  readonly isPassing: boolean;
}

/** What a code of `/callback/ws/endpoint` means, and what to do. */
export function streamSteps(code: number, domain: string): StreamSteps {
  switch (code) {
    case 1:
    case 1000040343:
      return { detail: '平台忙', next: `过一会儿${AGAIN}Wence 遇到它会自己重试。`, isPassing: true };
    case 403:
      return {
        detail: '不许使用长连接',
        next: `确认应用是“企业自建应用”（商店应用不支持），已添加“机器人”能力并发布；仍不行就改用 FEISHU_MODE=webhook，${AGAIN}`,
        isPassing: false,
      };
    case 514:
      return { detail: 'App ID 或 App Secret 不对', next: `${COPY}，${AGAIN}`, isPassing: false };
    case 1000040350:
      return {
        detail: '这个应用的长连接太多（上限 50 个）',
        next: '停掉多余的进程和旧的部署，等几分钟。每个环境用自己的应用：同一应用的多个连接会分走彼此的消息。',
        isPassing: false,
      };
    case 1000040351:
      return { detail: WRONG_DOMAIN, next: domainStep(domain), isPassing: false };
    default:
      return {
        detail: '平台没有允许长连接',
        next: `确认应用是已发布的企业自建应用，App ID、App Secret、FEISHU_DOMAIN 都对，${AGAIN}`,
        isPassing: false,
      };
  }
}

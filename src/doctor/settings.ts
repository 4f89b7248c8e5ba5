import type { Config } from '../config/load.ts';
import { AppError } from '../domain/errors.ts';
import { type Check, verdicts } from './check.ts';

export interface SettingsSource {
  /**
   * Reads and checks the settings as if those named were not set.
   * @throws {AppError} `CONFIG_INVALID` for the first wrong one
   */
  readonly load: (leftOut: ReadonlySet<string>) => Config;
  /** Names with a value, in the environment or in .env. */
  readonly namesSet: readonly string[];
  /** Names of all settings there are. */
  readonly namesKnown: readonly string[];
}

export interface SettingsFindings {
  readonly checks: readonly Check[];
  /** The settings that are right, the others at their defaults; null when they could not be read at all. */
  readonly config: Config | null;
  /** Names of the wrong ones. What depends on them is not worth checking. */
  readonly wrong: ReadonlySet<string>;
}

const TITLE = '设置';
const WHERE = '写在 .env 文件或环境变量里（两处都有时以环境变量为准），再运行一次 npx wence doctor。';

/** Where the right value is found. */
const HELP: Readonly<Record<string, string>> = {
  PORT: '填 0 到 65535 之间的整数，例如 PORT=3000',
  HOST: '只给本机用填 127.0.0.1，要让别的机器访问填 0.0.0.0',
  DATABASE_URL: '填 postgres://用户:密码@主机/数据库；不用 PostgreSQL 就删掉这一行',
  PUBLIC_URL: '填平台能访问到的完整地址，例如 https://wence.example.com',
  LOG_LEVEL: '填 fatal、error、warn、info、debug、silent 之一',
  TELEGRAM_BOT_TOKEN: '在 Telegram 里向 @BotFather 发 /mybots，选中机器人，点 API Token，整段复制（形如 123456789:AA…，不要带引号和空格）',
  TELEGRAM_MODE: '填 polling（轮询，不需要公网地址）或 webhook',
  TELEGRAM_API_ROOT: '填 https://api.telegram.org，或自建 Bot API 服务的地址',
  TELEGRAM_WEBHOOK_SECRET: '自己定一串 16 到 256 位的字母、数字、下划线或短横，例如用 openssl rand -hex 24 生成',
  FEISHU_APP_ID: '在飞书开放平台打开应用，“凭证与基础信息”里复制 App ID（cli_ 加 16 位）',
  FEISHU_APP_SECRET: '在飞书开放平台打开应用，“凭证与基础信息”里复制 App Secret',
  FEISHU_MODE: '填 stream（长连接，不需要公网地址）或 webhook',
  FEISHU_ENCRYPT_KEY: '在飞书开放平台打开应用，“事件与回调”→“加密策略”里复制 Encrypt Key',
  FEISHU_VERIFICATION_TOKEN: '在飞书开放平台打开应用，“事件与回调”→“加密策略”里复制 Verification Token',
  LLM_BASE_URL: '填兼容 OpenAI 的接口地址，例如 https://api.example.com/v1；不用大模型就删掉这一行',
  LLM_API_KEY: '在模型服务商的控制台复制密钥，整段粘贴，不要带引号和空格',
  LLM_MODEL: '填接口里的模型名称，例如 qwen-plus',
  LLM_USES: '填 rewrite、wording，用逗号隔开；都不要填 none',
  LLM_TIMEOUT_MS: '填毫秒数，例如 4000',
  LLM_DAILY_TOKENS: '填每天最多用的 token 数，例如 1000000',
  EMBEDDING_BASE_URL: '填兼容 OpenAI 的向量接口地址；不用就删掉这一行',
  EMBEDDING_API_KEY: '在模型服务商的控制台复制密钥，整段粘贴，不要带引号和空格',
  EMBEDDING_MODEL: '填向量模型的名称，例如 text-embedding-v3',
  EMBEDDING_TIMEOUT_MS: '填毫秒数，例如 1500',
  EMBEDDING_DAILY_TOKENS: '填每天最多用的 token 数，例如 2000000',
  FEISHU_DOMAIN: '国内飞书填 feishu，国际版 Lark 填 lark，私有部署填完整地址',
};

/** The setting that turns a platform or a model on: without it the others of its kind are not required. */
const SWITCHES: readonly (readonly [RegExp, string])[] = [
  [/^TELEGRAM_/, 'TELEGRAM_BOT_TOKEN'],
  [/^FEISHU_/, 'FEISHU_APP_ID'],
  [/^LLM_/, 'LLM_BASE_URL'],
  [/^EMBEDDING_/, 'EMBEDDING_BASE_URL'],
];
const switchOf = (name: string): string | null => SWITCHES.find(([pattern]) => pattern.test(name))?.[1] ?? null;

/** Finds every wrong setting, not only the first, by leaving out the ones found and reading again. Passes on what is no `CONFIG_INVALID`. */
export function checkSettings({ load, namesSet, namesKnown }: SettingsSource): SettingsFindings {
  const wrong = new Map<string, Check>();
  const leftOut = new Set<string>();
  let config: Config | null = null;
  for (let rounds = 0; config === null && rounds <= 2 * namesKnown.length; rounds += 1) {
    try {
      config = load(leftOut);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'CONFIG_INVALID') throw error;
      const name = /^([A-Z][A-Z_]+):/.exec(error.message)?.[1] ?? '?';
      const help = HELP[name];
      const next = help === undefined ? `${error.hint}（${WHERE}）` : `${help}。${WHERE}`;
      if (!wrong.has(name)) wrong.set(name, verdicts(`settings.${name}`, name).fail(error.message.replace(`${name}: `, ''), next));
      // A missing setting stays missing: then the platform that requires it is left out.
      const cause = /because ([A-Z_]+) is/.exec(error.message)?.[1] ?? name;
      const out = [name, switchOf(leftOut.has(name) ? cause : name)].filter((item) => item !== null);
      if (out.every((item) => leftOut.has(item))) break;
      for (const item of out) leftOut.add(item);
    }
  }
  const checks = [...wrong.values(), ...checkNames(namesSet, namesKnown)];
  if (wrong.size === 0 && config !== null) checks.unshift(verdicts('settings.valid', TITLE).ok(describe(config)));
  return { checks, config, wrong: new Set(wrong.keys()) };
}

function describe({ telegram, feishu, databaseUrl }: Config): string {
  const platforms = [
    telegram && `Telegram（${telegram.mode === 'polling' ? '轮询' : 'webhook'}）`,
    feishu && `飞书（${feishu.mode === 'stream' ? '长连接' : 'webhook'}）`,
  ].filter((item) => item !== null);
  const doors = ['网页与 HTTP 接口', ...platforms].join('、');
  return `全部有效。开通：${doors}；数据库：${databaseUrl === null ? 'SQLite' : 'PostgreSQL'}`;
}

/** Misspelt names do nothing and say nothing; neither do the settings of a platform that is not turned on. */
function checkNames(namesSet: readonly string[], namesKnown: readonly string[]): Check[] {
  const unknown = namesSet.filter((name) => /^(TELEGRAM|FEISHU|LARK|WENCE|LLM|EMBEDDING)_/.test(name) && !namesKnown.includes(name));
  const misspelt = unknown.map((name) => {
    const meant = closest(name, namesKnown);
    const next =
      meant === null
        ? `删掉 ${name}；全部设置见 npx wence config。`
        : `如果想设置的是 ${meant}，把名字改过来；否则可以不管。全部设置见 npx wence config。`;
    return verdicts(`settings.${name}`, name).warn('没有这个设置，不起作用', next);
  });
  const idle = SWITCHES.flatMap(([pattern, turnsOn]) => {
    const set = namesSet.filter((name) => pattern.test(name) && namesKnown.includes(name));
    if (set.length === 0 || set.includes(turnsOn)) return [];
    const next = `要开通就再设 ${turnsOn}：${HELP[turnsOn] ?? ''}。不开通可以不管。`;
    return [verdicts(`settings.${turnsOn}`, turnsOn).warn(`设置了 ${set.join('、')}，但没有 ${turnsOn}，所以没有开通`, next)];
  });
  return [...misspelt, ...idle];
}

/** @example closest('LARK_SECRET', ['FEISHU_APP_ID', 'FEISHU_APP_SECRET']) // → 'FEISHU_APP_SECRET' */
function closest(name: string, known: readonly string[]): string | null {
  const words = new Set(name.replace(/^LARK_/, 'FEISHU_').split('_'));
  const shared = (other: string): number => {
    const theirs = other.split('_');
    return theirs.filter((word) => words.has(word)).length / new Set([...words, ...theirs]).size;
  };
  const [best] = known.toSorted((a, b) => shared(b) - shared(a));
  return best !== undefined && shared(best) >= 0.5 ? best : null;
}

import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { AppError } from '../domain/errors.ts';
import { type LLM_USES, SETTINGS, type Setting } from './schema.ts';

export interface TelegramConfig {
  readonly token: string;
  readonly mode: 'polling' | 'webhook';
  readonly apiRoot: string;
  readonly webhookSecret: string | null;
}

export interface FeishuConfig {
  readonly appId: string;
  readonly appSecret: string;
  readonly mode: 'stream' | 'webhook';
  readonly encryptKey: string | null;
  readonly verificationToken: string | null;
  /** `feishu`, `lark`, or the address of an API server. */
  readonly domain: string;
}

/** An OpenAI-compatible API, the model to use there, and how much of its time and tokens. */
export interface EndpointConfig {
  readonly baseUrl: string;
  readonly apiKey: string | null;
  readonly model: string;
  readonly timeoutMs: number;
  readonly dailyTokens: number;
}

export interface LlmConfig extends EndpointConfig {
  readonly uses: readonly (typeof LLM_USES)[number][];
}

/** A collector of traces, by the OpenTelemetry protocol over HTTP. */
export interface TracingConfig {
  /** Without `/v1/traces`. */
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
  /** Of messages that are traced, from 0 to 1. */
  readonly ratio: number;
}

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** Null: the SQLite file in `dataDir`. */
  readonly databaseUrl: string | null;
  /** Null: large collections are searched in the database itself. */
  readonly databaseReadUrl: string | null;
  readonly knowledgeDir: string;
  readonly publicUrl: string | null;
  /** How many reverse proxies stand in front. */
  readonly trustProxy: number;
  /** IANA name. */
  readonly timeZone: string;
  readonly logLevel: string;
  readonly staffContact: string;
  /** Null: the one in `dataDir`. */
  readonly pseudonymKey: string | null;
  /** Null: not set up, the channel is off. */
  readonly telegram: TelegramConfig | null;
  readonly feishu: FeishuConfig | null;
  /** Null: no language model has part in anything. */
  readonly llm: LlmConfig | null;
  readonly embedding: EndpointConfig | null;
  /** Null: nothing is traced. */
  readonly tracing: TracingConfig | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The environment of the process over the `.env` file of the working folder. */
export function readEnvironment(file = '.env'): Environment {
  const fromFile = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  return { ...fromFile, ...process.env };
}

function read(setting: Setting, environment: Environment): unknown {
  const raw = environment[setting.name]?.trim() || setting.fallback;
  if (raw === null) return null;
  const parsed = setting.schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const came = setting.isSecret ? `a value of ${raw.length} characters` : `"${raw}"`;
  throw new AppError('CONFIG_INVALID', `${setting.name}: expected ${setting.expected}, got ${came}.`, {
    hint: `Set ${setting.name} in the environment or in .env, and start again.`,
  });
}

function require<T>(value: T | null, name: string, why: string): T {
  if (value !== null) return value;
  throw new AppError('CONFIG_INVALID', `${name}: expected a value, because ${why}, got none.`, {
    hint: `Set ${name} in the environment or in .env, and start again.`,
  });
}

/**
 * Reads and checks all settings.
 * @throws {AppError} `CONFIG_INVALID` for the first wrong one: what was expected, what came, where to set it. Secrets are never repeated.
 */
export function loadConfig(environment: Environment = readEnvironment()): Config {
  const values = new Map<string, unknown>(SETTINGS.map((setting) => [setting.name, read(setting, environment)]));
  const get = <T>(name: (typeof SETTINGS)[number]['name']): T => values.get(name) as T;
  const publicUrl = get<string | null>('PUBLIC_URL');

  const telegramToken = get<string | null>('TELEGRAM_BOT_TOKEN');
  const telegramMode = get<'polling' | 'webhook'>('TELEGRAM_MODE');
  const webhookSecret = get<string | null>('TELEGRAM_WEBHOOK_SECRET');
  if (telegramToken !== null && telegramMode === 'webhook') {
    require(webhookSecret, 'TELEGRAM_WEBHOOK_SECRET', 'TELEGRAM_MODE is webhook');
    require(publicUrl, 'PUBLIC_URL', 'TELEGRAM_MODE is webhook');
  }

  const appId = get<string | null>('FEISHU_APP_ID');
  const feishuMode = get<'stream' | 'webhook'>('FEISHU_MODE');
  const encryptKey = get<string | null>('FEISHU_ENCRYPT_KEY');
  const verificationToken = get<string | null>('FEISHU_VERIFICATION_TOKEN');
  if (appId !== null && feishuMode === 'webhook') {
    require(encryptKey, 'FEISHU_ENCRYPT_KEY', 'FEISHU_MODE is webhook');
    require(verificationToken, 'FEISHU_VERIFICATION_TOKEN', 'FEISHU_MODE is webhook');
  }

  const endpoint = (prefix: 'LLM' | 'EMBEDDING'): EndpointConfig | null => {
    const baseUrl = get<string | null>(`${prefix}_BASE_URL`);
    if (baseUrl === null) return null;
    return {
      baseUrl,
      apiKey: get(`${prefix}_API_KEY`),
      model: require(get<string | null>(`${prefix}_MODEL`), `${prefix}_MODEL`, `${prefix}_BASE_URL is set`),
      timeoutMs: get(`${prefix}_TIMEOUT_MS`),
      dailyTokens: get(`${prefix}_DAILY_TOKENS`),
    };
  };
  const llm = endpoint('LLM');
  const collector = get<string | null>('OTEL_EXPORTER_OTLP_ENDPOINT');

  return {
    port: get('PORT'),
    host: get('HOST'),
    dataDir: get('DATA_DIR'),
    databaseUrl: get('DATABASE_URL'),
    databaseReadUrl: get('DATABASE_READ_URL'),
    knowledgeDir: get('KNOWLEDGE_DIR'),
    publicUrl,
    trustProxy: get('TRUST_PROXY'),
    timeZone: get('TIME_ZONE'),
    logLevel: get('LOG_LEVEL'),
    pseudonymKey: get<string | null>('PSEUDONYM_KEY'),
    staffContact: get('STAFF_CONTACT'),
    telegram:
      telegramToken === null ? null : { token: telegramToken, mode: telegramMode, apiRoot: get('TELEGRAM_API_ROOT'), webhookSecret },
    feishu:
      appId === null
        ? null
        : {
            appId,
            appSecret: require(get<string | null>('FEISHU_APP_SECRET'), 'FEISHU_APP_SECRET', 'FEISHU_APP_ID is set'),
            mode: feishuMode,
            encryptKey,
            verificationToken,
            domain: get('FEISHU_DOMAIN'),
          },
    llm: llm === null ? null : { ...llm, uses: get('LLM_USES') },
    embedding: endpoint('EMBEDDING'),
    tracing:
      collector === null
        ? null
        : {
            endpoint: collector,
            headers: get<TracingConfig['headers'] | null>('OTEL_EXPORTER_OTLP_HEADERS') ?? {},
            serviceName: get('OTEL_SERVICE_NAME'),
            ratio: get('OTEL_TRACES_SAMPLER_ARG'),
          },
  };
}

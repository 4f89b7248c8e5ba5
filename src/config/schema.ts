import { z } from 'zod';

/** One setting: its name in the environment, what it may be, and what it is for. Read by `load`, printed by `wence config`, tabled in the README. */
export interface Setting {
  readonly name: string;
  readonly schema: z.ZodType;
  /** In words, for the error message: "a port from 1 to 65535". */
  readonly expected: string;
  readonly description: string;
  readonly fallback: string | null;
  readonly isSecret: boolean;
}

const text = z.string().min(1);
const httpUrl = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''));
const port = z.coerce.number().int().min(0).max(65_535);
const milliseconds = z.coerce.number().int().min(100).max(60_000);
const tokens = z.coerce.number().int().min(0).max(1_000_000_000);

/** What a language model may be used for while a question is answered. */
export const LLM_USES = ['rewrite', 'wording'] as const;
const llmUses = z
  .string()
  .transform((list) => (list.trim() === 'none' ? [] : list.split(',').map((use) => use.trim())))
  .pipe(z.array(z.enum(LLM_USES)));

/** `name=value` pairs with commas between them, the values percent-encoded, as OpenTelemetry has them. */
const headers = z.string().transform((list, context): Readonly<Record<string, string>> => {
  const pairs = list
    .split(',')
    .map((pair) => /^\s*([!#$%&'*+.^_`|~\w-]+)\s*=\s*((?:[\x20-\x24\x26-\x7e]|%[2-6][0-9a-f]|%7[0-9a-e])+?)\s*$/i.exec(pair));
  if (!pairs.every((pair) => pair !== null)) {
    context.addIssue({ code: 'custom', message: 'no list of headers' });
    return z.NEVER;
  }
  return Object.fromEntries(pairs.map(([, name, value]) => [name!, decodeURIComponent(value!)]));
});

const timeZone = z.string().refine((zone) => {
  try {
    Intl.DateTimeFormat('en', { timeZone: zone }).format();
    return true;
  } catch {
    return false;
  }
});

const setting = (name: string, schema: z.ZodType, expected: string, description: string, fallback: string | null = null): Setting => ({
  name,
  schema,
  expected,
  description,
  fallback,
  isSecret: /TOKEN$|SECRET|KEY|DATABASE_(READ_)?URL|HEADERS$/.test(name),
});

export const SETTINGS = [
  setting('PORT', port, 'a port from 0 to 65535 (0: any free one)', 'Port of the web page, the HTTP API and the webhooks', '3000'),
  setting('HOST', text, 'an address to listen on', 'Address to listen on; 0.0.0.0 for all', '127.0.0.1'),
  setting('DATA_DIR', text, 'a folder', 'Folder of the database', './data'),
  setting(
    'DATABASE_URL',
    z.string().regex(/^postgres(ql)?:\/\//),
    'an address such as postgres://user:password@host/database',
    'PostgreSQL instead of the SQLite file in DATA_DIR',
  ),
  setting(
    'DATABASE_READ_URL',
    z.string().regex(/^postgres(ql)?:\/\//),
    'an address such as postgres://user:password@host/database',
    'A copy of that database that is only read (a streaming replica): large collections are searched there',
  ),
  setting('KNOWLEDGE_DIR', text, 'a folder', 'Folder of the library', './knowledge'),
  setting(
    'PUBLIC_URL',
    httpUrl,
    'an http(s) address',
    'Address under which the platforms reach this server; needed for the Telegram webhook',
  ),
  setting(
    'TRUST_PROXY',
    z.coerce.number().int().min(0).max(5),
    'a number of proxies from 0 to 5',
    'Reverse proxies in front whose word on the address of a visitor is taken',
    '0',
  ),
  setting(
    'TIME_ZONE',
    timeZone,
    'a time zone such as Asia/Shanghai',
    'Where the day begins at which a policy takes effect or expires',
    'Asia/Shanghai',
  ),
  setting(
    'LOG_LEVEL',
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']),
    'fatal, error, warn, info, debug or silent',
    'How much is logged; message texts only at debug',
    'info',
  ),
  setting(
    'PSEUDONYM_KEY',
    z.string().min(32),
    'at least 32 characters nobody can guess',
    'Key of the pseudonyms people are remembered by; without it one is made and kept in DATA_DIR. Processes that share a database need the same',
  ),
  setting('STAFF_CONTACT', text, 'a line of text', 'How to reach a person, as told to askers', '政务服务便民热线 12345'),
  setting('TELEGRAM_BOT_TOKEN', z.string().regex(/^\d+:[\w-]{30,}$/), 'a token such as 123456:ABC… from @BotFather', 'Turns Telegram on'),
  setting('TELEGRAM_MODE', z.enum(['polling', 'webhook']), 'polling or webhook', 'How Telegram messages arrive', 'polling'),
  setting('TELEGRAM_API_ROOT', httpUrl, 'an http(s) address', 'Bot API server', 'https://api.telegram.org'),
  setting(
    'TELEGRAM_WEBHOOK_SECRET',
    z.string().regex(/^[\w-]{16,256}$/),
    '16 to 256 letters, digits, _ or -',
    'Secret Telegram sends with each webhook call; required in webhook mode',
  ),
  setting('FEISHU_APP_ID', z.string().regex(/^cli_[0-9a-zA-Z]{16}$/), 'an app id such as cli_ and 16 characters', 'Turns Feishu on'),
  setting('FEISHU_APP_SECRET', text, 'the app secret', 'Secret of the Feishu app'),
  setting(
    'FEISHU_MODE',
    z.enum(['stream', 'webhook']),
    'stream or webhook',
    'How Feishu messages arrive: long connection or callback',
    'stream',
  ),
  setting('FEISHU_ENCRYPT_KEY', text, 'the Encrypt Key of the app', 'Required in webhook mode'),
  setting('FEISHU_VERIFICATION_TOKEN', text, 'the Verification Token of the app', 'Required in webhook mode'),
  setting(
    'FEISHU_DOMAIN',
    z.union([z.enum(['feishu', 'lark']), httpUrl]),
    'feishu, lark or an http(s) address',
    'Feishu in China, Lark elsewhere',
    'feishu',
  ),
  setting(
    'LLM_BASE_URL',
    httpUrl,
    'an http(s) address',
    'Turns the language model on: address of an OpenAI-compatible API, such as https://…/v1',
  ),
  setting('LLM_API_KEY', text, 'a key of the API', 'Key of that API, if it asks for one'),
  setting('LLM_MODEL', text, 'the name of a model', 'Model to use; required with LLM_BASE_URL'),
  setting(
    'LLM_USES',
    llmUses,
    'rewrite, wording, both with a comma between them, or none',
    'What the model does for an answer: rewrite a question nothing was found for, word a summary above the quote',
    'rewrite,wording',
  ),
  setting(
    'LLM_TIMEOUT_MS',
    milliseconds,
    '100 to 60000 milliseconds',
    'Longest an answer waits for the model, all its uses together',
    '4000',
  ),
  setting(
    'LLM_DAILY_TOKENS',
    tokens,
    'a number of tokens',
    'Tokens the model may use a day; then it is left alone until midnight UTC',
    '500000',
  ),
  setting(
    'EMBEDDING_BASE_URL',
    httpUrl,
    'an http(s) address',
    'Turns embeddings on as one more signal of ranking: address of an OpenAI-compatible API',
  ),
  setting('EMBEDDING_API_KEY', text, 'a key of the API', 'Key of that API, if it asks for one'),
  setting('EMBEDDING_MODEL', text, 'the name of a model', 'Embedding model to use; required with EMBEDDING_BASE_URL'),
  setting(
    'EMBEDDING_TIMEOUT_MS',
    milliseconds,
    '100 to 60000 milliseconds',
    'Longest an answer waits for the embedding of its question',
    '1500',
  ),
  setting('EMBEDDING_DAILY_TOKENS', tokens, 'a number of tokens', 'Tokens embeddings may use a day', '2000000'),
  setting(
    'OTEL_EXPORTER_OTLP_ENDPOINT',
    httpUrl,
    'an http(s) address',
    'Turns traces on: address of an OpenTelemetry collector that takes OTLP over HTTP, such as http://localhost:4318',
  ),
  setting(
    'OTEL_EXPORTER_OTLP_HEADERS',
    headers,
    'name=value, several with a comma between them, values percent-encoded',
    'Headers the collector asks for, such as a key',
  ),
  setting('OTEL_SERVICE_NAME', text, 'a name', 'What the traces call this service', 'wence'),
  setting(
    'OTEL_TRACES_SAMPLER_ARG',
    z.coerce.number().min(0).max(1),
    'a number from 0 to 1',
    'Share of messages that are traced; the same message in every process',
    '1',
  ),
] as const satisfies readonly Setting[];

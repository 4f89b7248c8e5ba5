import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { loadConfig, readEnvironment } from '../../src/config/load.ts';
import { SETTINGS } from '../../src/config/schema.ts';
import { AppError } from '../../src/domain/errors.ts';
import { temporaryFolder } from '../support/config.ts';

const TELEGRAM_TOKEN = `123456789:${'Aa0_-'.repeat(7)}`;
const APP_ID = 'cli_0123456789abcdef';

function faultOf(environment: Record<string, string>): AppError {
  try {
    loadConfig(environment);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('Expected the settings to be refused, but they loaded');
}

describe('settings', () => {
  it('have defaults that start the web page alone', () => {
    expect(loadConfig({})).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      dataDir: './data',
      databaseUrl: null,
      databaseReadUrl: null,
      knowledgeDir: './knowledge',
      publicUrl: null,
      logLevel: 'info',
      telegram: null,
      feishu: null,
      llm: null,
      embedding: null,
      tracing: null,
    });
  });

  it('left empty or blank count as not set', () => {
    expect(loadConfig({ PORT: '', HOST: '  ', TELEGRAM_BOT_TOKEN: ' ' })).toEqual(loadConfig({}));
  });

  it('turn a platform on when its credentials are there', () => {
    const { telegram, feishu } = loadConfig({ TELEGRAM_BOT_TOKEN: TELEGRAM_TOKEN, FEISHU_APP_ID: APP_ID, FEISHU_APP_SECRET: 's' });
    expect(telegram).toEqual({ token: TELEGRAM_TOKEN, mode: 'polling', apiRoot: 'https://api.telegram.org', webhookSecret: null });
    expect(feishu).toMatchObject({ appId: APP_ID, appSecret: 's', mode: 'stream', domain: 'feishu' });
  });

  it('lose the slashes at the end of an address', () => {
    expect(loadConfig({ PUBLIC_URL: 'https://wence.example//' }).publicUrl).toBe('https://wence.example');
  });

  it('take feishu, lark or the address of a server as the domain', () => {
    const domainOf = (domain: string) =>
      loadConfig({ FEISHU_APP_ID: APP_ID, FEISHU_APP_SECRET: 's', FEISHU_DOMAIN: domain }).feishu?.domain;
    expect(['lark', 'http://127.0.0.1:9/'].map(domainOf)).toEqual(['lark', 'http://127.0.0.1:9']);
  });

  it.each([
    ['PORT', '70000'],
    ['PORT', '-1'],
    ['PORT', '30.5'],
    ['PORT', 'http'],
    ['DATABASE_URL', 'mysql://somewhere/else'],
    ['PUBLIC_URL', 'wence.example'],
    ['PUBLIC_URL', 'ftp://wence.example'],
    ['LOG_LEVEL', 'verbose'],
    ['TELEGRAM_BOT_TOKEN', 'not-a-token'],
    ['TELEGRAM_MODE', 'push'],
    ['TELEGRAM_API_ROOT', 'api.telegram.org'],
    ['TELEGRAM_WEBHOOK_SECRET', 'too short!'],
    ['FEISHU_APP_ID', 'app_0123456789abcdef'],
    ['FEISHU_MODE', 'polling'],
    ['FEISHU_DOMAIN', 'feishu.cn'],
    ['LLM_BASE_URL', 'api.example'],
    ['LLM_USES', 'rewrite,translate'],
    ['LLM_USES', ','],
    ['LLM_TIMEOUT_MS', '5'],
    ['LLM_TIMEOUT_MS', 'soon'],
    ['LLM_DAILY_TOKENS', '-1'],
    ['EMBEDDING_BASE_URL', 'ftp://api.example'],
    ['EMBEDDING_TIMEOUT_MS', '1.5'],
    ['EMBEDDING_DAILY_TOKENS', 'many'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'localhost:4318'],
    ['OTEL_TRACES_SAMPLER_ARG', '1.5'],
  ])('%s=%s is refused: what was expected, what came, where to set it', (name, value) => {
    const { isSecret, expected } = SETTINGS.find((setting) => setting.name === name)!;
    const { code, message, hint } = faultOf({ [name]: value });
    expect(code).toBe('CONFIG_INVALID');
    expect(message).toContain(`${name}: expected ${expected}`);
    expect(message).toContain(isSecret ? `a value of ${value.length} characters` : `"${value}"`);
    expect(hint).toContain(`Set ${name} in the environment or in .env`);
  });

  it('never repeat a secret', () => {
    for (const { name } of SETTINGS.filter((setting) => setting.isSecret)) {
      const value = `~hush hush~ ${name}`;
      const environment = { [name]: value, FEISHU_MODE: 'nonsense' };
      const { message, hint } = faultOf(environment);
      expect(message + hint).not.toContain('hush');
    }
  });

  it('count everything that opens a door among the secrets', () => {
    expect(SETTINGS.filter((setting) => setting.isSecret).map(({ name }) => name)).toEqual([
      'DATABASE_URL',
      'DATABASE_READ_URL',
      'PSEUDONYM_KEY',
      'TELEGRAM_BOT_TOKEN',
      'TELEGRAM_WEBHOOK_SECRET',
      'FEISHU_APP_SECRET',
      'FEISHU_ENCRYPT_KEY',
      'FEISHU_VERIFICATION_TOKEN',
      'LLM_API_KEY',
      'EMBEDDING_API_KEY',
      'OTEL_EXPORTER_OTLP_HEADERS',
    ]);
  });
});

describe('webhook mode', () => {
  const telegram = { TELEGRAM_BOT_TOKEN: TELEGRAM_TOKEN, TELEGRAM_MODE: 'webhook' };
  const feishu = { FEISHU_APP_ID: APP_ID, FEISHU_APP_SECRET: 's', FEISHU_MODE: 'webhook' };

  it('of Telegram needs a secret and a public address', () => {
    expect(faultOf(telegram).message).toMatch(/^TELEGRAM_WEBHOOK_SECRET: expected a value, because TELEGRAM_MODE is webhook/);
    const withSecret = { ...telegram, TELEGRAM_WEBHOOK_SECRET: '0123456789abcdef' };
    expect(faultOf(withSecret).message).toMatch(/^PUBLIC_URL: expected a value/);
    expect(loadConfig({ ...withSecret, PUBLIC_URL: 'https://wence.example' }).telegram?.mode).toBe('webhook');
  });

  it('of Feishu needs both keys', () => {
    expect(faultOf(feishu).message).toMatch(/^FEISHU_ENCRYPT_KEY: expected a value/);
    expect(faultOf({ ...feishu, FEISHU_ENCRYPT_KEY: 'k' }).message).toMatch(/^FEISHU_VERIFICATION_TOKEN: expected a value/);
    expect(loadConfig({ ...feishu, FEISHU_ENCRYPT_KEY: 'k', FEISHU_VERIFICATION_TOKEN: 'v' }).feishu?.mode).toBe('webhook');
  });

  it('of a platform that is off needs nothing', () => {
    expect(loadConfig({ TELEGRAM_MODE: 'webhook', FEISHU_MODE: 'webhook' })).toMatchObject({ telegram: null, feishu: null });
  });

  it('or not, a Feishu app needs its secret', () => {
    expect(faultOf({ FEISHU_APP_ID: APP_ID }).message).toMatch(/^FEISHU_APP_SECRET: expected a value, because FEISHU_APP_ID is set/);
  });
});

describe('a model', () => {
  const llm = { LLM_BASE_URL: 'https://api.example/v1/', LLM_MODEL: 'm' };

  it('is off until its address is set, and then has a time-out and a budget', () => {
    expect(loadConfig({ LLM_MODEL: 'm', LLM_API_KEY: 'k', EMBEDDING_MODEL: 'e' })).toMatchObject({ llm: null, embedding: null });
    expect(loadConfig(llm).llm).toEqual({
      baseUrl: 'https://api.example/v1',
      apiKey: null,
      model: 'm',
      uses: ['rewrite', 'wording'],
      timeoutMs: 4_000,
      dailyTokens: 500_000,
    });
    expect(loadConfig({ EMBEDDING_BASE_URL: 'http://127.0.0.1:9/v1', EMBEDDING_MODEL: 'e', EMBEDDING_API_KEY: 'k' })).toMatchObject({
      llm: null,
      embedding: { baseUrl: 'http://127.0.0.1:9/v1', apiKey: 'k', model: 'e', timeoutMs: 1_500, dailyTokens: 2_000_000 },
    });
  });

  it.each([
    ['wording', ['wording']],
    [' wording , rewrite ', ['wording', 'rewrite']],
    ['none', []],
  ])('may be kept to some of its uses: %s', (uses, expected) => {
    expect(loadConfig({ ...llm, LLM_USES: uses }).llm?.uses).toEqual(expected);
  });

  it('needs the name of a model', () => {
    expect(faultOf({ LLM_BASE_URL: 'https://api.example' }).message).toMatch(/^LLM_MODEL: expected a value, because LLM_BASE_URL is set/);
    expect(faultOf({ EMBEDDING_BASE_URL: 'https://api.example' }).message).toMatch(/^EMBEDDING_MODEL: expected a value/);
  });
});

describe('the .env file', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('is read, and the environment goes over it', () => {
    const file = join(temporaryFolder(), '.env');
    writeFileSync(file, '# the house\nPORT=4000\nSTAFF_CONTACT="政务服务 12345"\nLOG_LEVEL=warn\n');
    vi.stubEnv('LOG_LEVEL', 'debug');
    vi.stubEnv('PORT', undefined);
    vi.stubEnv('STAFF_CONTACT', undefined);
    const environment = readEnvironment(file);
    expect(environment).toMatchObject({ PORT: '4000', STAFF_CONTACT: '政务服务 12345', LOG_LEVEL: 'debug' });
  });

  it('may be missing', () => {
    vi.stubEnv('WENCE_TEST', 'here');
    expect(readEnvironment(join(temporaryFolder(), '.env')).WENCE_TEST).toBe('here');
  });
});

describe('a collector of traces', () => {
  const collector = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318/' };

  it('is the one that is set, and all messages are traced', () => {
    expect(loadConfig(collector).tracing).toEqual({ endpoint: 'http://localhost:4318', headers: {}, serviceName: 'wence', ratio: 1 });
    expect(loadConfig({ OTEL_SERVICE_NAME: 'zone', OTEL_TRACES_SAMPLER_ARG: '0.1' }).tracing).toBeNull();
  });

  it.each([
    ['x-key=a%20key,x-tenant=zone', { 'x-key': 'a key', 'x-tenant': 'zone' }],
    [' authorization = Basic dXNlcjpwYXNz== ', { authorization: 'Basic dXNlcjpwYXNz==' }],
  ])('is sent the headers of "%s"', (given, expected) => {
    expect(loadConfig({ ...collector, OTEL_EXPORTER_OTLP_HEADERS: given }).tracing?.headers).toEqual(expected);
  });

  it.each(['a key', 'x-key', 'x-key=', 'x key=1', 'x-key=a%0d%0ab', 'x-key=密钥', 'x-key=1,'])('is not sent "%s"', (given) => {
    expect(faultOf({ ...collector, OTEL_EXPORTER_OTLP_HEADERS: given }).message).toMatch(
      /^OTEL_EXPORTER_OTLP_HEADERS: expected name=value/,
    );
  });
});

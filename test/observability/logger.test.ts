import { describe, expect, it } from 'vitest';
import { createLogger, redactText } from '../../src/observability/logger.ts';

const TOKEN = `123456789:${'Aa0_-'.repeat(7)}`;

/** What a logger wrote, line by line; every line must be JSON of its own. */
function logged(level: string, write: (log: ReturnType<typeof createLogger>) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  write(createLogger(level, { write: (line) => void lines.push(line) }));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('the log', () => {
  it('is JSON with level, time, fields and message', () => {
    const [line] = logged('info', (log) => log.info({ channel: 'web', tookMs: 3 }, 'answered'));
    expect(line).toMatchObject({ level: 'info', channel: 'web', tookMs: 3, msg: 'answered' });
    expect(new Date(String(line!.time)).toISOString()).toBe(line!.time);
  });

  it('keeps quiet below its level', () => {
    const lines = logged('warn', (log) => {
      log.debug({}, 'debug');
      log.info({}, 'info');
      log.warn({}, 'warn');
      log.error({}, 'error');
    });
    expect(lines.map(({ msg }) => msg)).toEqual(['warn', 'error']);
  });

  it.each([
    ['a Telegram token', TOKEN],
    ['a Telegram token inside an address', `https://api.telegram.org/bot${TOKEN}/getMe`],
    ['a Feishu tenant token', 't-g1044ghJRUIJJ5ZXYZMOHKWZISL33E4QSS3abcdef'],
    ['an authorization header', 'authorization: Bearer t-short.but-secret'],
    ['the ticket of a long connection', 'wss://msg-frontier.feishu.cn/ws/v2?device_id=7&ticket=b7dc9a0e-6f3c&x=1'],
    ['the access key of a long connection', 'wss://msg-frontier.feishu.cn/ws/v2?access_key=b7dc9a0e6f3c'],
  ])('never holds %s, and stays JSON around it', (_, secret) => {
    const lines = logged('debug', (log) => {
      log.error({ reason: secret, nested: { deep: { list: [secret] } }, after: 'kept' }, `failed: ${secret}`);
      log.info({ secret }, 'once more');
    });
    const text = JSON.stringify(lines);
    expect(text).not.toContain(TOKEN);
    expect(text).not.toMatch(/g1044gh|short\.but|b7dc9a0e/);
    expect(text).toContain('[redacted]');
    expect(lines.map(({ msg, after }) => [String(msg).startsWith('failed') || msg === 'once more', after])).toEqual([
      [true, 'kept'],
      [true, undefined],
    ]);
  });

  it('hides what is named a secret, whatever it looks like', () => {
    const fields = { token: 'x1', appSecret: 'x2', request: { authorization: 'x3', password: 'x4', ticket: 'x5' } };
    const text = JSON.stringify(logged('info', (log) => log.info({ ...fields, encryptKey: 'x6' }, 'started')));
    expect(text).not.toMatch(/x\d/);
  });

  it('tells what people wrote at debug only', () => {
    const write = (log: ReturnType<typeof createLogger>): void =>
      log.warn({ text: '私事一', question: '私事二', content: { text: '私事三' }, message: { content: { text: '私事四' } } }, 'failed');
    expect(JSON.stringify(logged('info', write))).not.toContain('私事');
    expect(JSON.stringify(logged('debug', write)).match(/私事/g)).toHaveLength(4);
  });

  it('leaves ordinary text alone', () => {
    const text = 'channel started at 12:30:45, chat -100123456, section 2024-plan#6, 第3条';
    expect(redactText(text)).toBe(text);
  });
});

import type { Logger } from '@larksuiteoapi/node-sdk';
import type { Log } from '../../domain/log.ts';
import { recordOf } from './json.ts';

const MAX_LENGTH = 300;

/** Removes the given secrets, access tokens and the tickets of connection addresses from a text. */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  return (text) => {
    let redacted = text;
    for (const secret of secrets) if (secret !== '') redacted = redacted.replaceAll(secret, '[secret]');
    return redacted
      .replace(/\b(Bearer\s+)\S+/gi, '$1[token]')
      .replace(/\b[tuac]-[\w.-]{8,}/g, '[token]')
      .replace(/((?:ws|http)s?:\/\/[^\s?"']+)\?[^\s"']*/g, '$1?[query]');
  };
}

/**
 * What the SDK may write to our log: short texts, and of errors the message and the platform's code. Never a request, which holds
 * tokens, the app secret or what people wrote.
 */
export function createSdkLogger(log: Log, redact: (text: string) => string): Logger {
  const write =
    (level: 'info' | 'warn') =>
    (...parts: unknown[]) => {
      const text = redact(parts.flat(3).map(describe).filter(Boolean).join(' ')).slice(0, MAX_LENGTH);
      // An event we did not ask for is no cause for concern.
      if (/^no \S+ handle$/.test(text)) log.debug({ channel: 'feishu' }, text);
      else log[level]({ channel: 'feishu' }, `sdk: ${text}`);
    };
  const silent = () => {};
  return { error: write('warn'), warn: write('warn'), info: write('info'), debug: silent, trace: silent };
}

function describe(part: unknown): string {
  if (typeof part === 'string') return part;
  const { message, code, msg, response } = recordOf(part);
  const data = recordOf(recordOf(response).data);
  return [message, code, msg, data.code, data.msg].filter((word) => typeof word === 'string' || typeof word === 'number').join(' ');
}

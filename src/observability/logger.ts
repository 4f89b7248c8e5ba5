import { type DestinationStream, pino } from 'pino';
import type { Log } from '../domain/log.ts';
import { maskPersonal } from '../privacy/mask.ts';

/** What never stands in a log, wherever in the fields it comes up. */
const SECRET_PATTERNS: readonly RegExp[] = [
  /(?<!\d)\d{6,}:[\w-]{30,}/g, // Telegram bot token, also inside URLs (/bot123…)
  /\b(?:t|u|c)-[\w-]{20,}/g, // Feishu access tokens and card credentials
  /Bearer\s+[^\s"\\]+/gi,
  /(ticket|access_key)=[^&\s"]+/gi,
  /\bsk-[\w-]{16,}/g, // keys of model endpoints
];

const REDACTED_KEYS = [
  'token',
  'apiKey',
  'secret',
  'appSecret',
  'app_secret',
  'encryptKey',
  'authorization',
  'ticket',
  'password',
  'text',
  'question',
];

/** Texts in a line of JSON: numbers stay numbers. */
const JSON_TEXTS = /"(?:[^"\\]|\\.)*"/g;
/** What cannot hold the number of a person is not looked through. */
const MANY_DIGITS = /[0-9０-９](?:[ -]?[0-9０-９]){10}/;

/** Replaces anything that looks like a credential, and covers the numbers of persons. @param line of JSON */
export function redactText(line: string): string {
  const safe = SECRET_PATTERNS.reduce((rest, pattern) => rest.replaceAll(pattern, '[redacted]'), line);
  return MANY_DIGITS.test(safe) ? safe.replaceAll(JSON_TEXTS, maskPersonal) : safe;
}

/** JSON lines on standard output (or `destination`), without tokens, and without message texts above `debug`. */
export function createLogger(level: string, destination?: DestinationStream): Log {
  const isDebug = level === 'debug';
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: {
      paths: REDACTED_KEYS.filter((key) => !(isDebug && (key === 'text' || key === 'question'))).flatMap((key) => [
        key,
        `*.${key}`,
        `*.*.${key}`,
      ]),
      censor: '[redacted]',
    },
    hooks: {
      streamWrite: redactText,
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

import { GrammyError, HttpError } from 'grammy';

/**
 * Why a call to Telegram failed:
 * - `refused`: Telegram answered that it will not, with `status` and `description`;
 * - `not-sent`: the request never left, nobody was found to take it;
 * - `lost`: the request may have been carried out, no answer came.
 */
export type FaultKind = 'refused' | 'not-sent' | 'lost';

/** An answer came that is not the Bot API's: a proxy in between, or a sign-in page. */
export const BAD_ANSWER = { kind: 'lost', code: 'bad-answer' } as const;

interface FaultFields {
  readonly kind: FaultKind;
  /** Short and stable, for logs and deliveries: `403`, `ECONNREFUSED`, `timeout` … */
  readonly code: string;
  readonly status?: number;
  readonly description?: string;
  readonly retryAfterMs?: number | null;
  readonly migratedTo?: string | null;
}

/**
 * A failed call, safe to log: grammY's own errors hold the address of the call, which contains the token, and the text of the message.
 * So this one deliberately has no `cause`.
 */
export class TelegramFault extends Error {
  readonly kind: FaultKind;
  readonly code: string;
  /** Telegram's error code; 0 unless refused. */
  readonly status: number;
  /** Telegram's words; empty unless refused. */
  readonly description: string;
  /** How long Telegram asks us to wait. */
  readonly retryAfterMs: number | null;
  /** The supergroup a group has become. */
  readonly migratedTo: string | null;

  constructor(method: string, fields: FaultFields) {
    super(`${method}: ${fields.description ?? fields.code}`);
    this.name = 'TelegramFault';
    this.kind = fields.kind;
    this.code = fields.code;
    this.status = fields.status ?? 0;
    this.description = fields.description ?? '';
    this.retryAfterMs = fields.retryAfterMs ?? null;
    this.migratedTo = fields.migratedTo ?? null;
  }

  /** The token is wrong or was revoked: no later call will succeed. Telegram answers 404 to what cannot be a token at all. */
  get isTokenRefused(): boolean {
    return this.status === 401 || this.status === 404;
  }

  /** Whether the same call may succeed later. */
  get isPassing(): boolean {
    return this.kind !== 'refused' || this.status === 429 || this.status >= 500;
  }
}

/** Translates what grammY throws. `signal` is the caller's own: it tells a stop from a timeout. */
export function faultOf(method: string, error: unknown, signal: AbortSignal): TelegramFault {
  if (error instanceof GrammyError && typeof error.error_code === 'number') {
    const { retry_after: retryAfterS, migrate_to_chat_id: migratedTo } = error.parameters;
    return new TelegramFault(method, {
      kind: 'refused',
      code: String(error.error_code),
      status: error.error_code,
      description: redact(error.description ?? ''),
      retryAfterMs: retryAfterS === undefined ? null : retryAfterS * 1000,
      migratedTo: migratedTo === undefined ? null : String(migratedTo),
    });
  }
  if (signal.aborted) return new TelegramFault(method, { kind: 'lost', code: 'stopped' });
  if (!(error instanceof HttpError)) return new TelegramFault(method, BAD_ANSWER);
  const { code, type } = networkErrorOf(error.error);
  if (NEVER_LEFT.has(code)) return new TelegramFault(method, { kind: 'not-sent', code });
  if (type === 'aborted') return new TelegramFault(method, { kind: 'lost', code: 'timeout' });
  return new TelegramFault(method, { kind: 'lost', code: code || type || 'connection-lost' });
}

/** Errors of a connection that was not made. A connection that timed out is not among them: it may have been made. */
const NEVER_LEFT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** `code` is the system's, `type` node-fetch's word: system, aborted, invalid-json … */
function networkErrorOf(error: unknown): { readonly code: string; readonly type: string } {
  const read = (key: string): string => {
    const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, key) : undefined;
    return typeof value === 'string' ? value : '';
  };
  return { code: read('code'), type: read('type') };
}

/** Without anything that looks like a bot token. */
export function redact(text: string): string {
  return text.replaceAll(/\b\d{6,}:[\w-]{30,}/g, '[token]');
}

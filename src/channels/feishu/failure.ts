import type { Failure } from './codes.ts';
import { recordOf } from './json.ts';

/** The longest wait we accept from the platform; what comes later is decided by the outbox. */
const MAX_RETRY_AFTER_MS = 5 * 60 * 1000;

/** Reads what an SDK call threw. The code is in the body of the answer, never in the message of the error. */
export function failureOf(error: unknown): Failure {
  const { response, code, message } = recordOf(error);
  const { status, data, headers } = recordOf(response);
  if (typeof status === 'number') return failureOfAnswer(status, data, headers);
  // The SDK's own error for an access token that was answered with 200 and a refusal.
  const tokenCode = typeof message === 'string' ? /\bcode: (\d+)/.exec(message)?.[1] : undefined;
  if (tokenCode !== undefined) return { code: Number(tokenCode), status: 200, label: tokenCode, retryAfterMs: null };
  return { code: null, status: null, label: typeof code === 'string' ? code : 'no-answer', retryAfterMs: null };
}

/** Reads an answer that is not a success. */
export function failureOfAnswer(status: number, data: unknown, headers: unknown): Failure {
  const { code } = recordOf(data);
  const hasCode = typeof code === 'number' && code !== 0;
  return { code: hasCode ? code : null, status, label: hasCode ? String(code) : `http-${status}`, retryAfterMs: readRetryAfter(headers) };
}

function readRetryAfter(headers: unknown): number | null {
  const value = recordOf(headers)['x-ogw-ratelimit-reset'];
  const seconds = typeof value === 'string' && value !== '' ? Number(value) : Number.NaN;
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(Math.ceil(seconds * 1000), MAX_RETRY_AFTER_MS) : null;
}

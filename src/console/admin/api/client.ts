import type { ErrorResponse } from './types.ts';
import { ApiError } from './api-error.ts';

const TIMEOUT_MS = 30_000;
/** Relative to the page, which may be served below a path. */
export const API = 'api/v1/admin';

/** What requests that change something have to show: of the session, kept in memory only. */
let csrfToken = '';
export const shownCsrfToken = (): string => csrfToken;
export function keepCsrfToken(token: string): void {
  csrfToken = token;
}

export type Query = Readonly<Record<string, string | number | null | undefined>>;

/** @example address('texts', { q: '', page: 2 }) // → 'api/v1/admin/texts?page=2' */
export function address(path: string, query: Query = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== null && value !== undefined && value !== '') parameters.set(name, String(value));
  const text = parameters.toString();
  return text === '' ? `${API}/${path}` : `${API}/${path}?${text}`;
}

export const get = <Answer>(path: string, query: Query = {}, signal?: AbortSignal): Promise<Answer> =>
  request('GET', address(path, query), undefined, signal);
export const post = <Answer>(path: string, body: unknown = {}, signal?: AbortSignal): Promise<Answer> =>
  request('POST', address(path), body, signal);
export const put = <Answer>(path: string, body: unknown): Promise<Answer> => request('PUT', address(path), body);
export const patch = <Answer>(path: string, body: unknown): Promise<Answer> => request('PATCH', address(path), body);
export const remove = <Answer = null>(path: string, body?: unknown): Promise<Answer> => request('DELETE', address(path), body);

/** @throws {ApiError} unless the answer is what was asked for, also when `signal` aborts. An empty answer is null. */
async function request<Answer>(method: string, url: string, body?: unknown, signal?: AbortSignal): Promise<Answer> {
  const limit = AbortSignal.timeout(TIMEOUT_MS);
  const headers: Record<string, string> = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (method !== 'GET') headers['x-csrf-token'] = csrfToken;
  try {
    const response = await fetch(url, {
      method,
      headers,
      signal: signal ? either(signal, limit) : limit,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw refusalOf(response.status, text);
    return (text === '' ? null : JSON.parse(text)) as Answer;
  } catch (thrown) {
    if (thrown instanceof ApiError) throw thrown;
    if (limit.aborted) throw new ApiError(0, 'TIMEOUT', '', null, thrown);
    throw new ApiError(0, thrown instanceof SyntaxError ? 'BROKEN' : 'OFFLINE', '', null, thrown);
  }
}

/** `AbortSignal.any`, which browsers have only lately. */
function either(first: AbortSignal, second: AbortSignal): AbortSignal {
  const both = new AbortController();
  const stop = (): void => both.abort();
  for (const signal of [first, second]) {
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  }
  return both.signal;
}

/** What a refusal says, also when a proxy on the way answered in its own words. */
export function refusalOf(status: number, text: string): ApiError {
  try {
    const body = JSON.parse(text) as ErrorResponse;
    return new ApiError(status, body.error.code, body.error.message ?? '', body);
  } catch {
    return new ApiError(status, status >= 500 ? 'INTERNAL' : status === 401 ? 'UNAUTHENTICATED' : 'BROKEN', '');
  }
}

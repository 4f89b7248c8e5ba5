/** An answer, whatever its status. */
export interface Answered {
  readonly isAnswered: true;
  readonly status: number;
  /** The body read as JSON; null when it is not JSON. */
  readonly body: unknown;
}

/** No answer. */
export interface Unanswered {
  readonly isAnswered: false;
  /** `ENOTFOUND`, `ECONNREFUSED`, `timeout` …, short and stable. */
  readonly code: string;
  /** The same in Chinese; never an address, which may hold a token. */
  readonly reason: string;
}

export type Reply = Answered | Unanswered;

/** As much of `fetch` as is used. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface NetOptions {
  readonly fetch: Fetch;
  readonly timeoutMs: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Requests to one party. */
export interface Net {
  /** Never rejects, follows no redirect, and gives up after the time-out. */
  readonly ask: (url: string, init?: RequestInit) => Promise<Reply>;
  /** How far our clock is ahead of theirs, in milliseconds, by the quickest answer so far; null before the first. Good to about a second. */
  readonly skewMs: () => number | null;
}

export function createNet({ fetch, timeoutMs, now }: NetOptions): Net {
  let best: { readonly tookMs: number; readonly skewMs: number } | null = null;
  return {
    async ask(url, init = {}) {
      const askedMs = now();
      try {
        const response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
        const tookMs = now() - askedMs;
        const theirsMs = Date.parse(response.headers.get('date') ?? '');
        // The header has whole seconds, cut off: half a second more is the best guess.
        const skewMs = askedMs + tookMs / 2 - (theirsMs + 500);
        if (!Number.isNaN(theirsMs) && (best === null || tookMs < best.tookMs)) best = { tookMs, skewMs };
        return { isAnswered: true, status: response.status, body: readJson(await response.text()) };
      } catch (error) {
        return unanswered(error, timeoutMs);
      }
    },
    skewMs: () => best?.skewMs ?? null,
  };
}

/** A field of an answer's body, or undefined when there is no such thing. */
export function field(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, name) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[name] : undefined),
    value,
  );
}

/** A text field of an answer's body; empty when there is none. */
export function textField(value: unknown, ...path: readonly string[]): string {
  const found = field(value, ...path);
  return typeof found === 'string' ? found : '';
}

/** The texts of a list; empty when it is none. */
export const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []);

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

const REASONS: readonly (readonly [RegExp, string])[] = [
  [/^(ENOTFOUND|EAI_AGAIN)$/, '域名解析不到'],
  [/^ECONNREFUSED$/, '连接被拒绝，那里没有程序在听'],
  [/^(ECONNRESET|EPIPE|UND_ERR_SOCKET)$/, '连接中途断开'],
  [/^(ENETUNREACH|EHOSTUNREACH|EADDRNOTAVAIL)$/, '网络不通'],
  [/^(ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/, '连接超时'],
  [/CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO/, 'HTTPS 证书不被信任'],
];

/** In Chinese, what a system or TLS error code means for a connection. */
export const reasonOf = (code: string): string => {
  const known = REASONS.find(([pattern]) => pattern.test(code))?.[1];
  return known === undefined ? `连接失败（${code}）` : `${known}（${code}）`;
};

/** Whether the code is of a certificate, which no waiting will cure. */
export const isCertificateFault = (code: string): boolean => REASONS.at(-1)?.[0].test(code) ?? false;

function unanswered(error: unknown, timeoutMs: number): Unanswered {
  if (field(error, 'name') === 'TimeoutError') return { isAnswered: false, code: 'timeout', reason: `${timeoutMs / 1000} 秒内没有回应` };
  const code = textField(error, 'cause', 'code') || textField(error, 'code') || 'unknown';
  return { isAnswered: false, code, reason: reasonOf(code) };
}

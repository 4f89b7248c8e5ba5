import type { ChatRequest, ChatResponse, NewsResponse, SectionView, Topic } from '../../channels/web/schemas.ts';
import { ApiFault, faultKindOf } from './fault.ts';

const TIMEOUT_MS = 30_000;

/** Says something, or presses a button. */
export function chat(request: ChatRequest, signal: AbortSignal): Promise<ChatResponse> {
  return send('api/v1/chat', signal, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
}

/** What came besides the replies. @param seen id of the last item received; null: none yet */
export function fetchNews(conversationId: string, seen: string | null, signal: AbortSignal): Promise<NewsResponse> {
  const query = seen === null ? '' : `?seen=${encodeURIComponent(seen)}`;
  return send(`api/v1/chat/${encodeURIComponent(conversationId)}/news${query}`, signal);
}

/** @param revision null for the text in force */
export function fetchSection(documentId: string, section: number, revision: number | null, signal: AbortSignal): Promise<SectionView> {
  const query = revision === null ? '' : `?revision=${revision}`;
  return send(`api/v1/sections/${encodeURIComponent(documentId)}/${section}${query}`, signal);
}

export function fetchTopics(signal: AbortSignal): Promise<Topic[]> {
  return send('api/v1/topics', signal);
}

export function fetchSamples(signal: AbortSignal): Promise<string[]> {
  return send('api/v1/samples', signal);
}

/**
 * Addresses are relative to the page, which may be served below a path.
 * @throws {ApiFault} unless the answer is the JSON that was asked for, also when `signal` aborts.
 */
async function send<Answer>(path: string, signal: AbortSignal, init: RequestInit = {}): Promise<Answer> {
  const abort = new AbortController();
  const stop = (): void => abort.abort();
  signal.addEventListener('abort', stop);
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    stop();
  }, TIMEOUT_MS);
  try {
    const response = await fetch(path, { ...init, signal: abort.signal });
    if (!response.ok) throw new ApiFault(faultKindOf(response.status));
    return (await response.json()) as Answer;
  } catch (thrown) {
    if (thrown instanceof ApiFault) throw thrown;
    if (isLate) throw new ApiFault('timeout', thrown);
    throw new ApiFault(thrown instanceof SyntaxError ? 'broken' : 'offline', thrown);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

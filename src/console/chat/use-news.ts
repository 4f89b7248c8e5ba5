import { useEffect, useEffectEvent } from 'react';
import type { ReplyView } from '../../channels/web/schemas.ts';
import { fetchNews } from '../api/client.ts';

/** How often a conversation that waits for a person looks whether one has answered, while the page is looked at. */
const LOOK_EVERY_MS = 5_000;

/**
 * Looks for words of staff.
 * @param conversationId null: nobody is waited for
 * @param seen id of the last item received
 */
export function useNews(
  conversationId: string | null,
  seen: string | null,
  onNews: (replies: readonly ReplyView[], seen: string) => void,
): void {
  const came = useEffectEvent(onNews);
  useEffect(() => {
    if (conversationId === null) return undefined;
    const abort = new AbortController();
    let isLooking = false;
    const look = async (): Promise<void> => {
      if (isLooking || document.visibilityState === 'hidden') return;
      isLooking = true;
      try {
        const { items } = await fetchNews(conversationId, seen, abort.signal);
        const last = items.at(-1);
        if (last && !abort.signal.aborted)
          came(
            items.map(({ reply }) => reply),
            last.id,
          );
      } catch {
        // The next look may do better.
      } finally {
        isLooking = false;
      }
    };
    const timer = setInterval(() => void look(), LOOK_EVERY_MS);
    void look();
    return () => {
      abort.abort();
      clearInterval(timer);
    };
  }, [conversationId, seen]);
}

import { useCallback, useEffect, useLayoutEffect, useReducer, useRef } from 'react';
import type { ReplyView } from '../../channels/web/schemas.ts';
import type { Vote } from '../api/action.ts';
import { chat } from '../api/client.ts';
import { ApiFault } from '../api/fault.ts';
import { type Conversation, changed, lastSaying, type Saying } from './conversation.ts';
import { useNews } from './use-news.ts';
import { loadConversation, saveConversation } from './session.ts';

export interface Talk {
  readonly conversation: Conversation;
  readonly say: (saying: Saying) => void;
  readonly retry: () => void;
  /** Resolves to false when the vote did not arrive; it is then taken back. */
  readonly vote: (turnId: string, vote: Vote) => Promise<boolean>;
  readonly beginAnew: () => void;
}

/** The conversation of this tab and what can be done with it. One question is under way at a time. */
export function useConversation(): Talk {
  const [conversation, change] = useReducer(changed, undefined, loadConversation);
  const latest = useRef(conversation);
  const underWay = useRef<AbortController | null>(null);

  useLayoutEffect(() => {
    latest.current = conversation;
  }, [conversation]);
  useEffect(() => saveConversation(conversation), [conversation]);
  useEffect(() => () => underWay.current?.abort(), []);

  const { id, awaitsStaff, seen } = conversation;
  useNews(awaitsStaff ? id : null, seen, (replies, last) => change({ kind: 'came', replies, seen: last }));

  const send = useCallback(async (saying: Saying) => {
    const abort = new AbortController();
    underWay.current = abort;
    try {
      const { conversationId, replies, awaitsStaff } = await chat(withId(latest.current.id, saying.sends), abort.signal);
      if (!abort.signal.aborted) change({ kind: 'replied', id: conversationId, replies, awaitsStaff });
    } catch (thrown) {
      if (!abort.signal.aborted) change({ kind: 'failed', fault: thrown instanceof ApiFault ? thrown.kind : 'broken' });
    }
  }, []);

  const say = useCallback(
    (saying: Saying) => {
      if (latest.current.isBusy) return;
      change({ kind: 'asked', saying });
      void send(saying);
    },
    [send],
  );

  const retry = useCallback(() => {
    const saying = lastSaying(latest.current);
    if (saying === null || latest.current.isBusy) return;
    change({ kind: 'retried' });
    void send(saying);
  }, [send]);

  const vote = useCallback(async (turnId: string, next: Vote) => {
    const { id, votes } = latest.current;
    if (votes[turnId] === next) return true;
    change({ kind: 'voted', turnId, vote: next });
    try {
      const action = `f:${next === 'up' ? 'u' : 'd'}:${turnId}`;
      const answer = await chat(withId(id, { action }), new AbortController().signal);
      const offers = answer.replies.filter(offersMore);
      if (offers.length > 0 && latest.current.id === id) change({ kind: 'offered', replies: offers, awaitsStaff: answer.awaitsStaff });
      return true;
    } catch {
      change({ kind: 'voted', turnId, vote: votes[turnId] });
      return false;
    }
  }, []);

  const beginAnew = useCallback(() => {
    underWay.current?.abort();
    change({ kind: 'begun-anew' });
  }, []);

  return { conversation, say, retry, vote, beginAnew };
}

/** The buttons say thanks themselves; a reply to a vote is shown when it offers something to do. */
function offersMore(reply: ReplyView): boolean {
  return reply.buttons.length > 0;
}

function withId(id: string | null, sends: Saying['sends']): Saying['sends'] & { conversationId?: string } {
  return id === null ? sends : { ...sends, conversationId: id };
}

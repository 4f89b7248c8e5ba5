import { changed, type Conversation, EMPTY } from './conversation.ts';

const KEY = 'wence.conversation.2';

/**
 * The conversation of this tab, as it was before a reload. A question whose answer was lost by the reload can be retried.
 * An unreadable or forbidden store gives an empty conversation.
 */
export function loadConversation(): Conversation {
  try {
    const stored = sessionStorage.getItem(KEY);
    if (stored === null) return EMPTY;
    const conversation: Conversation = { ...EMPTY, ...(JSON.parse(stored) as Partial<Conversation>), isBusy: false };
    const isUnanswered = conversation.entries.at(-1)?.kind === 'asked';
    return isUnanswered ? changed(conversation, { kind: 'failed', fault: 'offline' }) : conversation;
  } catch {
    return EMPTY;
  }
}

/** Without a store the page works all the same; it only forgets on reload. */
export function saveConversation(conversation: Conversation): void {
  try {
    if (conversation.entries.length === 0) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, JSON.stringify(conversation));
  } catch {
    // Full or forbidden.
  }
}

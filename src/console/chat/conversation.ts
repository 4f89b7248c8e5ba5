import type { ChatRequest, ReplyView } from '../../channels/web/schemas.ts';
import type { Vote } from '../api/action.ts';
import type { FaultKind } from '../api/fault.ts';

/** What was said: the words shown, and what is sent for them. */
export interface Saying {
  readonly shown: string;
  readonly sends: Pick<ChatRequest, 'question' | 'action'>;
}

export type Entry =
  | { readonly kind: 'asked'; readonly key: number; readonly saying: Saying }
  | { readonly kind: 'replied'; readonly key: number; readonly replies: readonly ReplyView[] }
  | { readonly kind: 'failed'; readonly key: number; readonly fault: FaultKind };

export interface Conversation {
  /** Given by the server with its first answer. */
  readonly id: string | null;
  readonly entries: readonly Entry[];
  readonly votes: Readonly<Record<string, Vote>>;
  readonly isBusy: boolean;
  /** A person will answer. */
  readonly awaitsStaff: boolean;
  /** Id of the last item of news received; null: none. */
  readonly seen: string | null;
}

export type Change =
  | { readonly kind: 'asked'; readonly saying: Saying }
  | { readonly kind: 'retried' }
  | { readonly kind: 'replied'; readonly id: string; readonly replies: readonly ReplyView[]; readonly awaitsStaff: boolean }
  /** A word of staff. */
  | { readonly kind: 'came'; readonly seen: string; readonly replies: readonly ReplyView[] }
  | { readonly kind: 'failed'; readonly fault: FaultKind }
  /** Something more to do that came with a vote. */
  | { readonly kind: 'offered'; readonly replies: readonly ReplyView[]; readonly awaitsStaff: boolean }
  | { readonly kind: 'voted'; readonly turnId: string; readonly vote: Vote | undefined }
  | { readonly kind: 'begun-anew' };

export const EMPTY: Conversation = { id: null, entries: [], votes: {}, isBusy: false, awaitsStaff: false, seen: null };

/** More than anybody scrolls back through; keeps the stored conversation far below the browser's limit. */
const MOST_ENTRIES = 80;

/** The conversation after a change. A failure stays visible until the next try. */
export function changed(conversation: Conversation, change: Change): Conversation {
  switch (change.kind) {
    case 'asked':
      return { ...append(withoutFailure(conversation), { kind: 'asked', saying: change.saying }), isBusy: true };
    case 'retried':
      return { ...withoutFailure(conversation), isBusy: true };
    case 'replied':
      return {
        ...append(conversation, { kind: 'replied', replies: change.replies }),
        id: change.id,
        isBusy: false,
        awaitsStaff: conversation.awaitsStaff || change.awaitsStaff,
      };
    case 'came':
      return { ...append(conversation, { kind: 'replied', replies: change.replies }), seen: change.seen };
    case 'failed':
      return { ...append(conversation, { kind: 'failed', fault: change.fault }), isBusy: false };
    case 'offered':
      return {
        ...append(conversation, { kind: 'replied', replies: change.replies }),
        awaitsStaff: conversation.awaitsStaff || change.awaitsStaff,
      };
    case 'voted':
      return { ...conversation, votes: withVote(conversation.votes, change.turnId, change.vote) };
    case 'begun-anew':
      return EMPTY;
  }
}

/** What a retry would send: the last thing said. */
export function lastSaying(conversation: Conversation): Saying | null {
  const sayings = conversation.entries.flatMap((entry) => (entry.kind === 'asked' ? [entry.saying] : []));
  return sayings.at(-1) ?? null;
}

type WithoutKey<One> = One extends Entry ? Omit<One, 'key'> : never;

function append(conversation: Conversation, entry: WithoutKey<Entry>): Conversation {
  const key = (conversation.entries.at(-1)?.key ?? 0) + 1;
  return { ...conversation, entries: [...conversation.entries, { ...entry, key } as Entry].slice(-MOST_ENTRIES) };
}

function withoutFailure(conversation: Conversation): Conversation {
  return { ...conversation, entries: conversation.entries.filter((entry) => entry.kind !== 'failed') };
}

function withVote(votes: Conversation['votes'], turnId: string, vote: Vote | undefined): Conversation['votes'] {
  const { [turnId]: _before, ...others } = votes;
  return vote === undefined ? others : { ...others, [turnId]: vote };
}

import { FEEDBACK_REASONS, type FeedbackReason } from './feedback.ts';
import type { Action } from './message.ts';
import { isTopicWords, TOPIC_SCOPES } from './subscription.ts';
import { TICKET_STEPS } from './ticket.ts';

const SEPARATOR = ':';

/**
 * Packs a button's action into at most 64 bytes (the limit of Telegram's callback data; Feishu carries the same text).
 * @example encodeAction({ kind: 'choose', documentId: '2024-plan', section: 6 }) // → "c:2024-plan:6"
 */
export function encodeAction(action: Action): string {
  switch (action.kind) {
    case 'full-text':
      return ['t', action.documentId, action.section, ...(action.revision === null ? [] : [action.revision])].join(SEPARATOR);
    case 'related':
      return ['r', action.documentId, action.section].join(SEPARATOR);
    case 'choose':
      return ['c', action.documentId, action.section].join(SEPARATOR);
    case 'sample':
      return ['s', action.index].join(SEPARATOR);
    case 'topic':
      return ['k', action.category].join(SEPARATOR);
    case 'hand-off':
      return action.turnId === null ? 'h' : ['h', action.turnId].join(SEPARATOR);
    case 'feedback':
      return ['f', action.vote === 'up' ? 'u' : 'd', action.turnId].join(SEPARATOR);
    case 'feedback-reason':
      return ['w', REASONS.indexOf(action.reason), action.turnId].join(SEPARATOR);
    case 'notify-me':
      return ['n', action.turnId].join(SEPARATOR);
    case 'ticket':
      return ['m', action.step, action.ticketId].join(SEPARATOR);
    case 'transfer':
      return ['d', action.ticketId, action.deskId].join(SEPARATOR);
    case 'subscribe':
      return ['b', TOPIC_SCOPES.indexOf(action.topic.scope), action.topic.value].join(SEPARATOR);
    case 'unsubscribe':
      return ['u', action.subscriptionId].join(SEPARATOR);
    case 'news-pace':
      return ['p', action.pace === 'daily' ? 'd' : 'a', action.subscriptionId].join(SEPARATOR);
    case 'forget':
      return 'x';
  }
}

/** The action, or null for anything `encodeAction` does not produce: button data comes back from outside and is not trusted. */
export function decodeAction(data: string): Action | null {
  if (Buffer.byteLength(data) > 64) return null;
  const [tag = '', ...parts] = data.split(SEPARATOR);
  return Object.hasOwn(DECODERS, tag) ? DECODERS[tag]!(parts) : null;
}

const REASONS = Object.keys(FEEDBACK_REASONS) as FeedbackReason[];

const isDocument = (text: string | undefined): text is string => text !== undefined && /^[a-z0-9-]{1,40}$/.test(text);
const isNumber = (text: string | undefined): text is string => text !== undefined && /^\d{1,4}$/.test(text);
const isId = (text: string | undefined): text is string => text !== undefined && /^[A-Za-z0-9_-]{1,40}$/.test(text);

/** By the letter the data begins with; given the parts after it. */
const DECODERS: Readonly<Record<string, (parts: readonly string[]) => Action | null>> = {
  t([documentId, section, revision, ...rest]) {
    if (!isDocument(documentId) || !isNumber(section) || rest.length > 0) return null;
    if (revision !== undefined && !/^[1-9]\d{0,8}$/.test(revision)) return null;
    return { kind: 'full-text', documentId, section: Number(section), revision: revision === undefined ? null : Number(revision) };
  },
  r: (parts) => ofSection('related', parts),
  c: (parts) => ofSection('choose', parts),
  s: ([index, ...rest]) => (isNumber(index) && rest.length === 0 ? { kind: 'sample', index: Number(index) } : null),
  k: ([category, ...rest]) =>
    category !== undefined && /^[a-z]{1,20}$/.test(category) && rest.length === 0 ? { kind: 'topic', category } : null,
  h([turnId, ...rest]) {
    if (turnId === undefined) return { kind: 'hand-off', turnId: null };
    return isId(turnId) && rest.length === 0 ? { kind: 'hand-off', turnId } : null;
  },
  f: ([vote, turnId, ...rest]) =>
    (vote === 'u' || vote === 'd') && isId(turnId) && rest.length === 0
      ? { kind: 'feedback', vote: vote === 'u' ? 'up' : 'down', turnId }
      : null,
  w([at, turnId, ...rest]) {
    const reason = isNumber(at) ? REASONS[Number(at)] : undefined;
    return reason !== undefined && isId(turnId) && rest.length === 0 ? { kind: 'feedback-reason', turnId, reason } : null;
  },
  n: ([turnId, ...rest]) => (isId(turnId) && rest.length === 0 ? { kind: 'notify-me', turnId } : null),
  m([given, ticketId, ...rest]) {
    const step = TICKET_STEPS.find((known) => known === given);
    return step !== undefined && isId(ticketId) && rest.length === 0 ? { kind: 'ticket', step, ticketId } : null;
  },
  d: ([ticketId, deskId, ...rest]) =>
    isId(ticketId) && deskId !== undefined && /^[a-z0-9]{1,16}$/.test(deskId) && rest.length === 0
      ? { kind: 'transfer', ticketId, deskId }
      : null,
  b([at, value, ...rest]) {
    const scope = isNumber(at) ? TOPIC_SCOPES[Number(at)] : undefined;
    return scope !== undefined && value !== undefined && isTopicWords(value) && rest.length === 0
      ? { kind: 'subscribe', topic: { scope, value } }
      : null;
  },
  u: ([subscriptionId, ...rest]) => (isId(subscriptionId) && rest.length === 0 ? { kind: 'unsubscribe', subscriptionId } : null),
  p: ([pace, subscriptionId, ...rest]) =>
    (pace === 'd' || pace === 'a') && isId(subscriptionId) && rest.length === 0
      ? { kind: 'news-pace', subscriptionId, pace: pace === 'd' ? 'daily' : 'at-once' }
      : null,
  x: (parts) => (parts.length === 0 ? { kind: 'forget' } : null),
};

function ofSection(kind: 'related' | 'choose', [documentId, section, ...rest]: readonly string[]): Action | null {
  return isDocument(documentId) && isNumber(section) && rest.length === 0 ? { kind, documentId, section: Number(section) } : null;
}

/** The short line shown at once when a button is pressed, before the reply arrives; null shows nothing. */
export function acknowledgement(action: Action): string | null {
  return action.kind === 'feedback' || action.kind === 'feedback-reason' ? '感谢您的反馈' : null;
}

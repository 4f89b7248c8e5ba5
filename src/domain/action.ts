import type { Action } from './message.ts';

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
      return 'h';
    case 'feedback':
      return ['f', action.vote === 'up' ? 'u' : 'd', action.turnId].join(SEPARATOR);
  }
}

/** The action, or null for anything `encodeAction` does not produce: button data comes back from outside and is not trusted. */
export function decodeAction(data: string): Action | null {
  if (data.length > 64) return null;
  const [tag, first, second, third, ...rest] = data.split(SEPARATOR);
  if (rest.length > 0 || (third !== undefined && tag !== 't')) return null;
  const isDocument = first !== undefined && /^[a-z0-9-]{1,40}$/.test(first);
  const isNumber = (text: string | undefined): text is string => text !== undefined && /^\d{1,4}$/.test(text);
  if (tag === 't' && isDocument && isNumber(second)) {
    if (third !== undefined && !/^[1-9]\d{0,8}$/.test(third)) return null;
    return { kind: 'full-text', documentId: first, section: Number(second), revision: third === undefined ? null : Number(third) };
  }
  if ((tag === 'r' || tag === 'c') && isDocument && isNumber(second)) {
    return { kind: tag === 'r' ? 'related' : 'choose', documentId: first, section: Number(second) };
  }
  if (tag === 's' && isNumber(first) && second === undefined) return { kind: 'sample', index: Number(first) };
  if (tag === 'k' && first !== undefined && /^[a-z]{1,20}$/.test(first) && second === undefined) return { kind: 'topic', category: first };
  if (tag === 'h' && first === undefined) return { kind: 'hand-off' };
  if (tag === 'f' && (first === 'u' || first === 'd') && second !== undefined && /^[A-Za-z0-9_-]{1,40}$/.test(second)) {
    return { kind: 'feedback', vote: first === 'u' ? 'up' : 'down', turnId: second };
  }
  return null;
}

/** The short line shown at once when a button is pressed, before the reply arrives; null shows nothing. */
export function acknowledgement(action: Action): string | null {
  return action.kind === 'feedback' ? '感谢您的反馈' : null;
}

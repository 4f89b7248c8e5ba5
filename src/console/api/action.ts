/** A button's action as it travels, read only as far as the page acts on it; everything else is the server's to read. */
export type PageAction =
  | { readonly kind: 'full-text'; readonly documentId: string; readonly section: number; readonly revision: number | null }
  | { readonly kind: 'feedback'; readonly vote: Vote; readonly turnId: string }
  /** A section, a sample question or a topic: one of several to choose from. */
  | { readonly kind: 'choice' }
  | { readonly kind: 'other' };

export type Vote = 'up' | 'down';

/** @example readAction('t:2024-plan:6:3') // → { kind: 'full-text', documentId: '2024-plan', section: 6, revision: 3 } */
export function readAction(action: string): PageAction {
  const [tag, first = '', second = '', third] = action.split(':');
  switch (tag) {
    case 't':
      return { kind: 'full-text', documentId: first, section: Number(second), revision: third === undefined ? null : Number(third) };
    case 'f':
      return { kind: 'feedback', vote: first === 'u' ? 'up' : 'down', turnId: second };
    case 'c':
    case 's':
    case 'k':
      return { kind: 'choice' };
    default:
      return { kind: 'other' };
  }
}

export const topicAction = (category: string): string => `k:${category}`;

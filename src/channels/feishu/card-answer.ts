import { acknowledgement } from '../../domain/action.ts';
import type { Received } from '../../domain/message.ts';

/** What the platform shows at once to the person who pressed a button; null shows nothing. The reply itself is a message of its own. */
export function toastFor({ message }: Received): { readonly toast: { readonly type: 'success'; readonly content: string } } | null {
  const content = message.content.kind === 'action' ? acknowledgement(message.content.action) : null;
  return content === null ? null : { toast: { type: 'success', content } };
}

import { type Delivery, type OutgoingReply, REPLY_FORMS, type ReplyForm } from '../../domain/message.ts';
import type { TelegramFault } from './fault.ts';

/** Refusals that a plainer form of the same reply avoids: its formatting, its length or its buttons. */
const FORM_REFUSED = /can't parse|message is too long|message_too_long|button|reply.markup|entit/i;

/** The message is gone, too old, or no longer ours to change. */
const NOT_TO_BE_EDITED = /message to edit not found|message can't be edited|message_id_invalid|message_author_required/i;

/**
 * What a failed send means for the reply. Telegram has no idempotency key, so what may have arrived stays `unknown`
 * rather than risk a second copy.
 */
export function deliveryOf(fault: TelegramFault, reply: OutgoingReply): Delivery {
  switch (fault.kind) {
    case 'not-sent':
      return rejected('unreachable', { isRetryable: true });
    case 'lost':
      // The same change made twice is the same.
      return reply.edits === undefined ? { status: 'unknown', code: fault.code } : rejected(fault.code, { isRetryable: true });
    case 'refused':
      return refusal(fault, reply);
  }
}

function refusal(fault: TelegramFault, reply: OutgoingReply): Delivery {
  const { address, form } = reply;
  const { status, description } = fault;
  if (status >= 500) {
    return reply.edits === undefined ? { status: 'unknown', code: 'server-error' } : rejected('server-error', { isRetryable: true });
  }
  if (status === 429) return rejected('rate-limited', { isRetryable: true, retryAfterMs: fault.retryAfterMs });
  if (status === 403) return rejected('forbidden');
  if (fault.isTokenRefused) return rejected('token-refused');
  if (fault.migratedTo !== null && fault.migratedTo !== address.chatId) {
    // The supergroup numbers its messages anew, so the old number would quote a stranger.
    return { status: 'degrade', code: 'chat-migrated', form, address: { ...address, chatId: fault.migratedTo, replyTo: null } };
  }
  if (reply.edits !== undefined && NOT_TO_BE_EDITED.test(description)) {
    return { status: 'degrade', code: 'not-editable', form, address, edits: null };
  }
  if (address.replyTo !== null && /message to be replied not found|replied message not found/i.test(description)) {
    return { status: 'degrade', code: 'reply-target-gone', form, address: { ...address, replyTo: null } };
  }
  if (address.threadId !== null && /message thread not found/i.test(description)) {
    return { status: 'degrade', code: 'thread-gone', form, address: { ...address, threadId: null } };
  }
  const plainer = nextForm(form);
  if (FORM_REFUSED.test(description) && plainer !== null) return { status: 'degrade', code: 'form-refused', form: plainer, address };
  return rejected('bad-request');
}

function rejected(code: string, options: { readonly isRetryable?: boolean; readonly retryAfterMs?: number | null } = {}): Delivery {
  return { status: 'rejected', code, retryable: options.isRetryable ?? false, retryAfterMs: options.retryAfterMs ?? null };
}

function nextForm(form: ReplyForm): ReplyForm | null {
  return REPLY_FORMS[REPLY_FORMS.indexOf(form) + 1] ?? null;
}

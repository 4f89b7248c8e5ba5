import { type Address, type Delivery, type OutgoingReply, REPLY_FORMS, type ReplyForm } from '../../domain/message.ts';

/** How the platform, or the way to it, said no. */
export interface Failure {
  /** The platform's code, whatever the HTTP status; null when no JSON with a code came back. */
  readonly code: number | null;
  /** Null when no answer came back. */
  readonly status: number | null;
  /** For logs and outbox rows: the code, else `http-502`, else the socket's word (`ECONNRESET`). */
  readonly label: string;
  /** What the platform asks us to wait. */
  readonly retryAfterMs: number | null;
}

const BUSY: ReadonlySet<number> = new Set([
  99991400, // too many requests of this app
  230020, // too many messages to this chat
  11232, // the tenant's message service is at its limit
  230049, // the same uuid is being sent
  11310, // the card is locked
  1500, // internal error
  1551, // internal error
]);

const TOKEN_SPENT: ReadonlySet<number> = new Set([99991661, 99991663, 99991664, 99991668, 99991671]);

const FORM_REFUSED: ReadonlySet<number> = new Set([
  230099, // the card is wrong: too many elements or tables, unknown tag, bad JSON
  230025, // too long for this form
  230054, // this form is not allowed here
]);
const FORM_NOT_ALLOWED = 230054;

const REPLY_TARGET_GONE: ReadonlySet<number> = new Set([230011, 230019, 230050, 230110]);
const NO_THREADS_HERE = 230071;

/** Whether the access token was refused: a new one may be taken. */
export function isTokenSpent(failure: Failure): boolean {
  return failure.code !== null && TOKEN_SPENT.has(failure.code);
}

/** Whether the same again may succeed. Lost connections count: the uuid of a send makes a repeat harmless for an hour. */
export function isRetryable(failure: Failure): boolean {
  if (failure.code !== null && (BUSY.has(failure.code) || TOKEN_SPENT.has(failure.code))) return true;
  // Nothing came back, or something that is not the platform's: a proxy's page, half an answer.
  if (failure.status === null || (failure.status < 300 && failure.code === null)) return true;
  return failure.status === 408 || failure.status === 429 || failure.status >= 500;
}

/** What a failed send means for the outbox. */
export function classify(failure: Failure, reply: OutgoingReply): Delivery {
  const { code, label } = failure;
  const degrade = (form: ReplyForm, address: Address): Delivery => ({ status: 'degrade', code: label, form, address });

  if (code !== null && FORM_REFUSED.has(code)) {
    const form = code === FORM_NOT_ALLOWED && reply.form !== 'text' ? 'text' : nextForm(reply.form);
    if (form !== null) return degrade(form, reply.address);
  }
  if (code !== null && REPLY_TARGET_GONE.has(code) && reply.address.replyTo !== null)
    return degrade(reply.form, { ...reply.address, replyTo: null });
  if (code === NO_THREADS_HERE && reply.address.threadId !== null) return degrade(reply.form, { ...reply.address, threadId: null });
  return rejected(label, isRetryable(failure), failure.retryAfterMs);
}

export function rejected(code: string, retryable: boolean, retryAfterMs: number | null = null): Delivery {
  return { status: 'rejected', code, retryable, retryAfterMs: retryable ? retryAfterMs : null };
}

/** The next plainer form; null after the plainest. */
export function nextForm(form: ReplyForm): ReplyForm | null {
  return REPLY_FORMS[REPLY_FORMS.indexOf(form) + 1] ?? null;
}

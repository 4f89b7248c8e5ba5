/** What may be done that the audit log remembers: `<what>.<done>`. */
export type AuditAction =
  | `text.${'created' | 'edited' | 'discarded' | 'submitted' | 'sent-back' | 'rejected' | 'scheduled' | 'published' | 'withdrawn' | 'rolled-back' | 'synchronised'}`
  | 'import.applied'
  | 'export.made'
  | `account.${'set-up' | 'created' | 'changed' | 'disabled' | 'enabled' | 'password-changed' | 'password-reset' | 'totp-on' | 'totp-off'}`
  | `session.${'signed-in' | 'refused' | 'signed-out' | 'ended'}`
  | `token.${'created' | 'revoked'}`
  | `chat.${'bound' | 'unbound'}`
  | 'ticket.viewed'
  | 'insight.marked'
  | 'setting.changed'
  | 'evaluation.run';

/** Who did it: a person signed in, a token of theirs, a chat user bound to them, or the house itself. */
export interface Actor {
  readonly kind: 'person' | 'token' | 'chat' | 'house';
  /** User id; null for the house, and for a sign-in that failed. */
  readonly userId: string | null;
  readonly name: string;
  /** Network address, or channel and chat user; null for the house. */
  readonly from: string | null;
}

/** Written once, never changed. */
export interface AuditEntry {
  readonly seq: number;
  readonly atMs: number;
  readonly actor: Actor;
  readonly action: AuditAction;
  /** `text:2024-plan`, `account:u_1`, `token:t_1` … */
  readonly target: string | null;
  /** What else there is to know; never a secret. */
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
}

export const THE_HOUSE: Actor = { kind: 'house', userId: null, name: '系统', from: null };

import type { AuditAction, AuditEntry } from '../domain/audit.ts';
import type { EvaluationSummary } from '../domain/evaluation.ts';
import type { ChannelName } from '../domain/message.ts';
import type { Role } from '../domain/role.ts';

export type { EvaluationSummary };

/** A person with a place in the console. */
export interface User {
  readonly id: string;
  /** Sign-in name, lower case, unique. */
  readonly name: string;
  readonly displayName: string;
  readonly role: Role;
  /** `scrypt$N$r$p$salt$hash`. */
  readonly passwordHash: string;
  /** Base32; null: no second factor. Set but unconfirmed secrets are in `pendingTotp`. */
  readonly totpSecret: string | null;
  readonly pendingTotp: string | null;
  /** Counter of the last code that was accepted: each is good once. */
  readonly totpUsed: number | null;
  readonly mustChangePassword: boolean;
  readonly createdAtMs: number;
  readonly disabledAtMs: number | null;
}

/** A signed-in browser. Its cookie holds a secret of which only the digest is kept. */
export interface Session {
  readonly digest: string;
  readonly userId: string;
  readonly csrfToken: string;
  readonly createdAtMs: number;
  readonly seenAtMs: number;
  readonly from: string;
  readonly agent: string;
}

/** A key for programs, acting for its owner with at most `role`. */
export interface ApiToken {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly digest: string;
  /** The most it may do; never more than its owner. */
  readonly role: Role;
  readonly createdAtMs: number;
  readonly expiresAtMs: number | null;
  readonly usedAtMs: number | null;
  readonly revokedAtMs: number | null;
}

/** A chat user who is somebody in the console. */
export interface ChatBinding {
  readonly channel: ChannelName;
  readonly senderId: string;
  readonly userId: string;
  readonly boundAtMs: number;
}

/** A one-time code, of which only the digest is kept: `set-up` makes the first admin, `chat` binds a chat user to `userId`. */
export interface OneTimeCode {
  readonly digest: string;
  readonly purpose: 'set-up' | 'chat';
  readonly userId: string | null;
  readonly expiresAtMs: number;
}

type NewAudit = Omit<AuditEntry, 'seq'>;

export interface AuditFilter {
  readonly userId?: string;
  readonly action?: AuditAction;
  /** Exactly this target. */
  readonly target?: string;
  /** Only entries before this number. */
  readonly before?: number;
  readonly limit: number;
}

/** A run of the question set. */
export interface EvaluationRun {
  readonly id: string;
  readonly atMs: number;
  readonly userId: string | null;
  readonly libraryVersion: number;
  /** Shares from 0 to 1. */
  readonly summary: EvaluationSummary;
  /** What became of each question, as JSON. */
  readonly results: string;
}

/** What is kept of the console's people. Every change is written together with its line in the audit log. Declared here, implemented in storage. */
export interface AdminStore {
  user(id: string): Promise<User | null>;
  userNamed(name: string): Promise<User | null>;
  users(): Promise<readonly User[]>;
  /** Creates or replaces. @returns `taken` when another user has the name */
  saveUser(user: User, audit: NewAudit | null): Promise<'saved' | 'taken'>;
  /** The first user of all, made with a one-time code, both in one step. @returns false when there is a user already or the code is not good any more */
  setUp(user: User, codeDigest: string, nowMs: number, audit: NewAudit): Promise<boolean>;

  session(digest: string): Promise<Session | null>;
  saveSession(session: Session, audit: NewAudit | null): Promise<void>;
  /** @param digest one session, or all of a user but the one in `except` */
  endSessions(
    which: { readonly digest: string } | { readonly userId: string; readonly except: string | null },
    audit: NewAudit | null,
  ): Promise<void>;

  token(digest: string): Promise<ApiToken | null>;
  tokens(): Promise<readonly ApiToken[]>;
  saveToken(token: ApiToken, audit: NewAudit | null): Promise<void>;

  binding(channel: ChannelName, senderId: string): Promise<ChatBinding | null>;
  bindings(userId: string): Promise<readonly ChatBinding[]>;
  /** Takes the code and binds, in one step. @returns null when the code is not good (any more) */
  bindByCode(
    codeDigest: string,
    chat: Pick<ChatBinding, 'channel' | 'senderId'>,
    nowMs: number,
    auditFor: (user: User) => NewAudit,
  ): Promise<User | null>;
  unbind(channel: ChannelName, senderId: string, audit: NewAudit): Promise<boolean>;

  saveCode(code: OneTimeCode): Promise<void>;

  /** Counts a failure under a key and returns how many there were since `sinceMs`. Holds over all processes. */
  countFailure(key: string, nowMs: number, sinceMs: number): Promise<number>;
  failures(key: string, sinceMs: number): Promise<number>;
  forgetFailures(key: string): Promise<void>;

  setting(key: string): Promise<string | null>;
  saveSetting(key: string, value: string, audit: NewAudit): Promise<void>;

  /** The latest first. */
  audit(filter: AuditFilter): Promise<readonly AuditEntry[]>;
  addAudit(entry: NewAudit): Promise<void>;

  saveEvaluation(run: EvaluationRun, audit: NewAudit): Promise<void>;
  /** The latest first, without results. */
  evaluations(limit: number): Promise<readonly Omit<EvaluationRun, 'results'>[]>;
  evaluation(id: string): Promise<EvaluationRun | null>;
}

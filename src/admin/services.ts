import type { EvaluationSummary } from '../domain/evaluation.ts';
import type { Explanation } from '../domain/explanation.ts';
import type { LibraryRecord } from '../domain/record.ts';
import type { Log } from '../domain/log.ts';
import type { ReplyMessage } from '../domain/message.ts';
import type { Editorial } from '../knowledge/editorial/editorial.ts';
import type { Impact } from '../knowledge/editorial/revision.ts';
import type { EditorialStore } from '../knowledge/editorial/store.ts';
import type { StaffWork } from '../hand-off/hand-off.ts';
import type { TicketStore } from '../hand-off/store.ts';
import type { Insight } from '../insight/insight.ts';
import type { SubscriptionStore } from '../subscriptions/store.ts';
import type { AdminStore } from './store.ts';

/** How far long work has come. */
export interface WorkProgress {
  readonly done: number;
  readonly total: number;
  /** What is being done, in Chinese. */
  readonly note: string;
}

/** Long work: says how far it is, and stops with the signal's reason when that aborts. */
export type LongWork<Result> = (signal: AbortSignal, onProgress: (progress: WorkProgress) => void) => Promise<Result>;

/** What became of one question of the question set. */
export interface QuestionOutcome {
  readonly id: string;
  readonly kind: string;
  readonly question: string;
  readonly outcome: string;
  readonly source: string | null;
  readonly isRight: boolean | null;
  readonly hasEvidence: boolean | null;
  readonly confidence: number | null;
}

/** A reply as each place would show it. */
export interface ReplyCards {
  readonly web: unknown;
  /** The card as sent. */
  readonly feishu: unknown;
  readonly telegram: { readonly html: string; readonly buttons: readonly (readonly string[])[] };
}

/** The library in service, as far as the console looks into it. */
export interface LibraryDesk {
  /** Version of the library that is answered from here and now. */
  version(): number;
  sections(): number;
  records(): readonly LibraryRecord[];
  /** Today by the house's clock and time zone, ISO. */
  today(): string;
  /** How a question is answered now, and was before the last publication; null when there was none since the start. */
  explain(question: string, state: 'current' | 'previous'): Explanation | null;
  /** How it would be with one text published in place of what there is. @throws {AppError} `INPUT_INVALID` when the source cannot be read */
  explainWith(question: string, draft: { readonly textId: string; readonly source: string }): Promise<Explanation>;
  /** What would be said to a question now. */
  reply(question: string): ReplyMessage;
  /** What would be said from one record: to a question, else on a section of it (the first when null). */
  previewReply(record: LibraryRecord, question: string, section: number | null): ReplyMessage;
  cards(reply: ReplyMessage): ReplyCards;
  /** What publishing a text would change, by the question set. */
  impact(draft: { readonly textId: string; readonly source: string; readonly digest: string }): LongWork<Impact>;
  /** Asks the question set of the state in service. */
  evaluate(): LongWork<{ readonly summary: EvaluationSummary; readonly results: readonly QuestionOutcome[] }>;
}

/** One thing `wence doctor` looked at. */
export interface DoctorCheck {
  readonly id: string;
  readonly title: string;
  readonly status: 'ok' | 'warn' | 'fail' | 'skipped';
  readonly detail: string;
  readonly next: string | null;
}

export interface EnvironmentSetting {
  readonly name: string;
  readonly description: string;
  /** Null for secrets and for what is not set. */
  readonly value: string | null;
  readonly isSet: boolean;
  readonly isSecret: boolean;
  readonly fallback: string | null;
}

/** What the console's API needs from the house. */
export interface AdminServices {
  readonly store: AdminStore;
  readonly editorial: Editorial;
  readonly texts: EditorialStore;
  readonly library: LibraryDesk;
  readonly tickets: Pick<TicketStore, 'ticket' | 'tickets' | 'counts' | 'history'>;
  readonly staff: StaffWork;
  readonly insight: Insight;
  /** Sends the digest of the last seven days to every staff chat. @returns to how many */
  readonly sendDigest: () => Promise<number>;
  readonly subscriptions: Pick<SubscriptionStore, 'subscriptionCounts' | 'newsReports'>;
  /** IANA name. */
  readonly timeZone: string;
  readonly doctor: LongWork<readonly DoctorCheck[]>;
  readonly environment: readonly EnvironmentSetting[];
  readonly channels: () => readonly { readonly name: string; readonly status: string; readonly detail: string | null }[];
  readonly queue: () => Promise<{
    readonly waiting: number;
    readonly unsent: number;
    readonly deadMessages: number;
    readonly deadReplies: number;
  }>;
  readonly log: Log;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** A fresh id `[A-Za-z0-9_-]{1,40}` nobody can guess. */
  readonly newId: () => string;
  /** Whether browsers reach the house over https: then cookies are sent over nothing else. */
  readonly isSecure: boolean;
}

import type { Generated, Kysely, Transaction } from 'kysely';
import type { ConsoleTables } from './schema-console.ts';
import type { HandOffTables } from './schema-hand-off.ts';
import type { InsightTables } from './schema-insight.ts';
import type { LibraryTables } from './schema-library.ts';
import type { LargeLibraryTables, MigrationTables } from './schema-large.ts';
import type { ReplicaTables } from './schema-replicas.ts';
import type { SubscriptionTables } from './schema-subscriptions.ts';

/**
 * The tables, the same in SQLite and PostgreSQL. Times are epoch milliseconds; what is structured is JSON as text.
 * Written by migrations/, whose file names are the versions.
 */
export interface Tables
  extends LibraryTables,
    ConsoleTables,
    HandOffTables,
    InsightTables,
    SubscriptionTables,
    ReplicaTables,
    LargeLibraryTables,
    MigrationTables {
  dedupe_keys: DedupeKeyRow;
  lanes: LaneRow;
  jobs: JobRow;
  outbox: OutboxRow;
  turns: TurnRow;
  feedback: FeedbackRow;
  probe: ProbeRow;
}

/** Keys under which a repeated message is recognised. */
interface DedupeKeyRow {
  key: string;
  at_ms: number;
}

/** One per conversation and direction. Whoever changes what stands in a lane holds its row first. */
interface LaneRow {
  lane: string;
  /** Which workers look here: `inbox`, or `outbox:<channel>`. */
  queue: string;
  /** When the head of the lane may be taken: from its arrival, from the time of its next try, or from the end of its lease. Null: the lane is empty. */
  ready_at_ms: number | null;
  /** Fencing token of the lease; null when nobody holds one. */
  token: string | null;
  /** How often the head was taken. */
  attempts: number;
  /** The next head is not ready before: its chat was sent something a moment ago. */
  quiet_until_ms: Generated<number>;
}

/** The inbox: messages in the order they were stored. */
interface JobRow {
  seq: Generated<number>;
  lane: string;
  message: string;
  received_at_ms: number;
  state: 'open' | 'done' | 'expired' | 'dead';
  attempts: number;
  /** Why the last attempt failed. */
  error: string | null;
  ended_at_ms: number | null;
}

/** The outbox: replies in the order they were queued. */
interface OutboxRow {
  seq: Generated<number>;
  id: string;
  /** Stays the same when the reply goes to another place: its order was promised there. */
  lane: string;
  channel: string;
  address: string;
  message: string;
  form: string;
  queued_at_ms: number;
  state: 'open' | 'sent' | 'unknown' | 'dead';
  attempts: number;
  code: string | null;
  platform_message_id: string | null;
  ended_at_ms: number | null;
  about: string | null;
  /** Platform id of the message it takes the place of. */
  edits: string | null;
}

interface TurnRow {
  seq: Generated<number>;
  id: string;
  channel: string;
  /** A pseudonym, and so is `asker`; empty for turns of a version that had none. */
  context_key: string;
  asker: string | null;
  at_ms: number;
  day: string | null;
  /** Outcome of the answer; null when there was none to give. */
  ending: string | null;
  category: string | null;
  confidence: number | null;
  took_ms: number | null;
  /** Of the section cited first, or the nearest. */
  document_id: string | null;
  section: number | null;
  via: string | null;
  awaits: string | null;
  /** Empty once its words have been erased. */
  question: string;
  answer: string | null;
}

/** One vote of a person on an answer. */
interface FeedbackRow {
  turn_id: string;
  asker: string;
  vote: string;
  reason: string | null;
  at_ms: number;
}

/** A single row, written to see whether writing works. */
interface ProbeRow {
  id: number;
  at_ms: number;
}

export type Db = Kysely<Tables>;
export type Tx = Transaction<Tables>;

import type { QueueName } from '../delivery/store.ts';
import type { Db } from './schema.ts';

export type EngineKind = 'sqlite' | 'postgres';

/** What processes tell each other: that there may be work in a queue, or in any, or that the library's version counted up. */
export type Topic = QueueName | 'work' | 'publication';

/** A database as the store needs it. What differs between SQLite and PostgreSQL is behind this, and in `lanes.ts` one clause. */
export interface Engine {
  readonly kind: EngineKind;
  readonly db: Db;
  /**
   * Resolves once everything committed before the call is on the disk. Null where a commit itself waits for the disk.
   * @throws whatever the system says when it cannot write
   */
  readonly sync: (() => Promise<void>) | null;
  /** Tells other processes on the same database. Best effort, never throws. */
  announce(topic: Topic): void;
  /** Called when another process announced something, or may have done so unheard. */
  onAnnounced(listener: (topic: Topic) => void): void;
  /** A consistent copy of the whole database, made while it is in use. */
  backup(file: string): Promise<void>;
  close(): Promise<void>;
}

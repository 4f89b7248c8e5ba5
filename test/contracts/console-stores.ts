import type { AdminStore } from '../../src/admin/store.ts';
import type { EditorialStore } from '../../src/knowledge/editorial/store.ts';
import type { SqlStore } from '../../src/storage/sql-store.ts';

/** What is held against the contracts of the library's texts and of the console's people; they share one database. */
export interface ConsoleStores
  extends Pick<
    SqlStore,
    | 'tickets'
    | 'interests'
    | 'privacy'
    | 'save'
    | 'turn'
    | 'lastTurn'
    | 'voteOf'
    | 'collect'
    | 'isOurs'
    | 'claimReplies'
    | 'settleReply'
    | 'retryReply'
    | 'counts'
  > {
  readonly editorial: EditorialStore;
  readonly admin: AdminStore;
}

export interface OpenConsoleStores {
  readonly stores: ConsoleStores;
  /** The same database as another process has it. Databases in memory have no other. */
  readonly another?: () => Promise<ConsoleStores>;
  /** Opens once more what is on the disk, as the next start of the process would. Databases in memory have nothing there. */
  readonly reopen?: () => Promise<ConsoleStores>;
  /** Runs a statement past the stores. @throws what the database says */
  execute(sql: string): Promise<void>;
  close(): Promise<void>;
}

/** Called before each test; returns empty stores. */
export type OpenStores = () => Promise<OpenConsoleStores>;

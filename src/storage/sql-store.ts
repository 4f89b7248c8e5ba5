import type { AdminStore } from '../admin/store.ts';
import type { ConversationStore } from '../conversations/store.ts';
import type { Claim, DeliveryStore, MessageEnd, QueueCounts, QueueName, ReplyChange, ReplyClaim, ReplyEnd } from '../delivery/store.ts';
import { AppError } from '../domain/errors.ts';
import type { ChannelName, OutgoingReply, Received } from '../domain/message.ts';
import type { Remembered, Turn } from '../domain/turn.ts';
import type { TicketStore } from '../hand-off/store.ts';
import type { InterestStore } from '../conversations/interests.ts';
import type { InsightStore } from '../insight/store.ts';
import type { RateCounts } from '../conversations/rate-limit.ts';
import type { SnapshotShelf } from '../library/snapshot-shelf.ts';
import type { LeaseStore } from '../leadership/store.ts';
import type { EditorialStore } from '../knowledge/editorial/store.ts';
import type { PrivacyStore } from '../privacy/store.ts';
import type { ScheduleStore } from '../schedule/store.ts';
import type { SubscriptionStore } from '../subscriptions/store.ts';
import { adminStore } from './admin-store.ts';
import { CommitGroup } from './commit-group.ts';
import { type DeadLetter, deadLetters, requeueMessage } from './dead-letters.ts';
import type { Database } from './database.ts';
import { editorialStore } from './editorial-store.ts';
import { topicOf } from './deliveries.ts';
import type { Engine } from './engine.ts';
import { erasing } from './erasing.ts';
import { isTransient, toStoreFault } from './fault.ts';
import { claimMessages, endMessage, putMessage, retryMessage } from './inbox.ts';
import { indexSnapshots } from './index-snapshots.ts';
import { insight } from './insight.ts';
import { interests } from './interests.ts';
import { leases } from './leases.ts';
import { Calls, Listeners } from './listeners.ts';
import { claimReplies, collectReplies, deferReply, queueReplies, retryReply, settleReply } from './outbox.ts';
import { purge } from './purge.ts';
import { rateWindows } from './rate-windows.ts';
import { queueCounts } from './queue-counts.ts';
import { releaseLeases, releaseLeasesOfGone, tokenOf } from './release-leases.ts';
import { schedule } from './schedule.ts';
import type { Db, Tx } from './schema.ts';
import { subscriptions } from './subscriptions.ts';
import { tickets } from './tickets.ts';
import { lastTurn, saveRemembered, turnById, voteOf } from './turns.ts';

export interface SqlStoreOptions {
  readonly now: () => number;
  /** Makes the fencing tokens: unique over all processes and time. */
  readonly newId: () => string;
  /** Names this process in its fencing tokens, so that others see whose they are. Null: nobody looks. */
  readonly holder?: string | null;
}

/** Tries of a transaction that the database rolls back for the sake of another. */
const MAX_TRIES = 4;

/**
 * Inbox, lanes, outbox and conversations, the library's texts and the console's people in a database. Every method but `purge` is one transaction
 * and resolves once that is durable, of leases once it is committed; it throws `STORE_UNAVAILABLE` when the database does not answer or the store is closed.
 */
export class SqlStore implements DeliveryStore, ConversationStore {
  /** The library's texts. */
  readonly editorial: EditorialStore;
  /** The console's people. */
  readonly admin: AdminStore;
  /** Questions handed to staff. */
  readonly tickets: TicketStore;
  /** Who waits for an answer. */
  readonly interests: InterestStore;
  /** What is counted and listed of questions. */
  readonly insight: InsightStore;
  /** Who wants news of what. */
  readonly subscriptions: SubscriptionStore;
  /** Which scheduled work is done. */
  readonly schedule: ScheduleStore;
  /** Which process leads. */
  readonly leases: LeaseStore;
  /** How often somebody has asked, over all processes. */
  readonly rates: RateCounts;
  /** Erases what people said. */
  readonly privacy: PrivacyStore;
  /** Built indexes for processes that start; null where a file next door does it. */
  readonly snapshots: SnapshotShelf | null;
  readonly #engine: Engine;
  readonly #db: Db;
  /** Where one process has the only connection, its transactions are gathered; a server gathers those of many by itself. */
  readonly #group: CommitGroup | null;
  readonly #now: () => number;
  readonly #newToken: () => string;
  readonly #listeners = new Listeners();
  readonly #publications = new Calls();
  readonly #inFlight = new Set<Promise<unknown>>();
  #closing: Promise<void> | null = null;

  /** For `openStore`, which has the engine ready. */
  constructor(engine: Engine, { now, newId, holder = null }: SqlStoreOptions) {
    this.#engine = engine;
    this.#db = engine.db;
    this.#group = engine.sync === null ? null : new CommitGroup(engine.db, engine.sync);
    this.#now = now;
    this.#newToken = () => tokenOf(holder, newId());
    const database: Database = {
      kind: engine.kind,
      run: (work) => this.#run(() => work(this.#db)),
      transact: (work) => this.#transact(work),
    };
    this.editorial = editorialStore(database, this.#publications, () => engine.announce('publication'));
    this.admin = adminStore(database);
    const announceReplies = (channels: Iterable<ChannelName>): void => {
      for (const channel of channels) this.#announce(`outbox:${channel}`);
    };
    this.tickets = tickets(database, announceReplies);
    this.interests = interests(database, announceReplies);
    this.insight = insight(database);
    this.subscriptions = subscriptions(database, announceReplies);
    this.schedule = schedule(database, announceReplies);
    this.privacy = erasing(database);
    this.leases = leases(database);
    this.rates = rateWindows((work) => this.#lightly(work));
    this.snapshots = engine.kind === 'postgres' ? indexSnapshots(database, now) : null;
    engine.onAnnounced((topic) => {
      if (topic === 'publication') this.#publications.call();
      else if (topic === 'work') this.#listeners.callAll();
      else this.#listeners.call(topic);
    });
  }

  async put(received: Received, nowMs: number): Promise<'stored' | 'duplicate'> {
    const outcome = await this.#transact((tx) => putMessage(tx, received, nowMs));
    if (outcome === 'stored') this.#announce('inbox');
    return outcome;
  }

  claim(limit: number, nowMs: number, leaseMs: number): Promise<readonly Claim[]> {
    const token = this.#newToken();
    return this.#lightly((db) => claimMessages(db, this.#engine.kind, { limit, nowMs, leaseMs, token }));
  }

  complete(claim: Claim, handled: Remembered, replies: readonly OutgoingReply[], nowMs: number): Promise<boolean> {
    return this.#end(claim, { status: 'done' }, handled, replies, nowMs);
  }

  retry(claim: Claim, atMs: number, error: string): Promise<boolean> {
    return this.#transact((tx) => retryMessage(tx, claim, atMs, error));
  }

  end(claim: Claim, end: MessageEnd, replies: readonly OutgoingReply[], nowMs: number): Promise<boolean> {
    return this.#end(claim, end, { turn: null, feedback: null }, replies, nowMs);
  }

  claimReplies(channel: ChannelName, limit: number, nowMs: number, leaseMs: number): Promise<readonly ReplyClaim[]> {
    const token = this.#newToken();
    return this.#lightly((db) => claimReplies(db, this.#engine.kind, channel, { limit, nowMs, leaseMs, token }));
  }

  async settleReply(claim: ReplyClaim, end: ReplyEnd, nowMs: number, quietUntilMs = 0): Promise<boolean> {
    const ending = await this.#transact((tx) => settleReply(tx, claim, end, nowMs, quietUntilMs));
    if (ending === 'next-waits') this.#announce(`outbox:${claim.reply.channel}`);
    return ending !== 'lease-lost';
  }

  async retryReply(claim: ReplyClaim, atMs: number, change: ReplyChange | null): Promise<boolean> {
    const isHeld = await this.#transact((tx) => retryReply(tx, claim, atMs, change));
    if (isHeld) this.#announce(`outbox:${claim.reply.channel}`);
    return isHeld;
  }

  deferReply(claim: ReplyClaim, atMs: number): Promise<boolean> {
    return this.#lightly((db) => deferReply(db, claim, atMs));
  }

  /** Takes the leases of earlier processes off; only while nobody else works on the database. Returns how many there were. */
  releaseLeases(nowMs: number): Promise<number> {
    return this.#run(() => releaseLeases(this.#db, nowMs));
  }

  /**
   * Takes off the leases of processes that no longer say that they live.
   * @param presence how the names of the leases begin by which they say so; the holder's name follows
   * @returns how many there were
   */
  async releaseLeasesOfGone(presence: string, nowMs: number): Promise<number> {
    const released = await this.#run(() => releaseLeasesOfGone(this.#db, this.#engine.kind, presence, nowMs));
    if (released > 0) this.#listeners.callAll();
    return released;
  }

  counts(): Promise<QueueCounts> {
    return this.#run(() => queueCounts(this.#db));
  }

  /** Forgets in small steps, so that the work of the day goes on meanwhile; interrupted, it has forgotten a part. */
  purge(beforeMs: number): Promise<void> {
    return this.#run(() => purge(this.#db, beforeMs, this.#now()));
  }

  onWork(queue: QueueName, listener: () => unknown): () => void {
    return this.#listeners.add(queue, listener);
  }

  lastTurn(contextKey: string): Promise<Turn | null> {
    return this.#run(() => lastTurn(this.#db, contextKey));
  }

  turn(id: string): Promise<Turn | null> {
    return this.#run(() => turnById(this.#db, id));
  }

  async save(remembered: Remembered, notices: readonly OutgoingReply[] = []): Promise<void> {
    await this.#transact(async (tx) => {
      await saveRemembered(tx, remembered, this.#now());
      await queueReplies(tx, notices, this.#now());
    });
    for (const channel of new Set(notices.map((reply) => reply.channel))) this.#announce(`outbox:${channel}`);
  }

  collect(channel: ChannelName, chatId: string, seen: string | null, nowMs: number): Promise<readonly OutgoingReply[]> {
    return this.#transact((tx) => collectReplies(tx, channel, chatId, seen, nowMs));
  }

  async isOurs(channel: ChannelName, chatId: string, platformMessageIds: readonly string[]): Promise<boolean> {
    return (await this.#run(() => topicOf(this.#db, channel, chatId, platformMessageIds))) !== null;
  }

  /** The vote of a person on an answer; null when there is none. */
  voteOf(turnId: string, asker: string): Promise<'up' | 'down' | null> {
    return this.#run(() => voteOf(this.#db, turnId, asker));
  }

  /** Messages and replies given up, the latest first. */
  deadLetters(limit: number): Promise<DeadLetter[]> {
    return this.#run(() => deadLetters(this.#db, limit));
  }

  /** Puts a dead message back as the last of its lane, as if written now. False: there is no dead message of this id. */
  async requeue(id: string): Promise<boolean> {
    const isBack = await this.#transact((tx) => requeueMessage(tx, id, this.#now()));
    if (isBack) this.#announce('inbox');
    return isBack;
  }

  /** Writes a row: resolves when the store can take messages. */
  async ping(): Promise<void> {
    const at_ms = this.#now();
    await this.#transact((tx) =>
      tx
        .insertInto('probe')
        .values({ id: 1, at_ms })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ at_ms }))
        .execute(),
    );
  }

  /**
   * Writes a consistent copy of the database to `file`, while it is in use.
   * @throws {AppError} `INPUT_INVALID` when the file cannot be written, and always for PostgreSQL, which has its own tools
   */
  backup(file: string): Promise<void> {
    return this.#run(() => this.#engine.backup(file));
  }

  /** Lets running calls finish, then closes the database. Stop the workers and senders before. Calling it again does nothing more. */
  close(): Promise<void> {
    this.#closing ??= (async () => {
      this.#listeners.clear();
      this.#publications.clear();
      await Promise.allSettled(this.#inFlight);
      await this.#engine.close();
    })();
    return this.#closing;
  }

  async #end(
    claim: Claim,
    end: MessageEnd | { readonly status: 'done' },
    handled: Remembered,
    replies: readonly OutgoingReply[],
    nowMs: number,
  ): Promise<boolean> {
    const ending = await this.#transact(async (tx) => {
      const ended = await endMessage(tx, claim, end, nowMs);
      if (ended === 'lease-lost') return ended;
      await saveRemembered(tx, handled, nowMs);
      await queueReplies(tx, replies, nowMs);
      return ended;
    });
    if (ending === 'lease-lost') return false;
    if (ending === 'next-waits') this.#announce('inbox');
    for (const channel of new Set(replies.map((reply) => reply.channel))) this.#announce(`outbox:${channel}`);
    return true;
  }

  /** Others are told only of what this process does not take in hand at once: each would look, and find nothing. */
  #announce(queue: QueueName): void {
    if (!this.#listeners.call(queue)) this.#engine.announce(queue);
  }

  #transact<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const group = this.#group;
    if (group !== null) return this.#run(() => group.run(work, 'on-disk'));
    return this.#run(async () => {
      for (let tries = 1; ; tries++) {
        try {
          return await this.#db.transaction().execute(work);
        } catch (error) {
          if (!isTransient(error) || tries === MAX_TRIES) throw error;
        }
      }
    });
  }

  /** For leases: nobody waits until they are on the disk, and a server writes each by itself. */
  #lightly<T>(work: (db: Db) => Promise<T>): Promise<T> {
    const group = this.#group;
    return this.#run(() => (group === null ? work(this.#db) : group.run(work, 'committed')));
  }

  async #run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closing) throw new AppError('STORE_UNAVAILABLE', 'The store is closed.');
    const task = work();
    this.#inFlight.add(task);
    try {
      return await task;
    } catch (error) {
      throw toStoreFault(error);
    } finally {
      this.#inFlight.delete(task);
    }
  }
}

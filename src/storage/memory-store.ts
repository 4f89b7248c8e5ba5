import type { ConversationStore } from '../conversations/store.ts';
import type { Claim, DeliveryStore, QueueCounts, QueueName, ReplyClaim } from '../delivery/store.ts';
import { AppError } from '../domain/errors.ts';
import type { ChannelName, Incoming, OutgoingReply } from '../domain/message.ts';
import type { Remembered, Turn } from '../domain/turn.ts';
import { cleanCopy, cleanText } from './clean.ts';
import { Listeners } from './listeners.ts';

interface Job {
  readonly id: string;
  readonly message: Incoming;
  readonly receivedAtMs: number;
  state: 'waiting' | 'leased' | 'done' | 'expired' | 'dead';
  token: string | null;
  leaseUntilMs: number;
  dueAtMs: number;
  attempts: number;
  error: string | null;
}

interface Row {
  reply: OutgoingReply;
  readonly lane: string;
  readonly queuedAtMs: number;
  state: 'waiting' | 'leased' | 'sent' | 'unknown' | 'dead';
  token: string | null;
  leaseUntilMs: number;
  dueAtMs: number;
  attempts: number;
  code: string | null;
}

/** Turns remembered per process; the oldest make room. */
const MAX_TURNS = 10_000;

const laneOf = ({ channel, address }: OutgoingReply): string => `${channel}:${address.chatId}:${address.threadId ?? ''}`;

/** Everything in memory: for a terminal session, for tests, and as the reference the stores on disk are held against. Nothing survives a restart. */
export class MemoryStore implements DeliveryStore, ConversationStore {
  readonly #keys = new Map<string, number>();
  readonly #jobs: Job[] = [];
  readonly #quietUntil = new Map<string, number>();
  readonly #rows: Row[] = [];
  readonly #turns = new Map<string, Turn>();
  /** Platform ids of what was sent about something. */
  readonly #topics = new Set<string>();
  readonly #feedback = new Map<string, 'up' | 'down'>();
  /** All that is kept of tickets. */
  readonly #ticketVersions = new Map<string, number>();
  readonly #listeners = new Listeners();
  #sequence = 0;

  #nextId(): string {
    return String(++this.#sequence);
  }

  async put({ message, dedupeKeys }: { message: Incoming; dedupeKeys: readonly string[] }, nowMs: number): Promise<'stored' | 'duplicate'> {
    const keys = dedupeKeys.map(cleanText);
    if (keys.some((key) => this.#keys.has(key))) return 'duplicate';
    for (const key of keys) this.#keys.set(key, nowMs);
    this.#jobs.push({
      id: this.#nextId(),
      message: cleanCopy(message),
      receivedAtMs: nowMs,
      state: 'waiting',
      token: null,
      leaseUntilMs: 0,
      dueAtMs: nowMs,
      attempts: 0,
      error: null,
    });
    this.#listeners.call('inbox');
    return 'stored';
  }

  async claim(limit: number, nowMs: number, leaseMs: number): Promise<readonly Claim[]> {
    const claims: Claim[] = [];
    const busy = new Set<string>();
    for (const job of this.#jobs) {
      if (claims.length === limit) break;
      const isOpen = job.state === 'waiting' || job.state === 'leased';
      if (!isOpen || busy.has(job.message.lane)) continue;
      busy.add(job.message.lane);
      if (job.state === 'leased' && job.leaseUntilMs > nowMs) continue;
      if (job.dueAtMs > nowMs) continue;
      job.state = 'leased';
      job.token = this.#nextId();
      job.leaseUntilMs = nowMs + leaseMs;
      job.attempts++;
      claims.push({ jobId: job.id, token: job.token, message: job.message, attempt: job.attempts, receivedAtMs: job.receivedAtMs });
    }
    return claims;
  }

  #held(claim: Claim): Job | null {
    return this.#jobs.find((job) => job.id === claim.jobId && job.state === 'leased' && job.token === claim.token) ?? null;
  }

  #queue(replies: readonly OutgoingReply[], nowMs: number): void {
    for (const reply of replies) {
      this.#rows.push({
        reply: cleanCopy(reply),
        lane: laneOf(reply),
        queuedAtMs: nowMs,
        state: 'waiting',
        token: null,
        leaseUntilMs: 0,
        dueAtMs: nowMs,
        attempts: 0,
        code: null,
      });
    }
    for (const { channel } of replies) this.#listeners.call(`outbox:${channel}`);
  }

  async complete(claim: Claim, handled: Remembered, replies: readonly OutgoingReply[], nowMs: number): Promise<boolean> {
    const job = this.#held(claim);
    if (!job) return false;
    this.#save(handled);
    job.state = 'done';
    this.#queue(replies, nowMs);
    this.#listeners.call('inbox');
    return true;
  }

  async retry(claim: Claim, atMs: number, error: string): Promise<boolean> {
    const job = this.#held(claim);
    if (!job) return false;
    Object.assign(job, { state: 'waiting', token: null, dueAtMs: atMs, error });
    return true;
  }

  async end(claim: Claim, end: Parameters<DeliveryStore['end']>[1], replies: readonly OutgoingReply[], nowMs: number): Promise<boolean> {
    const job = this.#held(claim);
    if (!job) return false;
    job.state = end.status;
    job.error = end.status === 'dead' ? end.error : null;
    this.#queue(replies, nowMs);
    this.#listeners.call('inbox');
    return true;
  }

  async claimReplies(channel: ChannelName, limit: number, nowMs: number, leaseMs: number): Promise<readonly ReplyClaim[]> {
    const claims: ReplyClaim[] = [];
    const busy = new Set<string>();
    for (const row of this.#rows) {
      if (claims.length === limit) break;
      const isOpen = row.state === 'waiting' || row.state === 'leased';
      if (!isOpen || row.reply.channel !== channel || busy.has(row.lane)) continue;
      busy.add(row.lane);
      if ((row.state === 'leased' && row.leaseUntilMs > nowMs) || row.dueAtMs > nowMs || (this.#quietUntil.get(row.lane) ?? 0) > nowMs)
        continue;
      row.state = 'leased';
      row.token = this.#nextId();
      row.leaseUntilMs = nowMs + leaseMs;
      row.attempts++;
      claims.push({ reply: row.reply, lane: row.lane, token: row.token, attempt: row.attempts, queuedAtMs: row.queuedAtMs });
    }
    return claims;
  }

  #heldRow(claim: ReplyClaim): Row | null {
    return this.#rows.find((row) => row.reply.id === claim.reply.id && row.state === 'leased' && row.token === claim.token) ?? null;
  }

  async settleReply(
    claim: ReplyClaim,
    end: Parameters<DeliveryStore['settleReply']>[1],
    _nowMs?: number,
    quietUntilMs = 0,
  ): Promise<boolean> {
    const row = this.#heldRow(claim);
    if (!row) return false;
    this.#quietUntil.set(row.lane, quietUntilMs);
    row.state = end.status;
    row.code = end.status === 'sent' ? null : end.code;
    const { channel, address, about } = row.reply;
    if (end.status === 'sent' && about !== undefined) this.#topics.add(`${channel}/${address.chatId}/${end.platformMessageId}`);
    this.#listeners.call(`outbox:${claim.reply.channel}`);
    return true;
  }

  async retryReply(claim: ReplyClaim, atMs: number, change: Parameters<DeliveryStore['retryReply']>[2]): Promise<boolean> {
    const row = this.#heldRow(claim);
    if (!row) return false;
    Object.assign(row, { state: 'waiting', token: null, dueAtMs: atMs });
    if (change) {
      const { edits, ...reply } = row.reply;
      const kept = edits === undefined || change.edits === null ? {} : { edits };
      row.reply = { ...reply, form: change.form, address: cleanCopy(change.address), ...kept };
    }
    this.#listeners.call(`outbox:${claim.reply.channel}`);
    return true;
  }

  async deferReply(claim: ReplyClaim, atMs: number): Promise<boolean> {
    const row = this.#heldRow(claim);
    if (!row) return false;
    Object.assign(row, { state: 'waiting', token: null, dueAtMs: atMs, attempts: row.attempts - 1 });
    return true;
  }

  async collect(channel: ChannelName, chatId: string, seen: string | null): Promise<readonly OutgoingReply[]> {
    const waiting = this.#rows.filter(({ lane, state }) => (state === 'waiting' || state === 'leased') && lane === `${channel}:${chatId}:`);
    const had = waiting.findIndex(({ reply }) => reply.id === seen) + 1;
    for (const row of waiting.slice(0, had)) row.state = 'sent';
    return waiting.slice(had).map(({ reply }) => reply);
  }

  async isOurs(channel: ChannelName, chatId: string, platformMessageIds: readonly string[]): Promise<boolean> {
    return platformMessageIds.some((id) => this.#topics.has(`${channel}/${chatId}/${id}`));
  }

  async counts(): Promise<QueueCounts> {
    const waiting = this.#jobs.filter((job) => job.state === 'waiting' || job.state === 'leased');
    const rows = (state: Row['state']): number => this.#rows.filter((row) => row.state === state).length;
    return {
      waiting: waiting.length,
      oldestWaitingAtMs: waiting[0]?.receivedAtMs ?? null,
      unsent: rows('waiting') + rows('leased'),
      deadMessages: this.#jobs.filter((job) => job.state === 'dead').length,
      deadReplies: rows('dead'),
      unknownReplies: rows('unknown'),
    };
  }

  async purge(beforeMs: number): Promise<void> {
    for (const [key, atMs] of this.#keys) if (atMs < beforeMs) this.#keys.delete(key);
    const isOver = (state: string): boolean => state === 'done' || state === 'expired' || state === 'sent' || state === 'unknown';
    remove(this.#jobs, (job) => isOver(job.state) && job.receivedAtMs < beforeMs);
    const isUncollected = ({ state, reply }: Row): boolean => state === 'waiting' && reply.channel === 'web';
    remove(this.#rows, (row) => (isOver(row.state) || isUncollected(row)) && row.queuedAtMs < beforeMs);
  }

  onWork(queue: QueueName, listener: () => unknown): () => void {
    return this.#listeners.add(queue, listener);
  }

  async lastTurn(contextKey: string): Promise<Turn | null> {
    return contextKey === '' ? null : (this.#turns.get(cleanText(contextKey)) ?? null);
  }

  async save(handled: Remembered, notices: readonly OutgoingReply[] = []): Promise<void> {
    this.#save(handled);
    this.#queue(notices, handled.turn?.atMs ?? 0);
  }

  #save(handled: Remembered): void {
    const { turn, feedback, tickets = [] } = cleanCopy(handled);
    for (const { ticket, expects } of tickets) {
      if ((this.#ticketVersions.get(ticket.id) ?? null) !== expects) {
        throw new AppError('STALE', 'Expected the ticket as it was read, but it has changed meanwhile.');
      }
    }
    for (const { ticket } of tickets) this.#ticketVersions.set(ticket.id, ticket.version);
    if (turn && turn.atMs >= (this.#turns.get(turn.contextKey)?.atMs ?? turn.atMs)) {
      this.#turns.delete(turn.contextKey);
      this.#turns.set(turn.contextKey, turn);
      if (this.#turns.size > MAX_TURNS) this.#turns.delete(this.#turns.keys().next().value!);
    }
    if (feedback) this.#feedback.set(`${feedback.turnId}/${feedback.asker}`, feedback.vote);
  }

  async turn(id: string): Promise<Turn | null> {
    return [...this.#turns.values()].find((turn) => turn.id === id) ?? null;
  }

  /** The vote of a person on an answer; null when there is none. */
  async voteOf(turnId: string, asker: string): Promise<'up' | 'down' | null> {
    return this.#feedback.get(`${turnId}/${asker}`) ?? null;
  }
}

function remove<T>(list: T[], isGone: (item: T) => boolean): void {
  for (let at = list.length - 1; at >= 0; at--) if (isGone(list[at]!)) list.splice(at, 1);
}

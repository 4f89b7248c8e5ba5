import { setTimeout as sleep } from 'node:timers/promises';
import type { DeliveryStore } from '../../src/delivery/store.ts';
import { claimOne, claimReplyOne, NOTHING, received, reply, T0 } from './messages.ts';

const GIVE_UP_MS = 20_000;

/** What came of storing, answering and sending at once. */
export interface WorkedOff {
  readonly answered: number;
  readonly sent: number;
  /** Lanes two workers were in at the same time. */
  readonly overlaps: number;
  readonly answeredInWrongOrder: readonly string[];
  readonly sentInWrongOrder: readonly string[];
}

/** Stores messages in many lanes, each lane's one after another, while workers answer and senders send, all at once and spread over the given stores. */
export async function workOffConcurrently(
  stores: readonly DeliveryStore[],
  {
    lanes,
    messagesPerLane,
    workers,
    senders,
  }: { readonly lanes: number; readonly messagesPerLane: number; readonly workers: number; readonly senders: number },
): Promise<WorkedOff> {
  const total = lanes * messagesPerLane;
  const answered = new Map<string, string[]>();
  const sent = new Map<string, string[]>();
  const busy = new Set<string>();
  let overlaps = 0;
  let answers = 0;
  let sends = 0;
  const giveUpAt = performance.now() + GIVE_UP_MS;
  const isOver = (count: number): boolean => count >= total || performance.now() > giveUpAt;
  const storeOf = (at: number): DeliveryStore => {
    const store = stores[at % stores.length];
    if (!store) throw new Error('expected at least one store');
    return store;
  };
  const append = (map: Map<string, string[]>, key: string, value: string): void => void map.set(key, [...(map.get(key) ?? []), value]);

  const produce = async (lane: number): Promise<void> => {
    for (let at = 0; at < messagesPerLane; at++) await storeOf(lane + at).put(received(`lane ${lane}`, `${lane}-${at}`), T0 + at);
  };
  const answer = async (store: DeliveryStore): Promise<void> => {
    while (!isOver(answers)) {
      const claim = await claimOne(store, T0 + 1_000, 60_000);
      if (!claim) {
        await sleep(1);
        continue;
      }
      const { lane, messageId } = claim.message;
      if (busy.has(lane)) overlaps++;
      busy.add(lane);
      append(answered, lane, messageId);
      if (answers % 3 === 0) await sleep(1);
      busy.delete(lane);
      await store.complete(claim, NOTHING, [reply(messageId, lane)], T0 + 1_000);
      answers++;
    }
  };
  const send = async (store: DeliveryStore): Promise<void> => {
    while (!isOver(sends)) {
      const claim = await claimReplyOne(store, T0 + 1_000, 60_000);
      if (!claim) {
        await sleep(1);
        continue;
      }
      append(sent, claim.reply.address.chatId, claim.reply.id);
      await store.settleReply(claim, { status: 'sent', platformMessageId: claim.reply.id }, T0 + 1_000);
      sends++;
    }
  };
  await Promise.all([
    ...Array.from({ length: lanes }, (_, lane) => produce(lane)),
    ...Array.from({ length: workers }, (_, at) => answer(storeOf(at))),
    ...Array.from({ length: senders }, (_, at) => send(storeOf(at))),
  ]);

  const inWrongOrder = (map: Map<string, string[]>): string[] =>
    Array.from({ length: lanes }, (_, lane) => lane)
      .filter(
        (lane) => (map.get(`lane ${lane}`) ?? []).join() !== Array.from({ length: messagesPerLane }, (_, at) => `${lane}-${at}`).join(),
      )
      .map((lane) => `lane ${lane}: ${map.get(`lane ${lane}`)?.join(' ')}`);
  return { answered: answers, sent: sends, overlaps, answeredInWrongOrder: inWrongOrder(answered), sentInWrongOrder: inWrongOrder(sent) };
}

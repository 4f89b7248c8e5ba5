import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Log } from '../../src/domain/log.ts';
import type { Address } from '../../src/domain/message.ts';
import { openStore } from '../../src/storage/open-store.ts';
import { messageEvent } from '../fakes/feishu-events.ts';
import { FakeFeishu } from '../fakes/feishu-server.ts';
import { ALICE, FakeTelegram, messageUpdate } from '../fakes/telegram-server.ts';
import { ChildServer } from '../support/child-server.ts';
import { feishuSettings, telegramSettings, temporaryFolder } from '../support/config.ts';
import { seededRandom } from '../support/random.ts';
import { SMALL_QUESTIONS } from '../support/small-questions.ts';

const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** How often the process is killed; set WENCE_CRASH_ROUNDS for a longer run. */
const ROUNDS = Number(process.env['WENCE_CRASH_ROUNDS'] ?? 20);
const SEED = Number(process.env['WENCE_CRASH_SEED'] ?? 20_240_601);
const CHATS = 50;
const MESSAGES_PER_CHAT = 5;
const MESSAGES = CHATS * MESSAGES_PER_CHAT;
/** A kill comes within this time after the messages of its round were handed in. */
const LATEST_KILL_MS = 1_200;

const questionAt = (index: number): string => SMALL_QUESTIONS[index % SMALL_QUESTIONS.length]!.question;

/** The unsent Telegram replies a killed process has left behind, by the message they answer. */
function unsentOnTelegram(file: string): number[] {
  const database = new Database(file, { readonly: true });
  try {
    const rows = database
      .prepare<[], { address: string }>("select address from outbox where state = 'open' and channel = 'telegram'")
      .all();
    return rows.map(({ address }) => Number((JSON.parse(address) as Address).replyTo));
  } finally {
    database.close();
  }
}

/** Which messages Telegram was sent answers to in each life of the process: a life begins by asking who we are. */
function answeredByLife(telegram: FakeTelegram): number[][] {
  const lives: number[][] = [];
  for (const { method, payload } of telegram.calls) {
    if (method === 'getMe') lives.push([]);
    if (method === 'sendMessage') lives.at(-1)!.push((payload['reply_parameters'] as { message_id: number }).message_id);
  }
  return lives;
}

describe('a process that is killed again and again', () => {
  it(
    `answers every message all the same: ${2 * MESSAGES} messages, ${ROUNDS} kills`,
    async () => {
      const random = seededRandom(SEED);
      const folder = temporaryFolder();
      const file = join(folder, 'wence.db');
      const [telegram, feishu] = [await FakeTelegram.start(), await FakeFeishu.start()];
      const environment = { ...telegramSettings(telegram), ...feishuSettings(feishu), DATA_DIR: folder };
      let child: ChildServer | null = null;
      onTestFinished(async () => {
        await child?.kill();
        await Promise.all([telegram.close(), feishu.stop()]);
      });

      const released = Array.from({ length: ROUNDS }, () => Promise.withResolvers<void>());
      const roundOf = (chat: number, turn: number): number => Math.floor(((turn + chat / CHATS) * ROUNDS) / MESSAGES_PER_CHAT);
      // In a Feishu chat the next message is written when the one before has been taken: that is the order the answers must have.
      const writing = Array.from({ length: CHATS }, async (_, chat) => {
        for (let turn = 0; turn < MESSAGES_PER_CHAT; turn++) {
          await released[roundOf(chat, turn)]!.promise;
          const ids = { messageId: `om_${chat}_${turn}`, chatId: `oc_chat${chat}`, senderId: `ou_person${chat}` };
          await feishu.push(messageEvent(feishu, { ...ids, text: questionAt(chat + turn) }));
        }
      });
      /** Telegram numbers messages by chat; here the numbers also tell which chat it was. */
      const telegramId = (chat: number, turn: number): number => 1 + chat * MESSAGES_PER_CHAT + turn;
      let updates = 0;
      const writeOnTelegram = (round: number): void => {
        for (let turn = 0; turn < MESSAGES_PER_CHAT; turn++) {
          for (let chat = 0; chat < CHATS; chat++) {
            if (roundOf(chat, turn) !== round) continue;
            const person = { ...ALICE, id: 1_000 + chat };
            const fields = { message_id: telegramId(chat, turn), date: Math.floor(Date.now() / 1000), from: person };
            telegram.push(
              messageUpdate((updates += 1), questionAt(chat + turn), {
                ...fields,
                chat: { id: person.id, type: 'private', first_name: '陈' },
              }),
            );
          }
        }
      };

      const leftBehind: number[][] = [];
      for (let round = 0; round < ROUNDS; round++) {
        child = new ChildServer(environment);
        await Promise.all([child.url, feishu.connected()]);
        writeOnTelegram(round);
        released[round]!.resolve();
        // The moment of death is meant to be any moment, so there is no event to wait for.
        await sleep(Math.floor(random() * LATEST_KILL_MS));
        await child.kill();
        await Promise.all([telegram.quiet(), feishu.quiet()]);
        leftBehind.push(unsentOnTelegram(file));
      }

      child = new ChildServer(environment);
      await child.url;
      await Promise.all(writing);
      await feishu.until(() => feishu.messages.length >= MESSAGES);
      await telegram.until(() => new Set(telegram.sent.map((sent) => sent.reply_parameters?.message_id)).size >= MESSAGES);
      expect(await child.stop()).toEqual({ code: 0, signal: null });

      // Feishu recognises a repeat by its idempotency key: one answer each, in the order of the questions.
      const onFeishu = Map.groupBy(feishu.messages, ({ replyTo }) => replyTo!.split('_')[1]!);
      expect(feishu.messages).toHaveLength(MESSAGES);
      for (let chat = 0; chat < CHATS; chat++) {
        const expected = Array.from({ length: MESSAGES_PER_CHAT }, (_, turn) => `om_${chat}_${turn}`);
        expect(onFeishu.get(String(chat))!.map(({ replyTo }) => replyTo)).toEqual(expected);
      }

      // Telegram cannot: an answer is sent again when the process died between sending it and recording that it did, and only then.
      const lives = answeredByLife(telegram);
      const answered = lives.flat();
      const unrecorded = leftBehind.flatMap((unsent, life) => unsent.filter((id) => lives[life]!.includes(id)));
      const expectedCopies = new Map(answered.map((id) => [id, 1]));
      for (const id of unrecorded) expectedCopies.set(id, expectedCopies.get(id)! + 1);
      const copies = new Map([...Map.groupBy(answered, (id) => id)].map(([id, sent]) => [id, sent.length]));
      expect(copies).toEqual(expectedCopies);
      expect(copies.size).toBe(MESSAGES);
      const inOrder = [...new Set(answered)];
      for (let chat = 0; chat < CHATS; chat++) {
        const expected = Array.from({ length: MESSAGES_PER_CHAT }, (_, turn) => telegramId(chat, turn));
        expect(inOrder.filter((id) => expected.includes(id))).toEqual(expected);
      }
      for (const sent of telegram.sent) {
        const index = sent.reply_parameters!.message_id - 1;
        const asked = SMALL_QUESTIONS[(Math.floor(index / MESSAGES_PER_CHAT) + (index % MESSAGES_PER_CHAT)) % SMALL_QUESTIONS.length]!;
        expect(sent.text).toContain(asked.answer);
      }

      const store = await openStore({ kind: 'sqlite', file }, { log: silent, now: Date.now, newId: () => 'token' });
      onTestFinished(() => store.close());
      expect(await store.counts()).toEqual({
        waiting: 0,
        oldestWaitingAtMs: null,
        unsent: 0,
        deadMessages: 0,
        deadReplies: 0,
        unknownReplies: 0,
      });
      const inHand = leftBehind.filter((unsent) => unsent.length > 0).length;
      const repeats = feishu.requestsTo('/reply').length - feishu.messages.length;
      console.log(
        `${2 * MESSAGES} messages, ${ROUNDS} kills (${inHand} with Telegram replies waiting): Feishu ${feishu.messages.length} answers, ` +
          `${repeats} repeats recognised by the platform; Telegram ${answered.length} answers, ${unrecorded.length} of them second copies; nothing dead`,
      );
    },
    Math.max(240_000, ROUNDS * 12_000),
  );
});

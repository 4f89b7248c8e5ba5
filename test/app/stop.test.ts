import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { messageEvent } from '../fakes/feishu-events.ts';
import { ALICE, messageUpdate } from '../fakes/telegram-server.ts';
import { ChildServer } from '../support/child-server.ts';
import { feishuSettings, telegramSettings, temporaryFolder } from '../support/config.ts';
import { fakeFeishu, fakeTelegram, lookInto, NOTHING_LEFT, nowS } from '../support/running.ts';

const LONG = 90_000;
const QUESTION = '班车几点发车';

/** A process that is gone when the test is over. */
function startChild(environment: Readonly<Record<string, string>>): ChildServer {
  const child = new ChildServer(environment);
  onTestFinished(() => child.kill());
  return child;
}

describe('a process asked to stop', () => {
  it(
    'with work in hand leaves in order, and the next one answers what is left, once',
    async () => {
      const [telegram, feishu, dataDir] = [await fakeTelegram(), await fakeFeishu(), temporaryFolder()];
      const environment = { ...telegramSettings(telegram), ...feishuSettings(feishu), DATA_DIR: dataDir };
      const first = startChild(environment);
      await Promise.all([first.url, feishu.connected()]);
      const count = 60;
      const pushed: Promise<void>[] = [];
      for (let at = 1; at <= count; at++) {
        const chat = at % 20;
        const person = { ...ALICE, id: 500 + chat };
        telegram.push(
          messageUpdate(at, QUESTION, { date: nowS(), from: person, chat: { id: person.id, type: 'private', first_name: '陈' } }),
        );
        const ids = { messageId: `om_${at}`, chatId: `oc_${chat}`, senderId: `ou_${chat}` };
        pushed.push(feishu.push(messageEvent(feishu, { ...ids, text: QUESTION })));
      }
      await Promise.all([telegram.waitForSent(3), feishu.until(() => feishu.messages.length >= 3)]);
      // Zero also says that it took less than the ten seconds after which it would have ended itself with one.
      expect(await first.stop()).toEqual({ code: 0, signal: null });
      const left = await lookInto(dataDir, (store) => store.counts());
      expect(left.waiting + left.unsent).toBeGreaterThan(0);

      const second = startChild(environment);
      await Promise.all(pushed);
      await telegram.waitForSent(count);
      await feishu.until(() => feishu.messages.length >= count);
      expect(await second.stop()).toEqual({ code: 0, signal: null });
      expect(new Set(telegram.sent.map((sent) => sent.reply_parameters?.message_id)).size).toBe(count);
      expect(telegram.sent).toHaveLength(count);
      expect(new Set(feishu.messages.map(({ replyTo }) => replyTo)).size).toBe(count);
      expect(await lookInto(dataDir, (store) => store.counts())).toEqual(NOTHING_LEFT);
    },
    LONG,
  );

  it(
    'while a platform does not answer breaks the send off and records that nobody knows',
    async () => {
      const [telegram, dataDir] = [await fakeTelegram(), temporaryFolder()];
      telegram.fail({ method: 'sendMessage', hang: true });
      const child = startChild({ ...telegramSettings(telegram), DATA_DIR: dataDir });
      telegram.push(messageUpdate(1, QUESTION, { date: nowS() }));
      await telegram.waitForCalls('sendMessage', 1);
      expect(await child.stop()).toEqual({ code: 0, signal: null });
      expect(await lookInto(dataDir, (store) => store.counts())).toEqual({ ...NOTHING_LEFT, unknownReplies: 1 });
    },
    LONG,
  );

  it(
    'twice ends at once with exit code 1, and the next one takes up what it had in hand',
    async () => {
      const [feishu, dataDir] = [await fakeFeishu(), temporaryFolder()];
      const environment = { ...feishuSettings(feishu), DATA_DIR: dataDir, LOG_LEVEL: 'info' };
      feishu.fault('/reply', { hang: true });
      const child = startChild(environment);
      await feishu.connected();
      await feishu.push(messageEvent(feishu, { text: QUESTION, messageId: 'om_1' }));
      await feishu.until(() => feishu.requestsTo('/reply').length === 1);
      child.signal('SIGTERM');
      await child.says('stopping');
      child.signal('SIGINT');
      expect(await child.exited).toEqual({ code: 1, signal: null });

      const next = startChild(environment);
      await next.says('going on with what it had in hand');
      await feishu.until(() => feishu.messages.length === 1);
      expect(await next.stop()).toEqual({ code: 0, signal: null });
      expect(feishu.messages.map(({ replyTo }) => replyTo)).toEqual(['om_1']);
    },
    LONG,
  );
});

describe('a process that cannot start', () => {
  it(
    'says that its port is taken, and how to go on',
    async () => {
      const other = createServer();
      await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
      onTestFinished(async () => void (await new Promise((resolve) => other.close(resolve))));
      const { port } = other.address() as AddressInfo;
      const child = startChild({ PORT: String(port), DATA_DIR: temporaryFolder() });
      expect((await child.exited).code).toBe(1);
      expect(child.errors).toBe(
        `CONFIG_INVALID: PORT: expected a free port, but ${port} is taken.\n→ Stop the other program, or set PORT to another number.\n`,
      );
    },
    LONG,
  );

  it(
    'says that another one has the database; when that one is killed it may have it',
    async () => {
      const dataDir = temporaryFolder();
      const first = startChild({ DATA_DIR: dataDir });
      await first.url;
      const second = startChild({ DATA_DIR: dataDir });
      expect((await second.exited).code).toBe(1);
      expect(second.errors).toContain('is in use by another Wence');
      await first.kill();
      const third = startChild({ DATA_DIR: dataDir });
      const health = await fetch(`${await third.url}/readyz`);
      expect(health.status).toBe(200);
      expect(await third.stop()).toEqual({ code: 0, signal: null });
    },
    LONG,
  );
});

import { copyFileSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { pseudonymKey } from '../../src/privacy/key.ts';
import { createPseudonyms } from '../../src/privacy/pseudonyms.ts';
import { messageEvent } from '../fakes/feishu-events.ts';
import { ChildServer, runWence } from '../support/child-server.ts';
import { feishuSettings, temporaryFolder } from '../support/config.ts';
import { fakeFeishu, lookInto, NOTHING_LEFT } from '../support/running.ts';

const LONG = 120_000;
const lastTurn = (dataDir: string) => {
  const context = createPseudonyms(pseudonymKey(null, dataDir)).context('feishu:oc_privatechat', 'ou_person');
  return lookInto(dataDir, (store) => store.lastTurn(context));
};

function startChild(environment: Readonly<Record<string, string>>): ChildServer {
  const child = new ChildServer(environment);
  onTestFinished(() => child.kill());
  return child;
}

describe('a backup', () => {
  it(
    'made while Wence runs brings conversations and unfinished work to another place',
    async () => {
      const [feishu, dataDir, elsewhere, backup] = [
        await fakeFeishu(),
        temporaryFolder(),
        temporaryFolder(),
        join(temporaryFolder(), 'copy.db'),
      ];
      const child = startChild({ ...feishuSettings(feishu), DATA_DIR: dataDir });
      await feishu.connected();
      await feishu.push(messageEvent(feishu, { text: '厂房租金怎么补贴', messageId: 'om_answered' }));
      await feishu.until(() => feishu.messages.length === 1);
      feishu.fault('/reply', { hang: true });
      await feishu.push(messageEvent(feishu, { text: '班车几点发车', messageId: 'om_unfinished' }));
      await feishu.until(() => feishu.requestsTo('/reply').length === 2);

      const made = await runWence(['backup', backup], { DATA_DIR: dataDir });
      expect(made).toEqual({ code: 0, output: `→ ${backup}\n`, errors: '' });
      await child.kill();
      const remembered = await lastTurn(dataDir);
      expect(remembered?.question).toBe('班车几点发车');

      const restored = await runWence(['restore', backup], { DATA_DIR: elsewhere });
      expect(restored).toEqual({ code: 0, output: `${backup} → ${join(elsewhere, 'wence.db')}\n`, errors: '' });
      // So that people are known there, too.
      copyFileSync(join(dataDir, 'asker.key'), join(elsewhere, 'asker.key'));
      const next = startChild({ ...feishuSettings(feishu), DATA_DIR: elsewhere });
      await feishu.until(() => feishu.messages.length === 2);
      // Known there, too: not answered a second time.
      await feishu.push(messageEvent(feishu, { text: '厂房租金怎么补贴', messageId: 'om_answered' }));
      expect(await next.stop()).toEqual({ code: 0, signal: null });
      expect(feishu.messages.map(({ replyTo }) => replyTo)).toEqual(['om_answered', 'om_unfinished']);
      expect(await lastTurn(elsewhere)).toEqual(remembered);
      expect(await lookInto(elsewhere, (store) => store.counts())).toEqual(NOTHING_LEFT);
    },
    LONG,
  );

  it(
    'that is damaged is refused, and the database stays as it was',
    async () => {
      const [dataDir, other] = [temporaryFolder(), temporaryFolder()];
      const backup = join(other, 'copy.db');
      await lookInto(dataDir, (store) => store.put(MESSAGE, Date.now()));
      expect((await runWence(['backup', backup], { DATA_DIR: dataDir })).code).toBe(0);
      const whole = readFileSync(backup);
      const file = join(dataDir, 'wence.db');
      const before = readFileSync(file);

      const damages: readonly [string, () => void][] = [
        ['cut off', () => truncateSync(backup, Math.floor(whole.length / 2))],
        ['overwritten in the middle', () => writeFileSync(backup, Buffer.from(whole).fill(0xa5, 4096, 3 * 4096))],
        ['something else', () => writeFileSync(backup, 'not a database, not even nearly one')],
        ['empty', () => writeFileSync(backup, '')],
      ];
      for (const [how, damage] of damages) {
        writeFileSync(backup, whole);
        damage();
        const refused = await runWence(['restore', backup], { DATA_DIR: dataDir });
        expect([how, refused.code, refused.output]).toEqual([how, 1, '']);
        expect(refused.errors).toMatch(/^INPUT_INVALID: copy\.db cannot be restored: .+\n→ Name a file written by a Wence backup\.\n$/);
        expect(readFileSync(file).equals(before)).toBe(true);
        expect(readdirSync(dataDir)).toEqual(['wence.db']);
      }
      expect(await lookInto(dataDir, (store) => store.counts())).toMatchObject({ waiting: 1 });
    },
    LONG,
  );

  it(
    'is not put in the place of a database in use',
    async () => {
      const [dataDir, other] = [temporaryFolder(), temporaryFolder()];
      const backup = join(other, 'copy.db');
      const child = startChild({ DATA_DIR: dataDir });
      await child.url;
      expect((await runWence(['backup', backup], { DATA_DIR: dataDir })).code).toBe(0);
      const refused = await runWence(['restore', backup], { DATA_DIR: dataDir });
      expect(refused.code).toBe(1);
      expect(refused.errors).toBe('CONFIG_INVALID: The database is in use.\n→ Stop Wence, then restore.\n');
      expect((await fetch(`${await child.url}/readyz`)).status).toBe(200);
      expect(await child.stop()).toEqual({ code: 0, signal: null });
    },
    LONG,
  );
});

const MESSAGE = {
  message: {
    channel: 'feishu',
    lane: 'feishu:oc_1',
    messageId: 'om_1',
    senderId: 'ou_1',
    content: { kind: 'text', text: '班车几点发车' },
    sentAtMs: 0,
    address: { chatId: 'oc_1', chatKind: 'private', threadId: null, replyTo: 'om_1' },
  },
  dedupeKeys: ['key'],
} as const;

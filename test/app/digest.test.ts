import { describe, expect, it } from 'vitest';
import { addDays, dayIn } from '../../src/domain/day.ts';
import { startApp } from '../../src/app.ts';
import { THE_HOUSE } from '../../src/domain/audit.ts';
import { DESKS_SETTING } from '../../src/hand-off/desk-book.ts';
import { DIGEST_SETTING } from '../../src/insight/digest-plan.ts';
import { wallTime } from '../../src/domain/wall-time.ts';
import { SMALL_LIBRARY } from '../support/child-server.ts';
import { feishuSettings, telegramSettings, testConfig } from '../support/config.ts';
import { deskOf } from '../support/desks.ts';
import { fakeFeishu, fakeTelegram, lookInto, QUICK, silent } from '../support/running.ts';
import { turnOf } from '../support/turns.ts';

const ZONE = 'Asia/Shanghai';
const refused = { outcome: 'refused', reason: 'not-in-library', missingTerms: [], suggestions: [], confidence: 0.1 } as const;

describe('the weekly digest', () => {
  it('comes once to every staff chat, as a card with a picture, however often the house is started', { timeout: 60_000 }, async () => {
    const [feishu, telegram] = [await fakeFeishu(), await fakeTelegram()];
    const config = testConfig({ ...feishuSettings(feishu), ...telegramSettings(telegram), KNOWLEDGE_DIR: SMALL_LIBRARY });
    const nowMs = Date.now();
    const yesterday = addDays(dayIn(ZONE, nowMs), -1);
    const save = (key: string, value: unknown) =>
      lookInto(config.dataDir, ({ admin }) =>
        admin.saveSetting(key, JSON.stringify(value), { atMs: 1, actor: THE_HOUSE, action: 'setting.changed', target: null, detail: {} }),
      );
    await save(DESKS_SETTING, [
      deskOf({ channel: 'feishu', chatId: 'oc_staff' }, { id: 'desk1', name: '企业服务科' }),
      deskOf({ channel: 'telegram', chatId: '-100200' }, { id: 'desk2', name: '人才科' }),
    ]);
    // Due since midnight, whatever the day of the test.
    await save(DIGEST_SETTING, { isOn: true, weekday: wallTime(nowMs, ZONE).weekday, time: '00:00' });
    await lookInto(config.dataDir, (store) =>
      store.save({
        turn: turnOf({ day: yesterday, atMs: nowMs - 86_400_000, question: '宠物狗证怎么办', answer: refused }),
        feedback: null,
      }),
    );

    const start = () => startApp(config, silent, { ...QUICK, jobs: { everyMs: 20 } });
    const first = await start();
    await feishu.until(() => feishu.messages.length === 1);
    await telegram.until(() => telegram.sent.length === 1);
    await first.stop();
    const second = await start();
    await feishu.connected();
    await new Promise((resolve) => void setTimeout(resolve, 300));
    await second.stop();

    expect(feishu.messages).toHaveLength(1);
    expect(telegram.sent).toHaveLength(1);
    const { chatId, reading } = feishu.messages[0]!;
    expect(chatId).toBe('oc_staff');
    expect(reading.text).toContain('共 1 次提问');
    expect(JSON.stringify(feishu.messages[0]!.content)).toContain('"img_key":"img_v3_1"');
    expect([...feishu.images.keys()]).toEqual(['img_v3_1']);
    expect(telegram.sent[0]).toMatchObject({ chat_id: -100200, photo: { name: 'chart.png' } });
    expect(telegram.sent[0]!.text).toContain('宠物狗证怎么办（1 次）');
  });
});

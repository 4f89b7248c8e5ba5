import { describe, expect, it } from 'vitest';
import { diagnose, expectCheck } from './patient.ts';

const TOKEN = `123456789:${'A'.repeat(35)}`;

describe('doctor: settings', () => {
  it('finds nothing wrong with none', async () => {
    const found = await diagnose();
    expectCheck(found.of('settings.valid'), 'ok', /网页与 HTTP 接口；数据库：SQLite/);
    expectCheck(found.of('telegram.off'), 'skipped', /没有设置 TELEGRAM_BOT_TOKEN/);
    expectCheck(found.of('feishu.off'), 'skipped', /没有设置 FEISHU_APP_ID/);
    expect(found.checks.filter(({ status }) => status === 'fail')).toEqual([]);
  });

  it('finds every wrong one, says where the right value is, and goes on with the rest', async () => {
    const found = await diagnose({
      PORT: 'web',
      TELEGRAM_BOT_TOKEN: 'not-a-token-at-all',
      FEISHU_APP_ID: 'cli_9f5343c580712544',
      LOG_LEVEL: 'loud',
    });
    expectCheck(found.of('settings.PORT'), 'fail', /expected a port/, /PORT=3000/);
    expectCheck(found.of('settings.TELEGRAM_BOT_TOKEN'), 'fail', /got a value of 18 characters/, /@BotFather.*API Token/);
    expectCheck(found.of('settings.FEISHU_APP_SECRET'), 'fail', /because FEISHU_APP_ID is set/, /App Secret/);
    expectCheck(found.of('settings.LOG_LEVEL'), 'fail', /"loud"/, /silent/);
    expectCheck(found.of('machine.port'), 'skipped', /先改好上面的设置/);
    expectCheck(found.of('telegram.off'), 'skipped', /先改好上面的设置/);
    expectCheck(found.of('machine.library'), 'ok', /36 个条目/);
    expect(found.ids).not.toContain('settings.valid');
    expect(found.output).not.toContain('not-a-token-at-all');
  });

  it('asks for what webhook mode needs', async () => {
    const found = await diagnose({ TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_MODE: 'webhook' });
    expectCheck(found.of('settings.TELEGRAM_WEBHOOK_SECRET'), 'fail', /got none/, /openssl rand/);
    expectCheck(found.of('telegram.off'), 'skipped', /先改好/);
    const half = await diagnose({ TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_MODE: 'webhook', TELEGRAM_WEBHOOK_SECRET: 'a'.repeat(20) });
    expectCheck(half.of('settings.PUBLIC_URL'), 'fail', /because TELEGRAM_MODE is webhook/, /https:\/\//);
  });

  it('tells of names that are misspelt, and of settings that do nothing', async () => {
    const found = await diagnose({
      TELEGRAM_TOKEN: TOKEN,
      LARK_APP_SECRET: 'hush-hush',
      FEISHU_ENCRYPT_KEY: 'hush-too',
      TELEGRAM_COLOUR: 'red',
    });
    expectCheck(found.of('settings.TELEGRAM_TOKEN'), 'warn', /没有这个设置/, /TELEGRAM_BOT_TOKEN/);
    expectCheck(found.of('settings.LARK_APP_SECRET'), 'warn', /没有这个设置/, /FEISHU_APP_SECRET/);
    expectCheck(found.of('settings.TELEGRAM_COLOUR'), 'warn', /没有这个设置/, /wence config/);
    expectCheck(found.of('settings.FEISHU_APP_ID'), 'warn', /没有 FEISHU_APP_ID/, /cli_/);
    expect(found.output).not.toMatch(/hush|AAAA/);
  });

  it('survives settings that cannot be read', async () => {
    const settings = {
      load: () => {
        throw new Error('disk on fire');
      },
      namesSet: [],
      namesKnown: ['PORT'],
    };
    const found = await diagnose({}, { settings });
    expectCheck(found.of('settings.doctor'), 'fail', /自检程序/, /--json/);
  });
});

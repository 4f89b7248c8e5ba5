import { describe, expect, it } from 'vitest';
import { verdicts } from '../../src/doctor/check.ts';
import { formatChecks, jsonOf } from '../../src/doctor/report.ts';

const CHECKS = [
  verdicts('machine.node', 'Node.js').ok('24.21.0'),
  verdicts('telegram.privacy', '群聊隐私模式').warn('已打开', '两个办法：\n① 关掉\n② 用 /ask'),
  verdicts('feishu.scopes', '权限').fail('缺少：发消息', '去开通'),
  verdicts('feishu.bot', '机器人').skipped('查不了'),
];

describe('doctor: report', () => {
  it('groups the checks under clear marks, with the next step below', () => {
    expect(formatChecks(CHECKS)).toBe(
      [
        '本机\n  ✔ Node.js：24.21.0',
        'Telegram\n  ！ 群聊隐私模式：已打开\n      → 两个办法：\n        ① 关掉\n        ② 用 /ask',
        '飞书\n  ✘ 权限：缺少：发消息\n      → 去开通\n  － 机器人：查不了',
        '✔ 1 项正常　！ 1 项提醒　✘ 1 项要改　－ 1 项未查\n先按 → 处理 ✘ 的项目，再运行一次 npx wence doctor。',
      ].join('\n\n'),
    );
    expect(formatChecks(CHECKS.slice(0, 2))).toContain('可以启动；！ 的项目请看一看。');
    expect(formatChecks(CHECKS.slice(0, 1))).toContain('可以启动：npx wence start');
  });

  it('gives programs the same', () => {
    expect(JSON.parse(jsonOf(CHECKS))).toEqual({ summary: { ok: 1, warn: 1, fail: 1, skipped: 1 }, checks: CHECKS });
  });
});

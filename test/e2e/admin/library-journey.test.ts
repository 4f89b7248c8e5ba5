import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../src/app.ts';
import { paragraph, wordFile } from '../../knowledge/import/office-files.ts';
import { testConfig } from '../../support/config.ts';
import { launchBrowser } from '../browser.ts';
import { ask } from '../chat-journey.ts';
import { type ChosenFile, ConsolePerson } from './console.ts';
import { troublesOf } from './page-checks.ts';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

/** The policy as an office would send it. */
const NOTICE: ChosenFile = {
  name: '灯塔企业奖励.docx',
  mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  buffer: Buffer.from(
    wordFile({
      body: [
        '关于印发《云港灯塔工厂奖励办法》的通知',
        '云开管〔2024〕31号',
        '各有关单位：',
        '一、支持对象',
        '（一）在区内注册并通过灯塔工厂认定的工业企业。',
        '二、奖励标准',
        '（一）对首次通过灯塔工厂认定的企业，给予一次性奖励60万元。',
        '三、附则',
        '（一）本办法自2024年5月1日起施行。',
        '云港经济开发区管理委员会',
        '2024年4月10日',
      ]
        .map((text) => paragraph(text))
        .join(''),
    }),
  ),
};

/** What takes its place. */
const SUCCESSOR: ChosenFile = {
  name: 'lighthouse-2025.md',
  mimeType: 'text/markdown',
  buffer: Buffer.from(`---
id: lighthouse-2025
kind: policy
title: 云港灯塔工厂奖励办法（2025年修订）
issuingBody: 云港经济开发区管理委员会
documentNumber: 云开管〔2025〕8号
year: 2025
issuedOn: 2025-02-20
effectiveOn: 2025-03-01
supersedes: [云开管〔2024〕31号]
category: subsidy
tags: [灯塔工厂]
---
### 1. 奖励标准

对首次通过灯塔工厂认定的企业，给予一次性奖励80万元。
`),
};

const PASSWORDS = { li: 'autumn-harbour-lamp', first: 'first-words-for-you', wang: 'quiet-river-stone-7' };

let browser: Browser;
const contexts: BrowserContext[] = [];
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  for (const context of contexts) await context.close();
  await browser?.close();
});

const newContext = async (): Promise<BrowserContext> => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'zh-CN', reducedMotion: 'reduce' });
  contexts.push(context);
  return context;
};

/** Needs the pages as `npm run build` leaves them, which `npm test` runs first. */
describe('the way of a policy into the answers', () => {
  it('goes from a file over a second pair of eyes to the chat, to its successor, and back', { timeout: 180_000 }, async () => {
    const app = await startApp(testConfig(), quiet);
    try {
      const li = await ConsolePerson.open(await newContext(), app.url);
      const troubles = troublesOf(li.page);
      await li.setUp(app.setUpUrl!, 'li', '李编辑', PASSWORDS.li);
      await li.addPerson('wang', '王审核', '审核', PASSWORDS.first);

      const wang = await ConsolePerson.open(await newContext(), app.url);
      troubles.push(...troublesOf(wang.page));
      await wang.signIn('wang', PASSWORDS.first);
      await wang.changeFirstPassword(PASSWORDS.first, PASSWORDS.wang);

      const chat = await (await newContext()).newPage();
      await chat.goto(app.url);
      const answerTo = async (question: string): Promise<string> => {
        await ask(chat, question);
        return (await chat.getByRole('article').last().textContent()) ?? '';
      };
      expect(await answerTo('灯塔工厂奖励多少钱？')).not.toContain('60万元');

      // Imported, but read by nobody else yet.
      await li.planImport(NOTICE);
      expect(await li.page.getByText('云开管〔2024〕31号').first().textContent()).toContain('云开管〔2024〕31号');
      await li.submitImport();
      expect(await answerTo('灯塔工厂奖励多少钱？')).not.toContain('60万元');

      // The writer may not approve; the second person may.
      await li.page.getByRole('link', { name: /灯塔工厂奖励办法/ }).click();
      await li.page.getByRole('heading', { name: '决定' }).waitFor();
      expect(await li.page.getByRole('button', { name: '通过并发布' }).isDisabled()).toBe(true);
      await wang.publish(/灯塔工厂奖励办法/);

      const answer = await answerTo('灯塔工厂奖励多少钱？');
      expect(answer).toContain('一次性奖励60万元');
      expect(answer).toContain('云开管〔2024〕31号');
      expect(answer).toContain('2024-05-01起施行');

      // What takes its place.
      await li.planImport(SUCCESSOR);
      await li.submitImport();
      await wang.publish(/2025年修订/);
      const later = await answerTo('灯塔工厂奖励多少钱？');
      expect(later).toContain('一次性奖励80万元');
      expect(later).not.toContain('60万元');
      const old = await answerTo('云开管〔2024〕31号规定的奖励标准是多少？');
      expect(old).toContain('已于2025-03-01被替代');
      expect(old).toContain('现行为《云港灯塔工厂奖励办法（2025年修订）》（云开管〔2025〕8号）');
      expect(old).not.toContain('60万元');

      // And back: the successor is taken out of service, the text before answers again; then the successor is rolled back to.
      await wang.go('texts/lighthouse-2025', /2025年修订/);
      await wang.press('撤下');
      await wang.page.getByRole('dialog').getByRole('textbox').fill('发文单位要求暂缓');
      await wang.confirm('撤下');
      expect(await answerTo('灯塔工厂奖励多少钱？')).toContain('一次性奖励60万元');
      await wang.page.reload();
      await wang.press('回滚到这一版');
      await wang.page.getByRole('dialog').getByRole('textbox').fill('恢复施行');
      await wang.confirm('回滚到这一版');
      expect(await answerTo('灯塔工厂奖励多少钱？')).toContain('一次性奖励80万元');

      // Every step is on record.
      await li.go('audit', '审计日志');
      const log = (await li.page.getByRole('main').textContent()) ?? '';
      for (const words of ['李编辑', '王审核', '回滚', '撤下', '发布']) expect(log).toContain(words);
      expect(troubles).toEqual([]);
    } finally {
      await app.stop();
    }
  });
});

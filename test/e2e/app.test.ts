import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, startApp } from '../../src/app.ts';
import { testConfig } from '../support/config.ts';
import { launchBrowser } from './browser.ts';
import { ask, chatJourney } from './chat-journey.ts';
import { complaintsOf } from './complaints.ts';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** Needs the page as `npm run build` leaves it, which `npm test` runs first. */
describe('the whole house, in a browser', () => {
  it('answers from its library, keeps to its security policy, and admits what it does not know', async () => {
    const app: App = await startApp(testConfig(), quiet);
    const context = await browser.newContext({ locale: 'zh-CN' });
    try {
      const page = await context.newPage();
      const complaints = complaintsOf(page);
      await chatJourney(page, app.url, { question: '融资白名单怎么进？', quoted: '推动符合条件企业列入融资“白名单”' });
      await ask(page, '恐龙化石展在哪里看？');
      expect(await page.getByRole('article').last().textContent()).toContain('资料库里没有');
      expect(complaints).toEqual([]);
    } finally {
      await context.close();
      await app.stop();
    }
  });
});

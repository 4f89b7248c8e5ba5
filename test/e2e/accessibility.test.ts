import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWebChannel } from '../../src/channels/web/index.ts';
import { launchBrowser } from './browser.ts';
import { ask, openFullText } from './chat-journey.ts';
import { lowContrast } from './contrast.ts';
import { type BuiltPage, buildPage } from './page-build.ts';
import { FACTS_QUESTION, GUIDE_QUESTION, scriptedHouse } from './scripted-house.ts';
import { serve, type TestServer } from './test-server.ts';

let browser: Browser;
let built: BuiltPage;
let server: TestServer;

beforeAll(async () => {
  [browser, built] = await Promise.all([launchBrowser(), buildPage()]);
  server = await serve(createWebChannel(scriptedHouse(), { pageDir: built.pageDir }).router);
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await built?.remove();
});

async function openPage(colorScheme: 'light' | 'dark'): Promise<Page> {
  const page = await browser.newPage({ colorScheme, locale: 'zh-CN', reducedMotion: 'reduce' });
  await page.goto(server.baseUrl);
  await page.getByRole('list', { name: '按主题看' }).waitFor();
  return page;
}

/** Puts every kind of reply on the page. */
async function fill(page: Page): Promise<void> {
  await ask(page, '企业贷款有什么支持？');
  await ask(page, '招人有什么补贴');
  await ask(page, '明天天气怎么样');
  await ask(page, GUIDE_QUESTION);
  await ask(page, FACTS_QUESTION);
}

const NAMELESS = `Array.from(document.querySelectorAll('button, a, textarea, input, select'))
  .filter((control) => !(control.getAttribute('aria-label') || control.textContent.trim()))
  .map((control) => control.outerHTML)`;

describe('accessibility of the chat page', () => {
  it('has Chinese as its language, a title and a description', async () => {
    const page = await openPage('light');
    expect(await page.evaluate('document.documentElement.lang')).toBe('zh-CN');
    expect(await page.title()).toContain('问策');
    expect(await page.locator('meta[name=description]').getAttribute('content')).toContain('出处');
    await page.close();
  });

  it('has one first heading, the landmarks and a polite log', async () => {
    const page = await openPage('light');
    await fill(page);
    expect(await page.locator('h1').count()).toBe(1);
    for (const landmark of ['banner', 'main', 'form'] as const) expect(await page.getByRole(landmark).count()).toBe(1);
    expect(await page.getByRole('log').getAttribute('aria-live')).toBe('polite');
    await page.close();
  });

  it('has a name for every control', async () => {
    const page = await openPage('light');
    expect(await page.evaluate(NAMELESS), 'welcome').toEqual([]);
    await fill(page);
    expect(await page.evaluate(NAMELESS), 'conversation').toEqual([]);
    await ask(page, '企业贷款有什么支持？');
    await openFullText(page);
    expect(await page.evaluate(NAMELESS), 'full text').toEqual([]);
    await page.close();
  });

  it('keeps words readable: at least 4.5:1 in both schemes', async () => {
    for (const scheme of ['light', 'dark'] as const) {
      const page = await openPage(scheme);
      expect(await lowContrast(page), `${scheme}, welcome`).toEqual([]);
      await fill(page);
      expect(await lowContrast(page), `${scheme}, conversation`).toEqual([]);
      await ask(page, '企业贷款有什么支持？');
      await openFullText(page);
      await page.locator('mark').waitFor();
      expect(await lowContrast(page), `${scheme}, full text`).toEqual([]);
      await page.close();
    }
  });
});

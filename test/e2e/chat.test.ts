import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWebChannel } from '../../src/channels/web/index.ts';
import { launchBrowser } from './browser.ts';
import { ask, chatJourney, openFullText } from './chat-journey.ts';
import { complaintsOf } from './complaints.ts';
import { type BuiltPage, buildPage } from './page-build.ts';
import { FACTS_QUESTION, FAILING_QUESTION, GUIDE_QUESTION, QUOTE, SLOW_QUESTION, scriptedHouse } from './scripted-house.ts';
import { serve, type TestServer } from './test-server.ts';

const QUESTION = '企业贷款有什么支持？';
const PHONE: BrowserContextOptions = { viewport: { width: 320, height: 568 }, hasTouch: true, isMobile: true };

let browser: Browser;
let built: BuiltPage;
let server: TestServer;
const house = scriptedHouse();

beforeAll(async () => {
  [browser, built] = await Promise.all([launchBrowser(), buildPage()]);
  server = await serve(createWebChannel(house, { pageDir: built.pageDir }).router);
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await built?.remove();
});

/** A fresh visitor. Ends with no script error and nothing refused by the Content-Security-Policy. */
async function visit(steps: (page: Page) => Promise<void>, options: BrowserContextOptions = {}): Promise<void> {
  const context = await browser.newContext({ locale: 'zh-CN', ...options });
  context.setDefaultTimeout(10_000);
  try {
    const page = await context.newPage();
    const complaints = complaintsOf(page);
    await page.goto(server.baseUrl);
    await page.getByRole('list', { name: '按主题看' }).waitFor();
    await steps(page);
    expect(complaints).toEqual([]);
  } finally {
    await context.close();
  }
}

const focused = (page: Page): Promise<string> =>
  page.evaluate('document.activeElement.getAttribute("aria-label") || document.activeElement.textContent');
const question = (page: Page) => page.getByRole('textbox', { name: '您的问题' });

describe('the chat page', () => {
  it('answers with a quote and its source, shows the full text and takes a vote', async () => {
    await visit((page) => chatJourney(page, server.baseUrl, { question: QUESTION, quoted: '白名单' }));
    expect(house.heard.at(-1)?.content).toEqual({ kind: 'action', action: { kind: 'feedback', vote: 'up', turnId: expect.any(String) } });
  });

  it('keeps to one conversation until a new one is begun', async () => {
    await visit(async (page) => {
      await ask(page, QUESTION);
      await ask(page, '再问一句');
      const [first, second] = house.heard.slice(-2);
      expect(second?.lane).toBe(first?.lane);
      await page.getByRole('button', { name: '新对话' }).click();
      await page.getByRole('heading', { name: '您好，想了解哪项政策？' }).waitFor();
      expect(await page.getByRole('article').count()).toBe(0);
      await ask(page, QUESTION);
      expect(house.heard.at(-1)?.lane).not.toBe(first?.lane);
    });
  });

  it('can be used with the keyboard alone', async () => {
    await visit(async (page) => {
      await page.keyboard.press('Tab');
      expect(await focused(page)).toBe('跳到提问框');
      await page.keyboard.press('Enter');
      await page.keyboard.type(QUESTION);
      await page.keyboard.press('Shift+Enter');
      await page.keyboard.type('谢谢');
      expect(await question(page).inputValue()).toBe(`${QUESTION}\n谢谢`);
      await page.keyboard.press('Enter');
      await page.getByRole('article').waitFor();
      expect(await focused(page)).toBe('您的问题');

      await page.getByRole('button', { name: '查看全文' }).focus();
      await page.keyboard.press('Enter');
      await page.locator('mark').waitFor();
      expect(await focused(page)).toBe('关闭全文');
      await page.keyboard.press('Tab');
      expect(await focused(page)).toBe('全文');
      await page.keyboard.press('Tab');
      expect(await focused(page)).toBe('关闭全文');
      await page.keyboard.press('Shift+Tab');
      expect(await focused(page)).toBe('全文');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(await focused(page)).toBe('查看全文');
    });
  });

  it('does not send while an input method is composing', async () => {
    await visit(async (page) => {
      const heardBefore = house.heard.length;
      await question(page).fill('daikuan');
      await question(page).dispatchEvent('keydown', { key: 'Enter', isComposing: true });
      await question(page).dispatchEvent('keydown', { key: 'Enter', keyCode: 229 });
      expect(await question(page).inputValue()).toBe('daikuan');
      expect(house.heard.length).toBe(heardBefore);
    });
  });

  it('offers choices as numbered buttons and answers the one pressed', async () => {
    await visit(async (page) => {
      await ask(page, '招人有什么补贴');
      await page.getByRole('button', { name: '加大引才聚才力度' }).click();
      await page.getByRole('article').nth(1).waitFor();
      expect(house.heard.at(-1)?.content).toEqual({ kind: 'action', action: { kind: 'choose', documentId: '2024-plan', section: 22 } });
      expect(await page.getByRole('article').last().textContent()).toContain('港湾计划');
    });
  });

  it('shows the tabs of a service guide, the open one marked, and answers with the one pressed', async () => {
    await visit(async (page) => {
      await ask(page, GUIDE_QUESTION);
      const tabs = page.getByRole('article').last().getByRole('group', { name: '办事指南的各个方面' });
      expect(await tabs.getByRole('button').allTextContents()).toEqual([
        '条件',
        '材料',
        '流程',
        '时限与费用',
        '窗口与电话',
        '依据与结果',
        '常见问题',
      ]);
      expect(await tabs.locator('[aria-current="true"]').allTextContents()).toEqual(['材料']);
      expect(await page.getByRole('article').last().textContent()).toContain('第3页');
      expect(await page.getByRole('article').last().textContent()).toContain('截至2026-11-20');

      await tabs.getByRole('button', { name: '流程' }).click();
      await page.getByRole('article').nth(1).waitFor();
      expect(house.heard.at(-1)?.content).toEqual({ kind: 'action', action: { kind: 'choose', documentId: 'food-licence', section: 3 } });
      expect(await page.getByRole('article').last().locator('[aria-current="true"]').textContent()).toBe('流程');
    });
  });

  it('shows what a policy grants as labels and values', async () => {
    await visit(async (page) => {
      await ask(page, FACTS_QUESTION);
      const facts = page.getByRole('article').last().locator('dl');
      expect(await facts.locator('dt').allTextContents()).toEqual(['扶持金额', '申报时间', '受理部门', '不可兼得']);
      expect(await facts.locator('dd').nth(2).textContent()).toBe('经济发展局产业科');
    });
  });

  it('asks for the full text as it was quoted', async () => {
    await visit(async (page) => {
      const asked = page.waitForRequest(/\/api\/v1\/sections\//);
      await ask(page, QUESTION);
      await openFullText(page);
      expect(new URL((await asked).url()).search).toBe('?revision=3');
    });
  });

  it('begins with a sample question or a topic', async () => {
    await visit(async (page) => {
      await page.getByRole('button', { name: '审批能不能帮代办？' }).click();
      await page.getByRole('article').waitFor();
      expect(house.heard.at(-1)?.content).toEqual({ kind: 'text', text: '审批能不能帮代办？' });
      await page.getByRole('button', { name: '新对话' }).click();
      await page.getByRole('button', { name: '人才政策' }).click();
      await page.getByRole('article').waitFor();
      expect(house.heard.at(-1)?.content).toEqual({ kind: 'action', action: { kind: 'topic', category: 'talent' } });
    });
  });

  it('shows that it is working on it, and takes no second question meanwhile', async () => {
    await visit(async (page) => {
      await question(page).fill(SLOW_QUESTION);
      await page.keyboard.press('Enter');
      await page.getByText('正在查阅政策原文').waitFor();
      await question(page).fill('下一个问题');
      expect(await page.getByRole('button', { name: '发送' }).isDisabled()).toBe(true);
      await page.getByRole('article').waitFor();
      expect(await question(page).inputValue()).toBe('下一个问题');
    });
  });

  it('keeps the question after a failure, and answers it on retry', async () => {
    await visit(async (page) => {
      await question(page).fill(FAILING_QUESTION);
      await page.keyboard.press('Enter');
      await page.getByText('服务出了点问题').waitFor();
      await page.getByRole('button', { name: '重试' }).click();
      await page.getByRole('article').waitFor();
      expect(await page.getByText('服务出了点问题').count()).toBe(0);
      expect(await page.getByText(FAILING_QUESTION).count()).toBe(1);
    });
  });

  it('says so when there is no connection, also after a reload', async () => {
    await visit(async (page) => {
      await page.route('**/api/v1/chat', (route) => route.abort());
      await question(page).fill(QUESTION);
      await page.keyboard.press('Enter');
      await page.getByText('没有连上服务').waitFor();
      await page.unroute('**/api/v1/chat');
      await page.reload();
      await page.getByRole('button', { name: '重试' }).click();
      await page.getByRole('article').waitFor();
    });
  });

  it('takes a vote back that did not arrive', async () => {
    await visit(async (page) => {
      await ask(page, QUESTION);
      await page.route('**/api/v1/chat', (route) => route.abort());
      await page.getByRole('button', { name: '没帮助' }).click();
      await page.getByText('没有送出，请再点一次').waitFor();
      expect(await page.getByRole('button', { name: '没帮助' }).getAttribute('aria-pressed')).toBe('false');
    });
  });

  it('copies an answer with its source', async () => {
    await visit(
      async (page) => {
        await ask(page, QUESTION);
        await page.getByRole('button', { name: '复制' }).click();
        await page.getByText('已复制').waitFor();
        const copied = await page.evaluate<string>('navigator.clipboard.readText()');
        expect(copied).toContain(QUOTE);
        expect(copied).toContain('出处：《2024年总体工作思路》第6节「优化金融服务」');
        expect(copied).not.toContain('理解您的问题');
      },
      { permissions: ['clipboard-read', 'clipboard-write'] },
    );
  });

  it('counts down near the longest question, and does not send a longer one', async () => {
    await visit(async (page) => {
      await question(page).fill('贷'.repeat(1_990));
      await page.getByText('还可输入 10 字').waitFor();
      await question(page).fill('贷'.repeat(2_001));
      await page.getByText('超出 1 字').waitFor();
      expect(await page.getByRole('button', { name: '发送' }).isDisabled()).toBe(true);
    });
  });

  it('fits the smallest phone without scrolling sideways', async () => {
    await visit(async (page) => {
      const overflow = (): Promise<number> => page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
      expect(await overflow()).toBeLessThanOrEqual(0);
      await ask(page, '招人有什么补贴');
      await ask(page, GUIDE_QUESTION);
      await ask(page, FACTS_QUESTION);
      expect(await overflow()).toBeLessThanOrEqual(0);
      await ask(page, `没有空格的长词${'x'.repeat(200)}`);
      expect(await overflow()).toBeLessThanOrEqual(0);
      await openFullText(page);
      await page.locator('mark').waitFor();
      expect(await page.evaluate('document.querySelector("dialog").scrollWidth')).toBeLessThanOrEqual(320);
    }, PHONE);
  });

  it('follows the dark scheme', async () => {
    const ground = (page: Page): Promise<string> => page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
    await visit(async (page) => expect(await ground(page)).toBe('rgb(245, 246, 243)'), { colorScheme: 'light' });
    await visit(async (page) => expect(await ground(page)).toBe('rgb(18, 22, 20)'), { colorScheme: 'dark' });
  });

  it('stands still for people who asked for less motion', async () => {
    await visit(
      async (page) => {
        await ask(page, QUESTION);
        expect(await page.evaluate('document.getAnimations().length')).toBe(0);
      },
      { reducedMotion: 'reduce' },
    );
  });
});

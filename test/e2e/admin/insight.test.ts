import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startApp } from '../../../src/app.ts';
import { dayIn } from '../../../src/domain/day.ts';
import type { SqlStore } from '../../../src/storage/sql-store.ts';
import { testConfig } from '../../support/config.ts';
import { placeDesk } from '../../support/desks.ts';
import { lookInto, QUICK, silent } from '../../support/running.ts';
import { keepMonth, simulatedMonth } from '../../support/simulated-month.ts';
import { launchBrowser } from '../browser.ts';
import { ConsolePerson } from './console.ts';
import { faultsOf, settled, troublesOf } from './page-checks.ts';

const PASSWORD = 'autumn-harbour-lamp';
const PAGES = [
  ['insight', '数据看板'],
  ['insight?from=2020-01-01&to=2020-01-31', '数据看板'],
  ['improve', '待改进'],
  ['improve?tab=choices', '待改进'],
  ['improve?tab=stale', '待改进'],
  ['tickets', '人工服务'],
  ['tickets?state=all', '人工服务'],
  ['tickets/month-ticket-1', /^工单 #1/],
  ['desks', '工作群设置'],
  ['subscriptions', '订阅与推送'],
] as const;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** A group that is subscribed, and a piece of news that waits for it. */
async function keepNews(store: SqlStore['subscriptions']): Promise<void> {
  const address = { chatId: 'oc_group', chatKind: 'group', threadId: null, replyTo: null } as const;
  const [channel, topic] = ['feishu', { scope: 'category', value: 'talent' }] as const;
  await store.subscribe({ id: 's1', channel, address, asker: 'asker', topic, pace: 'at-once', createdAtMs: 1 });
  const news = { key: 'published:gone', kind: 'published', documentId: 'gone', title: '博士安家办法', atMs: Date.now() } as const;
  await store.addNews(news, [{ newsKey: news.key, channel, address, subscriptionId: 's1', dueAtMs: Number.MAX_SAFE_INTEGER }]);
}

/** A house after a month of questions, and somebody at its console. Needs the pages as `npm run build` leaves them. */
async function startBusy() {
  const config = testConfig();
  const month = await simulatedMonth({ questions: 800, lastDay: dayIn('Asia/Shanghai', Date.now()), deskIds: ['desk1'] });
  await lookInto(config.dataDir, (store) => keepMonth(month, store));
  await lookInto(config.dataDir, ({ subscriptions }) => keepNews(subscriptions));
  await placeDesk(config.dataDir, { channel: 'feishu', chatId: 'oc_staff' }, '企业服务科');
  const app = await startApp(config, silent, QUICK);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'zh-CN', reducedMotion: 'reduce' });
  onTestFinished(async () => {
    await context.close();
    await app.stop();
  });
  const li = await ConsolePerson.open(context, app.url);
  await li.setUp(app.setUpUrl!, 'li', '李编辑', PASSWORD);
  return { app, context, li };
}

async function tour(
  context: BrowserContext,
  url: string,
  size: { readonly width: number; readonly height: number },
  scheme: 'light' | 'dark',
) {
  const page = await context.newPage();
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme: scheme });
  const found: Record<string, readonly string[]> = {};
  const troubles = troublesOf(page);
  for (const [path, heading] of PAGES) {
    await page.goto('about:blank');
    await page.goto(`${url}/admin#/${path}`);
    await settled(page, heading);
    await page.waitForLoadState('networkidle');
    const faults = [...(await faultsOf(page)), ...troubles.splice(0)];
    if (faults.length > 0) found[path] = faults;
  }
  await page.close();
  return found;
}

describe('when people are told of news', () => {
  it('is set by an admin', { timeout: 60_000 }, async () => {
    const { li } = await startBusy();
    await li.go('subscriptions', '订阅与推送');
    await li.page.getByRole('row', { name: /人才政策 主题 1 0 1/ }).waitFor();
    await li.page.getByRole('row', { name: /新发布 博士安家办法 1 0 0 0/ }).waitFor();
    await li.page.getByLabel('每天汇总的时间').fill('10:30');
    await li.page.getByRole('button', { name: '保存' }).click();
    await li.page.getByText('已保存').waitFor();
    await li.go('audit', '审计日志');
    await li.page.getByRole('row', { name: /修改设置.*news-hours/ }).waitFor();
  });
});

describe('what a month of questions teaches', () => {
  it('is whole, named and readable on a desk, on a phone and in the dark', { timeout: 120_000 }, async () => {
    const { app, context } = await startBusy();
    expect(await tour(context, app.url, { width: 1280, height: 900 }, 'light')).toEqual({});
    expect(await tour(context, app.url, { width: 375, height: 800 }, 'light')).toEqual({});
    expect(await tour(context, app.url, { width: 1280, height: 900 }, 'dark')).toEqual({});
  });

  it('is made into drafts and marks by a click', { timeout: 60_000 }, async () => {
    const { li } = await startBusy();
    await li.go('improve', '待改进');
    const spots = li.page.getByRole('list', { name: '没答好的问题' }).locator('.spot');
    await spots.first().waitFor();
    const [first, second] = [await spots.nth(0).getByRole('heading').textContent(), await spots.nth(1).getByRole('heading').textContent()];

    await spots.nth(0).getByRole('button', { name: '不归我们管' }).click();
    await li.page.getByRole('heading', { level: 3, name: first!, exact: true }).waitFor({ state: 'detached' });

    await li.page.locator('.spot', { hasText: second! }).getByRole('button', { name: '加为问法' }).click();
    const dialog = li.page.getByRole('dialog');
    await dialog.getByRole('button', { name: '加入草稿' }).click();
    await dialog.waitFor({ state: 'detached' });
    await li.page.getByRole('heading', { level: 3, name: second!, exact: true }).waitFor({ state: 'detached' });

    await spots.nth(0).getByRole('button', { name: '补充同义词' }).click();
    await dialog.getByLabel('用户的说法').fill('狗狗证');
    await dialog.getByLabel('文件里的说法').fill('养犬登记证');
    await dialog.getByRole('button', { name: '加入草稿' }).click();
    await dialog.waitFor({ state: 'detached' });

    const title = await spots.nth(0).getByRole('heading').textContent();
    await spots.nth(0).getByRole('link', { name: '写成问答' }).click();
    await settled(li.page, '新建问答');
    expect(await li.page.getByLabel('问题', { exact: true }).first().inputValue()).toBe(title);

    await li.go('texts?state=draft', '文档');
    await li.page
      .getByRole('link', { name: /总体工作思路/ })
      .first()
      .waitFor();
    await li.page
      .getByRole('link', { name: /同义词/ })
      .first()
      .waitFor();
    await li.go('improve', '待改进');
    await li.page.getByText('不归我们管', { exact: true }).first().click();
    await li.page.getByRole('heading', { level: 3, name: first!, exact: true }).waitFor();
  });
});

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser } from '../browser.ts';
import { type BuiltPage, buildPage } from '../page-build.ts';
import { serveScriptedAdmin } from './admin-server.ts';
import { faultsOf, settled, troublesOf } from './page-checks.ts';

const PAGES: readonly (readonly [path: string, heading: string | RegExp])[] = [
  ['', '概览'],
  ['texts', '文档'],
  ['texts?state=rejected', '文档'],
  ['texts/2024-plan', '2024年总体工作思路'],
  ['texts/factory-lease', '标准厂房租赁备案'],
  ['texts/factory-lease/edit/1', '修改：标准厂房租赁备案'],
  ['texts/2024-plan/edit/2', '修改：2024年总体工作思路'],
  ['texts/faq-whitelist/edit/1', /修改：怎样进入/],
  ['texts/new/policy', '新建政策文件'],
  ['review', '审核队列'],
  ['review/2024-plan/3', '审核：2024年总体工作思路'],
  ['import', '导入'],
  ['language', '词典与同义词'],
  ['language?text=lexicon.txt', '词典与同义词'],
  ['language?text=english.yaml', '词典与同义词'],
  ['try', '检索测试'],
  ['evaluation', '评测'],
  ['evaluation/run-3', '评测详情'],
  ['evaluation/questions', '评测题集'],
  ['users', '用户与角色'],
  ['tokens', 'API 令牌'],
  ['audit', '审计日志'],
  ['settings', '系统设置'],
  ['doctor', '体检'],
  ['account', '个人设置'],
  ['nowhere', '没有这一页'],
];

let browser: Browser;
let built: BuiltPage;
let server: Awaited<ReturnType<typeof serveScriptedAdmin>>;

beforeAll(async () => {
  [browser, built] = await Promise.all([launchBrowser(), buildPage()]);
});
beforeEach(async () => {
  await server?.close();
  server = await serveScriptedAdmin(built.pageDir);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await built?.remove();
});

const open = (width: number, colorScheme: 'light' | 'dark' = 'light'): Promise<Page> =>
  browser.newPage({ viewport: { width, height: 800 }, locale: 'zh-CN', colorScheme, reducedMotion: 'reduce' });

/** Opens every page one after the other, as somebody with the menu would, and tells what is wrong with each. */
async function tour(page: Page): Promise<Record<string, readonly string[]>> {
  const found: Record<string, readonly string[]> = {};
  const troubles = troublesOf(page);
  for (const [path, heading] of PAGES) {
    await page.goto('about:blank');
    await page.goto(`${server.baseUrl}/admin#/${path}`);
    await settled(page, heading);
    // Previews are asked for a moment later.
    await page.waitForLoadState('networkidle');
    const faults = [...(await faultsOf(page)), ...troubles.splice(0)];
    if (faults.length > 0) found[path] = faults;
  }
  return found;
}

describe('every page of the console', () => {
  it('is whole, named and readable on a desk', { timeout: 120_000 }, async () => {
    const page = await open(1280);
    expect(await tour(page)).toEqual({});
    await page.close();
  });

  it('is whole, named and readable on a phone', { timeout: 120_000 }, async () => {
    const page = await open(375);
    expect(await tour(page)).toEqual({});
    await page.close();
  });

  it('is readable in the dark', { timeout: 120_000 }, async () => {
    const page = await open(1280, 'dark');
    expect(await tour(page)).toEqual({});
    await page.close();
  });

  it('keeps the public page free of the console', async () => {
    const page = await open(1280);
    const scripts: string[] = [];
    page.on('response', (response) => scripts.push(new URL(response.url()).pathname));
    await page.goto(`${server.baseUrl}/index.html`, { waitUntil: 'load' });
    expect(scripts.filter((path) => path.includes('/assets/')).length).toBeGreaterThan(2);
    expect(scripts.filter((path) => /antd|charts|admin/.test(path))).toEqual([]);
    await page.close();
  });
});

describe('the menu', () => {
  it('is a drawer on a phone', async () => {
    const page = await open(375);
    const troubles = troublesOf(page);
    await page.goto(`${server.baseUrl}/admin`);
    await settled(page, '概览');
    await page.getByRole('button', { name: '打开菜单' }).click();
    await page.getByRole('dialog').getByRole('link', { name: '文档' }).click();
    await settled(page, '文档');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await page.evaluate('document.activeElement.tagName')).not.toBe('BODY');
    expect(troubles).toEqual([]);
    await page.close();
  });

  it('shows what the role may do', async () => {
    server.admin.user = { ...server.admin.user, role: 'viewer' };
    const page = await open(1280);
    await page.goto(`${server.baseUrl}/admin`);
    await settled(page, '概览');
    const names = await page.getByRole('navigation').getByRole('link').allTextContents();
    expect(names.join()).toContain('文档');
    for (const name of ['导入', '用户与角色', '系统设置', '审计日志']) expect(names).not.toContain(name);
    await page.close();
  });
});

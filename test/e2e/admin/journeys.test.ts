import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser } from '../browser.ts';
import { type BuiltPage, buildPage } from '../page-build.ts';
import { serveScriptedAdmin } from './admin-server.ts';
import { settled, troublesOf } from './page-checks.ts';
import { CODE, PASSWORD, type ScriptedAdmin } from './scripted-admin.ts';

let browser: Browser;
let built: BuiltPage;
let server: Awaited<ReturnType<typeof serveScriptedAdmin>>;
let admin: ScriptedAdmin;
let page: Page;
let troubles: string[];

beforeAll(async () => {
  [browser, built] = await Promise.all([launchBrowser(), buildPage()]);
});
beforeEach(async () => {
  server = await serveScriptedAdmin(built.pageDir);
  ({ admin } = server);
  page = await browser.newPage({ viewport: { width: 1280, height: 900 }, locale: 'zh-CN', reducedMotion: 'reduce' });
  page.setDefaultTimeout(8_000);
  troubles = troublesOf(page);
});
afterEach(async () => {
  expect(troubles).toEqual([]);
  await page.close();
  await server.close();
});
afterAll(async () => {
  await browser?.close();
  await built?.remove();
});

const go = async (path: string, heading: string | RegExp): Promise<void> => {
  await page.goto(`${server.baseUrl}/admin#/${path}`);
  await settled(page, heading);
};
const heard = (call: string): unknown => admin.heard.findLast((one) => one.call === call)?.body;
const press = (name: string | RegExp): Promise<void> => page.getByRole('button', { name }).click();
const confirm = (name: string): Promise<void> => page.getByRole('dialog').getByRole('button', { name, exact: true }).click();

describe('signing in', () => {
  it('asks for the code when one is needed and returns to where one was going', async () => {
    admin.isSignedIn = false;
    admin.hasTotp = true;
    await page.goto(`${server.baseUrl}/admin#/users`);
    await page.getByRole('heading', { name: '登录' }).waitFor();
    await page.getByLabel('登录名').fill('lin');
    await page.getByLabel('密码').fill('wrong');
    await press('登录');
    await page.getByRole('alert').getByText('不对').waitFor();
    await page.getByLabel('密码').fill(PASSWORD);
    await press('登录');
    await page.getByLabel('验证码').fill(CODE);
    await press('登录');
    await settled(page, '用户与角色');
    expect(heard('POST /session')).toEqual({ name: 'lin', password: PASSWORD, code: CODE });
  });

  it('goes to the sign-in page when the session ends, and back', async () => {
    await go('texts', '文档');
    admin.isSignedIn = false;
    await page.getByRole('link', { name: '审计日志' }).click();
    await page.getByRole('heading', { name: '登录' }).waitFor();
    await page.getByLabel('登录名').fill('lin');
    await page.getByLabel('密码').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await settled(page, '审计日志');
  });

  it('sets up the first administrator with the code of the address', async () => {
    admin.isSignedIn = false;
    admin.needsSetUp = true;
    await page.goto(`${server.baseUrl}/admin#/set-up?code=one-time`);
    await page.getByRole('heading', { name: '首次设置' }).waitFor();
    await page.getByLabel('登录名').fill('zhao');
    await page.getByLabel('姓名').fill('赵主任');
    await page.getByLabel('密码', { exact: true }).fill('short');
    await press('完成设置');
    await page.getByText('至少 12 个字符').last().waitFor();
    await page.getByLabel('密码', { exact: true }).fill(PASSWORD);
    await page.getByLabel('再填一次密码').fill(PASSWORD);
    await press('完成设置');
    await settled(page, '概览');
    expect(heard('POST /set-up')).toEqual({ code: 'one-time', name: 'zhao', displayName: '赵主任', password: PASSWORD });
  });

  it('shows nothing before a first password is changed', async () => {
    admin.user = { ...admin.user, mustChangePassword: true };
    await page.goto(`${server.baseUrl}/admin#/texts`);
    await page.getByRole('heading', { name: '请先修改密码' }).waitFor();
    await page.getByLabel('现在的密码').fill(PASSWORD);
    await page.getByLabel('新密码', { exact: true }).fill('another-long-password');
    await page.getByLabel('再填一次新密码').fill('another-long-password');
    await press('修改密码');
    await settled(page, '文档');
  });

  it('signs out by the keyboard', async () => {
    await go('', '概览');
    await page.getByRole('button', { name: /林审核/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: /退出登录/ }).click();
    await page.getByRole('heading', { name: '登录' }).waitFor();
    expect(admin.isSignedIn).toBe(false);
  });
});

describe('editing', () => {
  it('saves a draft from the form with every part of it, and sends it to review', async () => {
    await go('texts/factory-lease/edit/1', /标准厂房租赁备案/);
    await page.getByLabel('发文机关').fill('泉州经济技术开发区');
    await page.getByRole('tab', { name: '办事信息' }).click();
    await press('添加申请材料');
    await page.getByLabel('申请材料第 3 项材料名称').fill('授权书');
    await page.getByLabel('申请材料第 3 项上移').click();
    await page.getByLabel('受理条件').fill('在区内注册\n\n有租赁合同\n');
    await page.getByRole('tab', { name: '相似问与标签' }).click();
    await page.getByRole('button', { name: /优化金融服务/ }).click();
    await page.getByLabel('第 6 条：相似问').fill('怎么借钱\n贷款');
    await press('按句子添加一组');
    await page.getByLabel('第 6 条：第 1 组由哪一句回答').fill('无还本续贷');
    await page.getByLabel('第 6 条：第 1 组相似问').fill('到期还不上');
    await page.getByLabel('改动说明').fill('补材料');
    await press('保存并提交审核');
    await page.getByRole('button', { name: '对照审核' }).waitFor();
    const { content, note } = heard('PUT /texts/factory-lease/revisions/1') as { content: { meta: Record<string, unknown> }; note: string };
    expect(note).toBe('补材料');
    expect(content.meta['issuingBody']).toBe('泉州经济技术开发区');
    expect(content.meta['guide']).toMatchObject({
      conditions: ['在区内注册', '有租赁合同'],
      materials: [{ name: '营业执照' }, { name: '授权书' }, { name: '租赁合同' }],
    });
    expect(content.meta['sections']).toEqual([
      { number: 6, questions: ['怎么借钱', '贷款', { about: '无还本续贷', ask: ['到期还不上'] }] },
    ]);
    expect(heard('POST /texts/factory-lease/revisions/1/submit')).toMatchObject({ note: '补材料' });
  });

  it('begins a new draft on top of what is published, and saves it again', async () => {
    await go('texts/2024-plan/edit/2', /2024年总体工作思路/);
    await page.getByLabel('文号').fill('云开管〔2024〕13号');
    await press('保存草稿');
    await page.getByText('草稿 · 第 4 次修订').waitFor();
    await page.getByLabel('文号').fill('云开管〔2024〕14号');
    await page.getByText('有未保存的修改', { exact: true }).waitFor();
    await press('保存草稿');
    await page.getByText('没有未保存的修改').waitFor();
    expect(heard('POST /texts/2024-plan/revisions')).toMatchObject({ base: 2 });
    expect(heard('PUT /texts/2024-plan/revisions/4')).toMatchObject({ content: { meta: { documentNumber: '云开管〔2024〕14号' } } });
  });

  it('makes a new document', async () => {
    await go('texts', '文档');
    await press(/新建/);
    await page.getByRole('menuitem', { name: '问答' }).click();
    await settled(page, '新建问答');
    await page.getByLabel('问题').fill('停车怎么收费？');
    await page.getByText('请先填写：编号、类别').waitFor();
    await page.getByLabel('编号').fill('faq-parking');
    await page.getByLabel('类别').click();
    await page.getByTitle('民生服务').click();
    await press('保存草稿');
    await page.waitForURL(/faq-parking\/edit\/1/);
    expect(heard('POST /texts')).toMatchObject({ content: { kind: 'faq', meta: { id: 'faq-parking', title: '停车怎么收费？' } } });
  });

  it('shows both texts when somebody was faster, and lets one choose', async () => {
    await go('texts/factory-lease/edit/1', /标准厂房租赁备案/);
    await page.getByLabel('文号').fill('新文号');
    admin.isStaleNext = true;
    await press('保存草稿');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('对方的第二行').waitFor();
    await dialog.getByText('我的第二行').waitFor();
    await confirm('用我的');
    await page.getByText('没有未保存的修改').waitFor();
    expect(admin.heard.filter(({ call }) => call.startsWith('PUT')).length).toBe(2);
    expect(heard('PUT /texts/factory-lease/revisions/1')).toMatchObject({ version: 4 });
  });

  it('asks before unsaved changes are left', async () => {
    await go('texts/factory-lease/edit/1', /标准厂房租赁备案/);
    await page.getByLabel('文号').fill('新文号');
    await page.getByRole('link', { name: '概览' }).click();
    await confirm('留下继续改');
    expect(await page.getByLabel('文号').inputValue()).toBe('新文号');
    await page.getByRole('link', { name: '概览' }).click();
    await confirm('不保存，离开');
    await settled(page, '概览');
  });

  it('shows cards as they will look, without running anything of them', async () => {
    await go('texts/factory-lease/edit/1', /标准厂房租赁备案/);
    await page.locator('.feishu').getByText('查看全文').waitFor();
    await page.getByRole('tab', { name: 'Telegram' }).click();
    const message = page.locator('.telegram-message');
    expect(await message.locator('b').textContent()).toBe('优化金融服务');
    expect(await message.textContent()).toContain('1 < 2 <img src=x onerror="window.hacked=1">');
    expect(await message.locator('img, a').count()).toBe(0);
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    await page.getByRole('tab', { name: '网页' }).click();
    await page.locator('.reply-card').getByText('免申即享').waitFor();
  });

  it('goes to the line of a mistake in the source', async () => {
    await go('texts/factory-lease/edit/1', /标准厂房租赁备案/);
    await press('源文件');
    await page.getByLabel('源文件').last().fill('一\n坏掉的第二行\n三');
    await press('第 2 行');
    expect(
      await page.evaluate('document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)'),
    ).toBe('坏掉的第二行');
    expect(await page.getByRole('button', { name: '保存并提交审核' }).isDisabled()).toBe(true);
  });

  it('changes the thesaurus as a draft', async () => {
    await go('language', '词典与同义词');
    const field = page.getByLabel('高新技术企业：平常说法');
    await field.fill('高新企业');
    await field.press('Enter');
    await press('保存并提交审核');
    await settled(page, /审核：同义词/);
    expect(heard('POST /texts/thesaurus.yaml/revisions')).toMatchObject({
      base: 1,
      content: { groups: [{}, { colloquial: ['高企', '高新企业'] }] },
    });
  });
});

describe('reviewing', () => {
  it('publishes only once the impact is known', async () => {
    await go('review', '审核队列');
    await page.getByRole('link', { name: /2024年总体工作思路/ }).click();
    await settled(page, /审核：2024/);
    const publish = page.getByRole('button', { name: '通过并发布' });
    expect(await publish.isDisabled()).toBe(true);
    await press('计算影响');
    await page.getByText('变差').first().waitFor();
    await publish.click();
    await page.getByRole('dialog').getByLabel('审核意见').fill('已核对');
    await confirm('通过并立即发布');
    await settled(page, '审核队列');
    expect(heard('POST /texts/2024-plan/revisions/3/approve')).toEqual({ version: 3, note: '已核对', publishAtMs: null });
  });

  it('keeps long work going while one is elsewhere, and cancels it', async () => {
    admin.areJobsHeld = true;
    await go('review/2024-plan/3', /审核：2024/);
    await press('计算影响');
    await page.getByRole('progressbar', { name: '计算影响' }).waitFor();
    await page.getByRole('link', { name: '概览' }).click();
    await settled(page, '概览');
    await page.goBack();
    await settled(page, /审核：2024/);
    await page.getByRole('progressbar', { name: '计算影响' }).waitFor();
    await press('取消');
    await page.getByText('计算影响已取消').waitFor();
  });

  it('rejects with a reason only', async () => {
    await go('review/2024-plan/3', /审核：2024/);
    await press('驳回');
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('button', { name: '驳回' }).isDisabled()).toBe(true);
    await dialog.getByLabel('说明').fill('与印发稿不符');
    await confirm('驳回');
    await settled(page, '审核队列');
    expect(heard('POST /texts/2024-plan/revisions/3/reject')).toEqual({ version: 3, note: '与印发稿不符' });
  });

  it('rolls back to an earlier revision', async () => {
    await go('texts/2024-plan?revision=1', '2024年总体工作思路');
    await press('回滚到这一版');
    await page.getByRole('dialog').getByLabel('说明').fill('新版有误');
    await confirm('回滚到这一版');
    await page.getByText('已回滚并发布').waitFor();
    expect(heard('POST /texts/2024-plan/roll-back')).toEqual({ version: 3, note: '新版有误', revision: 1 });
  });
});

describe('the rest', () => {
  it('imports files by a plan', async () => {
    await go('import', '导入');
    await page.locator('input[type=file]').setInputFiles([
      { name: '若干措施.docx', mimeType: 'application/octet-stream', buffer: Buffer.alloc(2_000, 1) },
      { name: 'faq.csv', mimeType: 'text/csv', buffer: Buffer.from('问题,答案\n') },
    ]);
    await page.getByLabel('发文机关').fill('开发区管委会');
    await press('读取并生成计划');
    await page.getByText('促进先进制造业高质量发展若干措施').waitFor();
    await press('导入并提交审核');
    await settled(page, '审核队列');
    expect(heard('POST /imports')).toEqual({ uploads: ['up-1', 'up-2'], category: null, issuingBody: '开发区管委会', year: null });
    expect(heard('POST /imports/plan-1/apply')).toEqual({ submit: true });
  });

  it('explains how a question is answered', async () => {
    await go('try', '检索测试');
    await page.getByLabel('问题').fill('缺钱了有什么支持');
    await press('测试');
    await page.getByText('把握高于直接回答的门槛').waitFor();
    expect(await page.getByRole('region', { name: '上一次发布前' }).textContent()).toContain('反问确认');
    expect(await page.locator('.sentences mark').first().textContent()).toContain('无还本续贷');
    expect(heard('POST /explain')).toEqual({ question: '缺钱了有什么支持', draft: null });
  });

  it('shows a token once', async () => {
    await go('tokens', 'API 令牌');
    await press(/新建令牌/);
    await page.getByLabel('用途').fill('门户');
    await confirm('新建');
    expect(await page.getByLabel('令牌', { exact: true }).inputValue()).toBe('wence_0123456789abcdef');
    await confirm('我已保存好');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await page.content()).not.toContain('wence_0123456789abcdef');
    expect(heard('POST /tokens')).toEqual({ name: '门户', role: 'viewer', days: 90 });
  });

  it('makes a user and disables one', async () => {
    await go('users', '用户与角色');
    await press(/新建用户/);
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('登录名').fill('huang');
    await dialog.getByLabel('姓名').fill('黄小编');
    await dialog.getByRole('radio', { name: /^审核/ }).check();
    await dialog.getByLabel('初始密码').fill(PASSWORD);
    await confirm('新建');
    await page.getByRole('cell', { name: '黄小编 huang' }).waitFor();
    expect(heard('POST /users')).toEqual({ name: 'huang', displayName: '黄小编', role: 'reviewer', password: PASSWORD });
    await press('修改 陈编辑');
    await page.getByRole('dialog').getByRole('button', { name: '停用' }).click();
    await page.getByRole('dialog').last().getByRole('button', { name: '停用' }).click();
    await page.getByRole('dialog').first().waitFor({ state: 'hidden' });
    expect(heard('PATCH /users/u_editor')).toEqual({ isDisabled: true });
  });

  it('turns the second factor on, and gives a code for a chat account', async () => {
    await go('account', '个人设置');
    await press('开启两步验证');
    await page.getByLabel('两步验证二维码').waitFor();
    await page.getByLabel('验证码').fill(CODE);
    await press('确认开启');
    await page.getByText('已开启', { exact: true }).waitFor();
    await press('绑定聊天账号');
    expect(await page.getByLabel('绑定命令').inputValue()).toBe('/bind ABCD2345');
    await page.getByRole('timer').waitFor();
  });

  it('warns before one person may do everything', async () => {
    await go('settings', '系统设置');
    await page.getByRole('switch').click();
    await confirm('开启');
    await page.getByText('单人模式已开启：内容发布前没有第二人把关。').waitFor();
    expect(heard('PATCH /settings')).toEqual({ isSingleAdmin: true });
  });

  it('runs the doctor and the question set', async () => {
    await go('doctor', '体检');
    await press('开始体检');
    await page.getByText('在开放平台的「事件与回调」里订阅').waitFor();
    await page.getByRole('link', { name: '评测', exact: true }).click();
    await settled(page, '评测');
    await page.locator('.chart svg').waitFor();
    await press('运行评测');
    await page.getByRole('progressbar').waitFor();
    await page.getByRole('progressbar').waitFor({ state: 'hidden' });
  });

  it('shows older entries of the audit log', async () => {
    await go('audit', '审计日志');
    await press('更早的记录');
    await page.getByRole('cell', { name: '导入文件' }).waitFor();
  });
});

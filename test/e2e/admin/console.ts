import type { BrowserContext, Page } from 'playwright-core';
import { settled } from './page-checks.ts';

/** A file as it is chosen in the import wizard. */
export interface ChosenFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

const STEP_MS = 15_000;

/** Somebody at the console, in a browser of their own: what they do, in their words. */
export class ConsolePerson {
  readonly page: Page;
  readonly #baseUrl: string;

  private constructor(page: Page, baseUrl: string) {
    this.page = page;
    this.#baseUrl = baseUrl;
  }

  static async open(context: BrowserContext, baseUrl: string): Promise<ConsolePerson> {
    const page = await context.newPage();
    page.setDefaultTimeout(STEP_MS);
    return new ConsolePerson(page, baseUrl);
  }

  async go(path: string, heading: string | RegExp): Promise<void> {
    await this.page.goto(`${this.#baseUrl}/admin#/${path}`);
    await settled(this.page, heading);
  }

  press(name: string | RegExp): Promise<void> {
    return this.page.getByRole('button', { name }).click();
  }

  /** The button of the dialog that is open. */
  async confirm(name: string): Promise<void> {
    await this.page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
    await this.page.getByRole('dialog').waitFor({ state: 'detached' });
  }

  async setUp(link: string, name: string, displayName: string, password: string): Promise<void> {
    await this.page.goto(link);
    await this.page.getByLabel('登录名').fill(name);
    await this.page.getByLabel('姓名').fill(displayName);
    await this.page.getByLabel('密码', { exact: true }).fill(password);
    await this.page.getByLabel('再填一次密码').fill(password);
    await this.press('完成设置');
    await settled(this.page, '概览');
  }

  async signIn(name: string, password: string): Promise<void> {
    await this.page.goto(`${this.#baseUrl}/admin`);
    await this.page.getByLabel('登录名').fill(name);
    await this.page.getByLabel('密码').fill(password);
    await this.press('登录');
  }

  async changeFirstPassword(first: string, next: string): Promise<void> {
    await this.page.getByRole('heading', { name: '请先修改密码' }).waitFor();
    await this.page.getByLabel('现在的密码').fill(first);
    await this.page.getByLabel('新密码', { exact: true }).fill(next);
    await this.page.getByLabel('再填一次新密码').fill(next);
    await this.press('修改密码');
    await settled(this.page, '概览');
  }

  async addPerson(name: string, displayName: string, role: string, password: string): Promise<void> {
    await this.go('users', '用户与角色');
    await this.press('新建用户');
    const dialog = this.page.getByRole('dialog');
    await dialog.getByLabel('登录名').fill(name);
    await dialog.getByLabel('姓名').fill(displayName);
    await dialog.getByRole('radio', { name: new RegExp(`^${role}`) }).check();
    await dialog.getByLabel('初始密码').fill(password);
    await dialog.getByRole('button', { name: '新建', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
  }

  /** Reads files into a plan. */
  async planImport(...files: readonly ChosenFile[]): Promise<void> {
    await this.go('import', '导入');
    await this.page.locator('input[type=file]').setInputFiles([...files]);
    await this.press('读取并生成计划');
    await this.page.getByRole('button', { name: '导入并提交审核' }).waitFor();
  }

  async submitImport(): Promise<void> {
    await this.press('导入并提交审核');
    await settled(this.page, '审核队列');
  }

  /** Looks at what waits for review under a title, has its impact worked out, and publishes it. */
  async publish(title: string | RegExp): Promise<void> {
    await this.go('review', '审核队列');
    // Who is on the page already sees what came in only after a while.
    await this.page.reload();
    await this.page.getByRole('link', { name: title }).click();
    await settled(this.page, /^审核：/);
    await this.press('计算影响');
    await this.page.getByRole('button', { name: '重新计算' }).waitFor({ timeout: 60_000 });
    await this.press('通过并发布');
    await this.confirm('通过并立即发布');
    await settled(this.page, '审核队列');
  }
}

import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

export interface JourneyWords {
  /** Answered with a quote and its source. */
  readonly question: string;
  /** Words the quote must hold. */
  readonly quoted: string;
}

/**
 * What a person does with the page, wherever it runs: asks, reads the quote and its source, opens the full text, finds the quoted sentences
 * marked, closes it, says the answer was helpful, reloads and finds the conversation again.
 */
export async function chatJourney(page: Page, baseUrl: string, { question, quoted }: JourneyWords): Promise<void> {
  await page.goto(baseUrl);
  await page.getByRole('heading', { level: 1, name: '问策' }).waitFor();
  await ask(page, question);

  const answer = page.getByRole('article').last();
  expect(await answer.locator('blockquote').first().textContent()).toContain(quoted);
  expect(await answer.textContent()).toContain('出处');

  await openFullText(page);
  const marked = page.getByRole('dialog').locator('mark').first();
  await marked.waitFor();
  expect(await marked.textContent()).toContain(quoted);
  await expect.poll(() => isWithinView(page, marked)).toBe(true);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  const helpful = answer.getByRole('button', { name: '有帮助' });
  await helpful.click();
  await answer.getByText('感谢您的反馈').waitFor();
  expect(await helpful.getAttribute('aria-pressed')).toBe('true');

  await page.reload();
  expect(await page.getByRole('article').last().locator('blockquote').first().textContent()).toContain(quoted);
}

/** Types a question, sends it with Enter and waits for the reply. */
export async function ask(page: Page, question: string): Promise<void> {
  const before = await page.getByRole('article').count();
  await page.getByRole('textbox', { name: '您的问题' }).fill(question);
  await page.keyboard.press('Enter');
  await page.getByRole('article').nth(before).waitFor();
}

export async function openFullText(page: Page): Promise<void> {
  await page.getByRole('article').last().getByRole('button', { name: '全文' }).first().click();
  await page.getByRole('dialog').getByRole('region', { name: '全文' }).waitFor();
}

/** Whether the top of an element stands inside the window. */
async function isWithinView(page: Page, element: Locator): Promise<boolean> {
  const box = await element.boundingBox();
  const height = page.viewportSize()?.height ?? 0;
  return box !== null && box.y >= 0 && box.y < height;
}

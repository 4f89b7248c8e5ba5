import type { Page } from 'playwright-core';
import { lowContrast } from '../contrast.ts';

/** Everything a page says it is unhappy with: what was thrown, logged as an error, or refused by its Content-Security-Policy. */
export function troublesOf(page: Page): string[] {
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => {
    // The status of an answer is logged by the browser, whatever the page makes of it.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) troubles.push(message.text());
  });
  return troubles;
}

/** Runs in the page: controls that a screen reader could not name, and pictures without words. */
const NAMELESS = `(() => {
  const words = (element) => (element.getAttribute('aria-label') || element.textContent || '').trim();
  const named = (control) =>
    words(control) ||
    control.getAttribute('title') ||
    (control.getAttribute('aria-labelledby') || '').split(' ').some((id) => id && document.getElementById(id) && words(document.getElementById(id))) ||
    [...(control.labels || [])].some((label) => words(label)) ||
    [...control.querySelectorAll('[aria-label]')].some((part) => /\\p{Script=Han}/u.test(part.ariaLabel)) ||
    // The arrows of a pagination are reached by the item around them.
    (control.tabIndex === -1 && control.closest('li[title]'));
  const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !element.closest('[aria-hidden=true], [inert]');
  return [...document.querySelectorAll('button, a[href], input, select, textarea, [role=combobox], [role=switch], [role=radio]')]
    .filter((control) => control.type !== 'hidden' && shown(control) && !named(control))
    .map((control) => control.outerHTML.slice(0, 160));
})()`;

/** Runs in the page: levels of headings, in order. */
const HEADINGS = `[...document.querySelectorAll('h1, h2, h3, h4')].filter((heading) => heading.checkVisibility() && !heading.closest('[inert]')).map((heading) => Number(heading.tagName[1]))`;

/** What is wrong with a page for somebody with a narrow screen, a keyboard, or a screen reader; empty when nothing is. */
export async function faultsOf(page: Page): Promise<string[]> {
  const faults: string[] = [];
  const beyond = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
  if (beyond > 0) faults.push(`${beyond} px wider than the screen`);
  const headings = await page.evaluate<number[]>(HEADINGS);
  if (headings.filter((level) => level === 1).length !== 1) faults.push(`headings of the first level: ${headings.join()}`);
  if (headings.some((level, index) => index > 0 && level > headings[index - 1]! + 1))
    faults.push(`a level of headings left out: ${headings.join()}`);
  faults.push(...(await page.evaluate<string[]>(NAMELESS)).map((html) => `without a name: ${html}`));
  faults.push(...(await lowContrast(page)).map((text) => `hard to read: ${text}`));
  return faults;
}

/** Waits until a page shows what it asked for. */
export async function settled(page: Page, heading: string | RegExp): Promise<void> {
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
}

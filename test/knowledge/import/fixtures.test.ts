import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractText } from 'unpdf';
import { afterAll, describe, expect, it } from 'vitest';
import { applyPlan } from '../../../src/knowledge/import/apply.ts';
import { readPdf } from '../../../src/knowledge/import/formats/pdf.ts';
import { readPlainText } from '../../../src/knowledge/import/formats/plain-text.ts';
import { outlineOf } from '../../../src/knowledge/import/outline.ts';
import { planImport } from '../../../src/knowledge/import/plan.ts';
import { readFileContent } from '../../../src/knowledge/import/read-file.ts';
import { readLibrary } from '../../../src/knowledge/library.ts';
import { expectedOf, fixtureFile, fixtureNames, summarise } from './summary.ts';

const names = fixtureNames();
const planOf = (name: string) => planImport([fixtureFile(name)], [], { read: readFileContent });

const folder = mkdtempSync(join(tmpdir(), 'wence-import-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the fixtures', () => {
  it('show every format, and refusals', () => {
    for (const format of ['docx', 'pdf', 'html', 'md', 'txt', 'csv', 'xlsx']) {
      expect(names.some((name) => name.includes(format) && !name.startsWith('refused'))).toBe(true);
      if (format !== 'html' && format !== 'md')
        expect(names.some((name) => name.includes(format) && name.startsWith('refused'))).toBe(true);
    }
  });

  it.each(names)('%s is read as written down', async (name) => {
    expect(summarise(await planOf(name))).toEqual(expectedOf(name));
  });

  it.each(names.filter((name) => name.startsWith('refused')))('%s gives nothing but its refusal', async (name) => {
    const plan = await planOf(name);
    expect([plan.created, plan.changed, plan.skipped]).toEqual([[], [], []]);
    expect(plan.problems).toHaveLength(1);
    expect(plan.problems[0]).toMatchObject({ severity: 'error', code: expect.stringMatching(/^IMPORT_/) });
    expect(plan.problems[0]!.message).toMatch(/。请.*。$|可以导入 .*。$/);
  });
});

describe('the notice', () => {
  const sectionsOf = async (name: string, leftOut: number[] = []) => {
    const { record } = (await planOf(name)).created[0]!;
    return record.sections
      .filter(({ number }) => !leftOut.includes(number))
      .map(({ number, title, part, text }) => ({ number, title, part, text }));
  };

  it.each(['notice-pdf', 'notice-html', 'notice-md'])('reads the same from %s as from Word', async (name) => {
    expect(await sectionsOf(name)).toEqual(await sectionsOf('notice-docx'));
  });

  it('reads the same from plain text, but for the table that has no columns there', async () => {
    expect(await sectionsOf('notice-txt', [12])).toEqual(await sectionsOf('notice-docx', [12]));
  });

  it('has the numbers that stand nowhere in the Word file', async () => {
    const titles = (await sectionsOf('notice-docx')).map(({ title, part }) => `${part ?? ''} ${title}`);
    expect(titles).toContain('二、支持企业创新发展 （三）专精特新企业奖励');
    expect(Buffer.from(fixtureFile('notice-docx').bytes).includes('（三）')).toBe(false);
  });

  it('has the page of every section in the PDF', async () => {
    const { record, markdown } = (await planOf('notice-pdf')).created[0]!;
    const pages = record.sections.flatMap(({ number, page }) => (number === 0 ? [] : [page!]));
    expect([pages[0], pages[12]]).toEqual([1, 5]);
    expect(pages).toEqual(pages.toSorted((a, b) => a - b));
    expect(markdown).toContain('  - number: 13\n    page: 5\n');
  });
});

it('the plan of 2024 comes back from the PDF a browser printed, character for character', async () => {
  const bytes = readFileSync('test/fixtures/import/seed-plan.pdf');
  const printed = outlineOf(await readPdf({ name: 'plan.pdf', bytes }), 'plan.pdf').outline;
  const seed = 'seeds/000_7ce348ff3f3f0c3c.txt';
  const typed = outlineOf(readPlainText({ name: seed, bytes: readFileSync(seed) }), seed).outline;
  expect({ ...printed, sections: printed.sections.map(({ page: _page, ...section }) => section) }).toEqual(typed);
  expect(printed.sections.map(({ page }) => page)).toEqual(printed.sections.map(({ page }) => page).toSorted((a, b) => a! - b!));
  const raw = (await extractText(new Uint8Array(bytes), { mergePages: true })).text;
  expect(raw.match(/[\u2e80-\u2fdf]/g)!.length).toBeGreaterThan(500);
});

it('what is read from all good fixtures together makes a library that loads', async () => {
  const good = names.filter(
    (name) => !name.startsWith('refused') && !name.includes('problems') && !/^notice-(pdf|html|md|txt)|-xlsx$|procedures-csv/.test(name),
  );
  const files = good.map((name) => ({ ...fixtureFile(name), name: `${name}.${fixtureFile(name).name.split('.').at(-1)}` }));
  const plan = await planImport(files, [], { read: readFileContent });
  expect(plan.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  await applyPlan(plan, folder, 'test');
  const library = await readLibrary(folder);
  expect(library.records.map(({ id }) => id).toSorted()).toEqual(plan.created.map(({ id }) => id).toSorted());
  expect(library.records.length).toBeGreaterThan(8);
});

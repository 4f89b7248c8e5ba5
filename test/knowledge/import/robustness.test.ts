import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/domain/errors.ts';
import { planImport } from '../../../src/knowledge/import/plan.ts';
import { readFileContent } from '../../../src/knowledge/import/read-file.ts';
import { MAX_FILE_BYTES } from '../../../src/knowledge/import/refusals.ts';
import { fixtureFile } from './summary.ts';

/** A value or a refusal; anything else is a fault of the importer. */
async function readsOrRefuses(name: string, bytes: Uint8Array): Promise<'read' | 'refused'> {
  try {
    const content = await readFileContent({ name, bytes });
    expect(['document', 'sheets', 'record']).toContain(content.kind);
    const plan = await planImport([{ name, bytes }], [], { read: () => Promise.resolve(content) });
    expect(plan.created.length + plan.problems.length).toBeGreaterThan(0);
    return 'read';
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(error.message.startsWith(`${name}：`)).toBe(true);
    return 'refused';
  }
}

const HEADS: Readonly<Record<string, string>> = {
  docx: 'PK\u0003\u0004',
  xlsx: 'PK\u0003\u0004',
  pdf: '%PDF-1.7\n',
  csv: '',
  txt: '',
  md: '# ',
  html: '<html>',
};

describe('whatever the bytes, a file is read or refused:', () => {
  it.each(Object.keys(HEADS))('arbitrary bytes named .%s', async (extension) => {
    const body = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.string({ unit: 'binary', maxLength: 300 }).map((text) => new TextEncoder().encode(text)),
    );
    await fc.assert(
      fc.asyncProperty(body, fc.boolean(), async (bytes, hasHead) => {
        await readsOrRefuses(`a.${extension}`, hasHead ? Buffer.concat([Buffer.from(HEADS[extension]!, 'latin1'), bytes]) : bytes);
      }),
      { seed: 11, numRuns: 120 },
    );
  });

  it.each(['notice-docx', 'mixed-pdf', 'faq-xlsx', 'faq-csv-gbk', 'guide-html-gb2312', 'notice-md'])(
    '%s with bytes changed, cut or repeated',
    async (fixture) => {
      const { name, bytes } = fixtureFile(fixture);
      const change = fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        to: fc.uint8Array({ minLength: 1, maxLength: 6 }),
        cut: fc.nat(3),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 5 }), async (changes) => {
          let current = Buffer.from(bytes);
          for (const { at, to, cut } of changes) {
            const place = Math.floor(at * current.length);
            current = Buffer.concat([current.subarray(0, place), to, current.subarray(place + (cut === 0 ? to.length : cut * 7))]);
          }
          await readsOrRefuses(name, current);
        }),
        { seed: 13, numRuns: 40 },
      );
    },
  );
});

describe('a file', () => {
  it.each(['a.docx', 'a.pdf', 'a.txt'])('over 20 MB is refused before anything is read (%s)', async (name) => {
    const bytes = new Uint8Array(MAX_FILE_BYTES + 1);
    await expect(readFileContent({ name, bytes })).rejects.toMatchObject({ code: 'INPUT_TOO_LARGE' });
    await expect(planImport([{ name, bytes }], [])).resolves.toMatchObject({ created: [], problems: [{ code: 'INPUT_TOO_LARGE' }] });
  });

  it('without content is refused', async () => {
    await expect(readFileContent({ name: 'a.txt', bytes: new Uint8Array() })).rejects.toMatchObject({ code: 'IMPORT_DAMAGED' });
    await expect(readFileContent({ name: 'a.csv', bytes: new TextEncoder().encode('\n \n') })).rejects.toMatchObject({
      code: 'IMPORT_DAMAGED',
    });
  });
});

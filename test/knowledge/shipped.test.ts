import { beforeAll, describe, expect, it } from 'vitest';
import type { LibraryRecord } from '../../src/domain/record.ts';
import type { Library } from '../../src/knowledge/library.ts';
import { realLibrary } from '../support/corpus.ts';

/** Without spaces, in one width, and with one kind of quotes: what a quote may change. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/\s/g, '')
    .replaceAll(/[‘’]/g, (sign) => (sign === '‘' ? '“' : '”'));
const everything = ({ title, sections }: LibraryRecord): string =>
  [title, ...sections.flatMap(({ title: name, text }) => [name, text])].join('\n');

let library: Library;
let plan: LibraryRecord;
let restating: LibraryRecord[];
beforeAll(async () => {
  ({ library } = await realLibrary());
  plan = library.records.find(({ id }) => id === '2024-plan')!;
  restating = library.records.filter(({ kind }) => kind !== 'policy');
});

/** Text of the sections a record says it restates. */
const originalOf = ({ derivedFrom }: LibraryRecord): string =>
  plain(plan.sections.flatMap(({ id, text }) => (derivedFrom.includes(id) ? [text] : [])).join('\n'));

describe('the guides and answers of the shipped library', () => {
  it('are there, checked by somebody on a day', () => {
    expect(restating.filter(({ kind }) => kind === 'procedure').length).toBeGreaterThanOrEqual(6);
    expect(restating.filter(({ kind }) => kind === 'faq').length).toBeGreaterThanOrEqual(8);
    for (const { verifiedOn, verifiedBy, id } of library.records)
      expect([verifiedOn, verifiedBy], id).toEqual(['2026-11-22', '知识库维护组']);
  });

  it('name the sections they restate, which are there', () => {
    const ids = new Set(library.records.flatMap(({ sections }) => sections.map(({ id }) => id)));
    for (const { id, derivedFrom } of restating) {
      expect(derivedFrom.length, id).toBeGreaterThan(0);
      expect(
        derivedFrom.filter((source) => !ids.has(source)),
        id,
      ).toEqual([]);
    }
  });

  it('quote those sections word for word', () => {
    for (const record of restating) {
      const quotes = record.sections.flatMap(({ number, text }) =>
        record.kind === 'faq' || number === 1 || number > 10 ? (text.match(/“[^”]+”/g) ?? []) : [],
      );
      expect(quotes.length, record.id).toBeGreaterThan(0);
      for (const quote of quotes) expect(originalOf(record), record.id).toContain(plain(quote.slice(1, -1)));
    }
  });

  it('have no figure those sections and the title of the plan do not have', () => {
    for (const record of restating) {
      const known = `${originalOf(record)}\n${plain(plan.title)}`;
      const figures = everything(record).match(/\d+(?:\.\d+)?/g) ?? [];
      // Numbers of a list are no figures.
      expect(
        figures.filter((figure) => !known.includes(figure)),
        record.id,
      ).toEqual([]);
    }
  });

  it('state in their fields only what those sections say', () => {
    for (const record of restating) {
      if (record.kind !== 'procedure') continue;
      const { phone, place, window, hours, fee, onlineUrl, materials, steps, legalBasis } = record.guide;
      expect([phone, place, window, hours, onlineUrl, materials, steps, legalBasis], record.id).toEqual([
        null,
        null,
        null,
        null,
        null,
        [],
        [],
        [],
      ]);
      if (fee !== null) expect(originalOf(record), record.id).toContain(fee);
    }
  });
});

describe('the shipped question set', () => {
  it('asks for sections there are, and for evidence that stands in them', () => {
    const texts = new Map(plan.sections.map(({ id, text }) => [id, plain(text)]));
    expect(library.questions.length).toBeGreaterThan(400);
    expect(library.questions.filter(({ sections }) => sections.length === 0).length).toBeGreaterThan(200);
    for (const { id, sections, evidence } of library.questions) {
      expect(
        sections.filter((section) => !texts.has(section)),
        id,
      ).toEqual([]);
      const known = sections.map((section) => texts.get(section)!).join('\n');
      expect(
        evidence.filter((piece) => !known.includes(plain(piece))),
        id,
      ).toEqual([]);
    }
  });
});

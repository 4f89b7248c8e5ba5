import { beforeAll, describe, expect, it } from 'vitest';
import { answerQuestion, createAnswerer } from '../../src/answering/answerer.ts';
import { buildCorpus, type Corpus, type Knowledge } from '../../src/answering/corpus.ts';
import { enlargeCorpus } from '../../src/answering/enlarge.ts';
import { createQuery } from '../../src/answering/query.ts';
import { retrieve } from '../../src/answering/retrieve.ts';
import { createSectionReader } from '../../src/answering/section-tokens.ts';
import { allInForce } from '../../src/answering/state.ts';
import type { LibraryRecord } from '../../src/domain/record.ts';
import type { CollectionCounts } from '../../src/search/inverted-index.ts';
import type { SectionField } from '../../src/answering/indexes.ts';
import { comparable } from '../../src/text/tokens.ts';
import { realLibrary } from '../support/corpus.ts';

const QUESTIONS = ['融资白名单怎么申请', '欠薪了找谁', '人才公寓', '老板拖着工钱不发', '参展补贴多少钱', '厂房租赁平台', '跨域通办是什么'];

/** The shipped plan in two halves, none of whose sections has questions. */
let near: LibraryRecord;
let far: LibraryRecord;
let language: Omit<Knowledge, 'records'>;

beforeAll(async () => {
  const { library } = await realLibrary();
  const { lexicon, thesaurus, english } = library;
  language = { lexicon, thesaurus, english };
  const [plan] = library.records;
  const half = (id: string, isOdd: boolean): LibraryRecord => ({
    ...plan!,
    id,
    sections: plan!.sections
      .filter(({ number }) => (number % 2 === 1) === isOdd)
      .map((section) => ({ ...section, id: `${id}#${section.number}`, documentId: id, questions: [] })),
  });
  near = half('near', true);
  far = half('far', false);
});

/** What a corpus of its own counts, as a collection kept elsewhere would be told of. */
function countsOf({ sectionIndex }: Corpus): CollectionCounts<SectionField> {
  const fields = ['textWords', 'textBigrams', 'textCharacters', 'textConcepts'] as const;
  const countsIn = (field: SectionField) => {
    const { lengths } = sectionIndex.contents.segments[0]!.fields[field];
    return { filled: lengths.filter((length) => length > 0).length, tokens: lengths.reduce((sum, length) => sum + length, 0) };
  };
  return {
    documents: sectionIndex.size,
    fields: Object.fromEntries(fields.map((field) => [field, countsIn(field)])),
    frequency: (field, term) => sectionIndex.documentFrequency(field, term),
  };
}

/** Scores by section. The kinds of answer and what is told apart by the candidates in front are the same only when those are. */
const scoresIn = (corpus: Corpus, question: string): Record<string, string> =>
  Object.fromEntries(
    retrieve(createQuery(comparable(question), corpus), corpus).map(({ section, score }) => [
      corpus.sectionAt(section).id,
      score.toFixed(6),
    ]),
  );

describe('a corpus enlarged by sections of a collection', () => {
  it('ranks them as if all of the collection were in it', () => {
    const whole = buildCorpus({ ...language, records: [near, far] });
    const library = buildCorpus({ ...language, records: [near] });
    const collection = countsOf(buildCorpus({ ...language, records: [far] }));
    const read = createSectionReader(library.thesaurus);
    for (const question of QUESTIONS) {
      const expected = scoresIn(whole, question);
      const all = enlargeCorpus(library, { records: [far], tokensOf: read, whole: collection });
      expect(scoresIn(all, question)).toEqual(expected);
      // What was not fetched, because nothing in it was asked for, changes nothing for the others.
      const wanted = { ...far, sections: far.sections.filter(({ id }) => Object.hasOwn(expected, id)) };
      const some = enlargeCorpus(library, { records: [wanted], tokensOf: read, whole: collection });
      expect(scoresIn(some, question)).toEqual(expected);
    }
  });

  it('quotes them and opens them, and leaves the library as it was', () => {
    const library = buildCorpus({ ...language, records: [near] });
    const before = answerQuestion('欠薪了找谁', null, library);
    const read = createSectionReader(library.thesaurus);
    const enlarged = enlargeCorpus(library, {
      records: [far],
      tokensOf: read,
      whole: countsOf(buildCorpus({ ...language, records: [far] })),
    });
    const answerer = createAnswerer(() => allInForce(enlarged));
    for (const { id, documentId, number, text } of far.sections) {
      expect(answerer.section(documentId, number)?.text).toBe(text);
      const answer = answerer.fromSection(documentId, number, null);
      expect(answer).toMatchObject({ outcome: 'answered', citations: [{ documentId, section: number }] });
      expect(library.numberOf(id)).toBeNull();
    }
    expect(answerer.record('far')?.title).toBe(far.title);
    expect(answerer.record('near')).toBe(near);
    expect(answerQuestion('欠薪了找谁', null, library)).toEqual(before);
  });

  it('takes a word that only the collection has for no misspelling', () => {
    const library = buildCorpus({ ...language, records: [near] });
    const read = createSectionReader(library.thesaurus);
    const [section] = far.sections;
    const odd = { ...far, sections: [{ ...section!, text: '企页登记办法自发布之日起施行。', sentences: [{ start: 0, end: 15 }] }] };
    const corpus = enlargeCorpus(library, {
      records: [odd],
      tokensOf: read,
      whole: countsOf(buildCorpus({ ...language, records: [odd] })),
    });
    expect(library.speller.correct('企页登记').corrections).not.toEqual([]);
    expect(corpus.speller.correct('企页登记').corrections).toEqual([]);
  });
});

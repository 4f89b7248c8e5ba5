import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { answerQuestion } from '../../src/answering/answerer.ts';
import { buildCorpus, changeCorpus, type Corpus, type Knowledge } from '../../src/answering/corpus.ts';
import { packCorpus, unpackCorpus } from '../../src/answering/corpus-snapshot.ts';
import { createQuery } from '../../src/answering/query.ts';
import { retrieve } from '../../src/answering/retrieve.ts';
import type { LibraryRecord } from '../../src/domain/record.ts';
import { comparable } from '../../src/text/tokens.ts';
import { realLibrary } from '../support/corpus.ts';

/** The same cases in every run. */
fc.configureGlobal({ seed: 20_240_101 });

const QUESTIONS = ['融资白名单怎么申请', '欠薪了找谁', '人才公寓', '老板拖着工钱不发', '参展补贴多少钱', '厂房租赁平台', '跨域通办是什么'];
const PIECES = 6;

/** The shipped plan in pieces, each a record of its own, so that pieces can come and go. */
let pieces: LibraryRecord[];
let language: Omit<Knowledge, 'records'>;

beforeAll(async () => {
  const { library } = await realLibrary();
  const [plan] = library.records;
  const { lexicon, thesaurus, english } = library;
  language = { lexicon, thesaurus, english };
  pieces = Array.from({ length: PIECES }, (_, piece) => {
    const id = `piece-${piece}`;
    const sections = plan!.sections
      .filter(({ number }) => number % PIECES === piece)
      // Few alternate questions, to keep the many builds of this test short.
      .map((section) => ({ ...section, id: `${id}#${section.number}`, documentId: id, questions: section.questions.slice(0, 6) }));
    return { ...plan!, id, sections };
  });
});

const knowledgeOf = (records: readonly LibraryRecord[]): Knowledge => ({ ...language, records });

const edited = (record: LibraryRecord, word: string): LibraryRecord => ({
  ...record,
  sections: record.sections.map((section) => {
    const text = `${word}${section.text}`;
    const sentences = section.sentences.map(({ start, end }, at) => ({
      start: at === 0 ? 0 : start + word.length,
      end: end + word.length,
    }));
    return { ...section, text, sentences };
  }),
});

/** What a corpus makes of a question, without the numbers that depend on its history. */
function found(question: string, corpus: Corpus) {
  return retrieve(createQuery(comparable(question), corpus), corpus)
    .map(({ section, score }) => ({ id: corpus.sectionAt(section).id, score: score.toFixed(6) }))
    .sort((a, b) => a.id.localeCompare(b.id));
}

describe('a corpus after changes of its records', () => {
  it('finds what one built anew finds', () => {
    const steps = fc.array(fc.record({ piece: fc.nat(PIECES - 1), word: fc.constantFrom('remove', '铁路', '融资白名单') }), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(steps, (changes) => {
        let records = pieces.slice(0, 4);
        let corpus = buildCorpus(knowledgeOf(records));
        for (const { piece, word } of changes) {
          const record = edited(pieces[piece]!, word === 'remove' ? '' : word);
          const others = records.filter(({ id }) => id !== record.id);
          if (word === 'remove' && others.length === 0) continue;
          records = word === 'remove' ? others : [...others, record];
          corpus = changeCorpus(corpus, knowledgeOf(records), new Set(word === 'remove' ? [] : [record.id]));
        }
        const fresh = buildCorpus(knowledgeOf(records));
        for (const question of QUESTIONS) expect(found(question, corpus)).toEqual(found(question, fresh));
        expect(corpus.sections.map(({ id }) => id)).toEqual(fresh.sections.map(({ id }) => id));
      }),
      { numRuns: 12 },
    );
  }, 60_000);

  it('quotes the new text, and the one before keeps the old', () => {
    const before = buildCorpus(knowledgeOf(pieces));
    const target = pieces.find(({ sections }) => sections.some(({ text }) => text.includes('欠薪')))!;
    const after = changeCorpus(before, knowledgeOf(pieces.filter((record) => record !== target)), new Set());
    const citedBy = (corpus: Corpus): string => JSON.stringify(answerQuestion('优化欠薪治理模式', null, corpus));
    expect(citedBy(before)).toContain(`"documentId":"${target.id}"`);
    expect(citedBy(after)).not.toContain(`"documentId":"${target.id}"`);
    expect(after.numberOf(target.sections[0]!.id)).toBeNull();
    expect(after.sections.some(({ documentId }) => documentId === target.id)).toBe(false);
  });

  it('knows misspellings of a word that came with the change', () => {
    const before = buildCorpus(knowledgeOf(pieces.slice(0, 3)));
    const added = edited(pieces[4]!, '集装箱码头扩建方案。');
    const after = changeCorpus(before, knowledgeOf([...pieces.slice(0, 3), added]), new Set([added.id]));
    expect(after.speller.correct('集庄箱怎么建').text).toBe('集装箱怎么建');
    expect(before.speller.correct('集庄箱怎么建').text).toBe('集庄箱怎么建');
  });
});

describe('a corpus from a snapshot', () => {
  it('answers as the one it was made of', () => {
    const knowledge = knowledgeOf(pieces);
    const corpus = buildCorpus(knowledge);
    const again = unpackCorpus(knowledge, packCorpus(corpus, 'key')!, 'key')!;
    for (const question of [...QUESTIONS, 'rongzibaimingdan', '融姿白名单', 'how to get a loan']) {
      expect(answerQuestion(question, null, again)).toEqual(answerQuestion(question, null, corpus));
    }
  });

  it('is not taken for another library, nor kept of one that went through changes', () => {
    const knowledge = knowledgeOf(pieces.slice(0, 2));
    const corpus = buildCorpus(knowledge);
    expect(unpackCorpus(knowledge, packCorpus(corpus, 'key')!, 'another key')).toBeNull();
    expect(packCorpus(changeCorpus(corpus, knowledgeOf(pieces.slice(0, 1)), new Set()), 'key')).toBeNull();
  });
});

import type { LibraryRecord } from '../domain/record.ts';
import { comparable } from '../text/tokens.ts';
import type { Knowledge } from './corpus.ts';
import { withoutSmallTalk } from './small-talk.ts';

/** By the form of a question: ids of the sections it is known to ask for. */
type KnownQuestions = ReadonlyMap<string, readonly string[]>;

const CLOSING = /[吗呢啊呀吧嘛哦呐哈]+$/u;

/** What is the same in two questions that differ in script, marks, greetings and closing particles only. */
const formOf = (comparableText: string): string =>
  withoutSmallTalk(comparableText)
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .replace(CLOSING, '');

/** By record: the questions it says it answers. Records do not change, and come again with every state of the library. */
const byRecord = new WeakMap<LibraryRecord, KnownQuestions>();
const byKnowledge = new WeakMap<Knowledge, KnownQuestions>();

function questionsOf(record: LibraryRecord): KnownQuestions {
  let known = byRecord.get(record);
  if (known === undefined) {
    const found = new Map<string, string[]>();
    for (const { id, title, questions } of record.sections) {
      const own = questions.map(({ text }) => text);
      for (const form of new Set((record.kind === 'faq' ? [title, ...own] : own).map((text) => formOf(comparable(text))))) {
        if (form !== '') found.set(form, [...(found.get(form) ?? []), id]);
      }
    }
    known = found;
    byRecord.set(record, known);
  }
  return known;
}

function questionsIn(knowledge: Knowledge): KnownQuestions {
  let known = byKnowledge.get(knowledge);
  if (known === undefined) {
    const all = new Map<string, readonly string[]>();
    for (const record of knowledge.records) {
      for (const [form, ids] of questionsOf(record)) all.set(form, [...(all.get(form) ?? []), ...ids]);
    }
    known = all;
    byKnowledge.set(knowledge, known);
  }
  return known;
}

/** Ids of the sections whose questions or whose FAQ ask just this. @param texts of one question, in comparable form */
export function knownSections(texts: readonly string[], knowledge: Knowledge): readonly string[] {
  const known = questionsIn(knowledge);
  for (const text of texts) {
    const ids = known.get(formOf(text));
    if (ids !== undefined) return ids;
  }
  return [];
}

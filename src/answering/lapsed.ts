import type { Answer, LapsedDocument, SectionRef } from '../domain/answer.ts';
import type { LibraryRecord, Section } from '../domain/record.ts';
import { type Succession, successionOf, type Validity } from '../domain/validity.ts';
import { comparable } from '../text/tokens.ts';
import { sectionRef } from './cite.ts';
import type { Corpus } from './corpus.ts';
import { type Context, judge } from './judge.ts';
import { createQuery } from './query.ts';
import { retrieve } from './retrieve.ts';
import type { AnsweringState } from './state.ts';
import type { Understanding } from './understand.ts';
import { ANSWER_FROM } from './weights.ts';

/** Shorter titles are words of the language rather than names. */
const MIN_NAME = 6;
const MAX_SECTIONS = 2;

const bare = (text: string): string => comparable(text).replaceAll(/[^\p{L}\p{N}]/gu, '');

/** What a document is called by: its title, the title within 《》 of it, its number; as `bare` text. */
function namesOf({ title, documentNumber }: LibraryRecord): string[] {
  const inner = [...title.matchAll(/《([^》]+)》/g)].map((match) => match[1]!);
  return [title, ...inner, ...(documentNumber === null ? [] : [documentNumber])].map(bare).filter((name) => name.length >= MIN_NAME);
}

/** The lapsed document a question names, unless what it names may as well be one in force. */
function namedRecord(text: string, lapsed: Corpus, corpus: Corpus): LibraryRecord | null {
  const asked = bare(text);
  const isNamed = (record: LibraryRecord): boolean => namesOf(record).some((name) => asked.includes(name));
  const found = lapsed.knowledge.records.filter(isNamed);
  if (found.length === 0) return null;
  const isMeant = ({ year, documentNumber }: LibraryRecord): boolean =>
    (documentNumber !== null && asked.includes(bare(documentNumber))) || (year !== null && asked.includes(String(year)));
  const meant = found.find(isMeant);
  if (meant) return meant;
  return corpus.knowledge.records.some(isNamed) ? null : found[0]!;
}

const successions = new WeakMap<Corpus, { readonly lapsed: Corpus; readonly succession: Succession<LibraryRecord> }>();

/** Worked out once for a state of the library. */
export function successionIn({ corpus, lapsed }: AnsweringState): Succession<LibraryRecord> {
  const known = successions.get(corpus);
  if (known && known.lapsed === lapsed) return known.succession;
  const succession = successionOf([...corpus.knowledge.records, ...(lapsed?.knowledge.records ?? [])]);
  if (lapsed) successions.set(corpus, { lapsed, succession });
  return succession;
}

/**
 * What is said to a question about a text that is not in force: named in it, or what it would have been answered from.
 * @param decided what the texts in force have to say
 * @returns null when the question is about none
 */
export function lapsedAnswer(understood: Understanding, context: Context | null, decided: Answer, state: AnsweringState): Answer | null {
  const { corpus, lapsed } = state;
  if (!lapsed) return null;
  const named = namedRecord(understood.text, lapsed, corpus);
  if (named) return lapsedOutcome(sectionAskedFor(understood.text, named, lapsed), understood.text, 1, state);
  if (decided.outcome === 'answered' || decided.outcome === 'browse') return null;
  const { cited, confidence } = judge(understood, context, lapsed);
  if (!cited[0] || confidence < ANSWER_FROM) return null;
  return lapsedOutcome(lapsed.sectionAt(cited[0].section), understood.text, confidence, state);
}

function sectionAskedFor(text: string, record: LibraryRecord, corpus: Corpus): Section {
  const found = retrieve(createQuery(text, corpus), corpus).find(({ section }) => corpus.sectionAt(section).documentId === record.id);
  return found ? corpus.sectionAt(found.section) : (record.sections.find(({ number }) => number > 0) ?? record.sections[0]!);
}

/** What is said in place of a section that is not in force. @param text of the question, comparable; '' when there is none */
export function lapsedOutcome(section: Section, text: string, confidence: number, state: AnsweringState): Answer {
  const record = state.lapsed!.recordOf(section);
  const succession = successionIn(state);
  const validity = succession.validityOf(record, state.today);
  const inForce = (other: LibraryRecord): boolean => succession.validityOf(other, state.today).status === 'in-force';
  const candidates = validity.status === 'upcoming' ? succession.predecessorsOf(record) : succession.successorsOf(record);
  const successor = candidates.find(inForce) ?? lastInChain(record, succession, inForce);
  return {
    outcome: 'lapsed',
    document: {
      documentId: record.id,
      title: record.title,
      documentNumber: record.documentNumber,
      ...statusOf(validity),
      section: sectionRef(section),
    },
    successor: successor && {
      title: successor.title,
      documentNumber: successor.documentNumber,
      sections: sectionsOf(successor, text === '' ? section.title : text, state.corpus),
    },
    confidence,
  };
}

function statusOf(validity: Validity): Pick<LapsedDocument, 'status' | 'on'> {
  switch (validity.status) {
    case 'upcoming':
      return { status: 'upcoming', on: validity.from };
    case 'expired':
      return { status: 'expired', on: validity.lastDay };
    case 'superseded':
      return { status: 'superseded', on: validity.since };
    case 'in-force':
      throw new RangeError('Expected a record that is not in force');
  }
}

/** A successor may have been succeeded itself. */
function lastInChain(
  record: LibraryRecord,
  succession: Succession<LibraryRecord>,
  inForce: (record: LibraryRecord) => boolean,
): LibraryRecord | null {
  const seen = new Set([record.id]);
  let next: readonly LibraryRecord[] = succession.successorsOf(record);
  while (next.length > 0) {
    const found = next.find(inForce);
    if (found) return found;
    for (const { id } of next) seen.add(id);
    next = next.flatMap((each) => succession.successorsOf(each)).filter(({ id }) => !seen.has(id));
  }
  return null;
}

function sectionsOf(record: LibraryRecord, text: string, corpus: Corpus): SectionRef[] {
  const own = retrieve(createQuery(comparable(text), corpus), corpus)
    .map(({ section }) => corpus.sectionAt(section))
    .filter(({ documentId }) => documentId === record.id);
  const first = record.sections.filter(({ number }) => number > 0);
  return [...new Set([...own, ...first])].slice(0, MAX_SECTIONS).map(sectionRef);
}

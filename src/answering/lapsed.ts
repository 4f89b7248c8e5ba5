import type { Answer, LapsedDocument, SectionRef } from '../domain/answer.ts';
import type { LibraryRecord, Section } from '../domain/record.ts';
import { type Succession, successionOf, type Validity } from '../domain/validity.ts';
import { comparable } from '../text/tokens.ts';
import { sectionRef } from './cite.ts';
import type { Corpus } from './corpus.ts';
import { type Context, judge } from './judge.ts';
import { lapsedNamed } from './named-document.ts';
import { createQuery } from './query.ts';
import { retrieve } from './retrieve.ts';
import type { AnsweringState } from './state.ts';
import { understand } from './understand.ts';
import { ANSWER_FROM } from './weights.ts';

type Successor = NonNullable<Extract<Answer, { outcome: 'lapsed' }>['successor']>;

/** Sections of the successor that are offered. */
const MAX_SECTIONS = 2;

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
export function lapsedAnswer(message: string, context: Context | null, decided: Answer, state: AnsweringState): Answer | null {
  const { corpus, lapsed } = state;
  if (!lapsed) return null;
  const text = comparable(message);
  const named = lapsedNamed(text, lapsed, corpus);
  if (named) return lapsedOutcome(sectionAskedFor(text, named, lapsed), text, 1, state);
  if (decided.outcome === 'answered') return null;
  const understood = understand(message, lapsed);
  const { cited, confidence, asksOtherYear } = judge(understood, context, lapsed);
  if (!cited[0] || confidence < ANSWER_FROM || asksOtherYear) return null;
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
      section: sectionRef(section, record),
    },
    successor: successor
      ? {
          title: successor.title,
          documentNumber: successor.documentNumber,
          sections: sectionsOf(successor, text === '' ? section.title : text, state.corpus),
        }
      : validity.status === 'superseded'
        ? successorByName(record, validity)
        : null,
    confidence,
  };
}

/** A successor that nobody put into the library is known by what the old text calls it, unless that is an id. */
function successorByName({ supersededBy }: LibraryRecord, { by }: Extract<Validity, { status: 'superseded' }>): Successor | null {
  if (by !== null || supersededBy === null || /^[a-z0-9-]{1,40}$/.test(supersededBy)) return null;
  return { title: supersededBy, documentNumber: null, sections: [] };
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

/** What the successor says on the matter; where it says nothing in the same words, how it begins. */
function sectionsOf(record: LibraryRecord, text: string, corpus: Corpus): SectionRef[] {
  const own = retrieve(createQuery(comparable(text), corpus), corpus)
    .map(({ section }) => corpus.sectionAt(section))
    .filter(({ documentId, number }) => documentId === record.id && number > 0);
  const opening = record.sections.filter(({ number }) => number > 0).slice(0, 1);
  return (own.length > 0 ? own : opening).slice(0, MAX_SECTIONS).map((section) => sectionRef(section, record));
}

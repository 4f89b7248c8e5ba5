import { isMap, isSeq, parseDocument, YAMLMap } from 'yaml';
import { AppError } from '../domain/errors.ts';
import type { RecordKind } from '../domain/record.ts';
import { contentOf, sourceOf } from './text-source.ts';

type Questions = readonly (string | { readonly about: string; readonly ask: readonly string[] })[];
type SectionMeta = { readonly number: number; readonly questions?: Questions } & Readonly<Record<string, unknown>>;

const wordsOf = (questions: Questions): readonly string[] => questions.flatMap((each) => (typeof each === 'string' ? [each] : each.ask));

const joined = (there: Questions, added: readonly string[]): Questions => {
  const known = new Set(wordsOf(there));
  return [...there, ...new Set(added.filter((question) => !known.has(question)))];
};

/**
 * A record's source with more alternate questions.
 * @param section number of the section they ask for; of an FAQ, which is one section, it is not looked at
 * @throws {AppError} `KNOWLEDGE_UNREADABLE` when the source cannot be read
 */
export function withAlternates(source: string, kind: RecordKind, section: number, questions: readonly string[]): string {
  const content = contentOf(source, kind);
  if (!('meta' in content)) throw new AppError('INPUT_INVALID', `Expected a record, got a text of the kind ${content.kind}.`);
  const { meta } = content;
  if (kind === 'faq')
    return sourceOf({ ...content, meta: { ...meta, questions: joined((meta['questions'] ?? []) as Questions, questions) } });
  const sections = (meta['sections'] ?? []) as readonly SectionMeta[];
  const own = sections.find(({ number }) => number === section) ?? { number: section };
  const changed = { ...own, questions: joined(own.questions ?? [], questions) };
  const others = sections.filter(({ number }) => number !== section);
  return sourceOf({ ...content, meta: { ...meta, sections: [...others, changed].sort((a, b) => a.number - b.number) } });
}

/**
 * A thesaurus that knows one more word of everyday speech; its remarks stay. It joins the group that has the official word, or opens one.
 * @throws {AppError} `KNOWLEDGE_UNREADABLE` when the source cannot be read
 */
export function withSynonym(source: string, official: string, colloquial: string): string {
  const document = parseDocument(source.trim() === '' ? '[]' : source);
  const fault = document.errors[0];
  if (fault || !isSeq(document.contents)) {
    throw new AppError('KNOWLEDGE_UNREADABLE', `Expected a thesaurus, a list of groups${fault ? `: ${fault.message}` : '.'}`);
  }
  const words = (list: readonly string[]) => document.createNode(list, { flow: true });
  const holds = (group: unknown, key: string, word: string): boolean => {
    const known = isMap(group) ? group.get(key) : null;
    return isSeq(known) && known.toJSON().includes(word);
  };
  const group = document.contents.items.find((each) => holds(each, 'official', official));
  if (!isMap(group)) {
    const made = new YAMLMap();
    made.set('official', words([official]));
    made.set('colloquial', words([colloquial]));
    document.addIn([], made);
  } else if (!holds(group, 'colloquial', colloquial)) {
    const known: unknown = group.get('colloquial');
    if (isSeq(known)) known.add(document.createNode(colloquial));
    else group.add(document.createPair('colloquial', words([colloquial])) as never);
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

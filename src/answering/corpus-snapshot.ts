import { pack, packSegment, packStrings, unpack, unpackSegment, unpackStrings } from '../search/snapshot.ts';
import { type Corpus, type Knowledge, restoreCorpus } from './corpus.ts';
import { QUESTION_FIELDS, type QuestionField, SECTION_FIELDS, type SectionField, TOPIC_FIELDS, type TopicField } from './indexes.ts';

const fieldsOf = <Field extends string>(fields: Readonly<Record<Field, unknown>>): Field[] => Object.keys(fields) as Field[];

const packCounts = (name: string, counts: ReadonlyMap<string, number>): [string, Uint8Array][] => [
  [`${name}/keys`, packStrings(counts.keys())],
  [`${name}/values`, new Uint8Array(Uint32Array.from(counts.values()).buffer)],
];

/**
 * Everything about a corpus that takes time to work out, as bytes.
 * @param key names the library and the program it was made by; asked for again on reading.
 * @returns null when the corpus went through changes since it was built: only one built anew is kept.
 */
export function packCorpus(corpus: Corpus, key: string): Buffer<ArrayBuffer> | null {
  const indexes = [corpus.sectionIndex.contents, corpus.questionIndex.contents, corpus.topicIndex.contents];
  if (indexes.some(({ segments, removed }) => segments.length !== 1 || removed.length > 0)) return null;
  const [sections, questions, topics] = indexes.map(({ segments }) => segments[0]!);
  const { phrases, names } = corpus.vocabulary;
  return pack(
    new Map([
      ['key', Buffer.from(key)],
      ...packSegment('sections', sections!),
      ...packSegment('questions', questions!),
      ...packSegment('topics', topics!),
      ...packCounts('phrases', phrases),
      ['names', packStrings(names)],
      ['names/count', new Uint8Array(Uint32Array.of(names.size).buffer)],
    ]),
  );
}

/** The corpus packed before for the same library, or null when these bytes are not of it, or damaged. */
export function unpackCorpus(knowledge: Knowledge, packed: Uint8Array<ArrayBuffer>, key: string): Corpus | null {
  const chunks = unpack(packed);
  if (!chunks || Buffer.from(chunks.get('key') ?? []).toString() !== key) return null;
  const sections = unpackSegment<SectionField>('sections', fieldsOf(SECTION_FIELDS), chunks);
  const questions = unpackSegment<QuestionField>('questions', fieldsOf(QUESTION_FIELDS), chunks);
  const topics = unpackSegment<TopicField>('topics', fieldsOf(TOPIC_FIELDS), chunks);
  if (!sections || !questions || !topics) return null;
  const numbers = (name: string): Uint32Array => {
    const { buffer, byteOffset, byteLength } = chunks.get(name)!;
    return new Uint32Array(buffer, byteOffset, byteLength / 4);
  };
  const counts = (name: string): Map<string, number> => {
    const values = numbers(`${name}/values`);
    return new Map(unpackStrings(chunks.get(`${name}/keys`)!, values.length).map((word, at) => [word, values[at]!]));
  };
  const names = new Set(unpackStrings(chunks.get('names')!, numbers('names/count')[0]!));
  return restoreCorpus(knowledge, { sections, questions, topics }, { phrases: counts('phrases'), names });
}

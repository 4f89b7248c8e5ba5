import { relative } from 'node:path';
import { dayIn } from '../domain/day.ts';
import { AppError } from '../domain/errors.ts';
import type { LibraryRecord } from '../domain/record.ts';
import type { ThesaurusGroup } from '../text/thesaurus.ts';
import { digestOf } from './editorial/digest.ts';
import type { TextKind } from './editorial/revision.ts';
import type { PublishedText } from './editorial/store.ts';
import { isRecordKind } from './folders.ts';
import { type KnowledgeFile, readKnowledgeFiles } from './knowledge-files.ts';
import { type LibraryQuestion, readEnglish, readLexicon, readQuestionSet, readThesaurus } from './language-texts.ts';
import { parseRecord } from './markdown.ts';

/** All the bot knows: one consistent state, and digests by which a change is recognised. */
export interface Library {
  readonly records: readonly LibraryRecord[];
  /** Words to be kept whole. */
  readonly lexicon: readonly string[];
  readonly thesaurus: readonly ThesaurusGroup[];
  /** English term → Chinese terms, for questions in English. */
  readonly english: ReadonlyMap<string, readonly string[]>;
  /** Questions by which answers are judged. */
  readonly questions: readonly LibraryQuestion[];
  /** By record id: of the text it was read from. */
  readonly digests: ReadonlyMap<string, string>;
  /** Of lexicon, thesaurus and English list. */
  readonly languageDigest: string;
}

type LanguageSources = Readonly<Record<'lexicon' | 'thesaurus' | 'english' | 'questions', string>>;

const languageOf = ({ lexicon, thesaurus, english, questions }: LanguageSources) => ({
  lexicon: readLexicon(lexicon),
  thesaurus: readThesaurus(thesaurus),
  english: readEnglish(english),
  questions: readQuestionSet(questions),
  languageDigest: digestOf([lexicon, thesaurus, english].join('\0')),
});

const languageSources = (texts: readonly { readonly kind: TextKind; readonly source: string }[]): LanguageSources => {
  const sourceOf = (kind: TextKind): string => texts.find((text) => text.kind === kind)?.source ?? '';
  return { lexicon: sourceOf('lexicon'), thesaurus: sourceOf('thesaurus'), english: sourceOf('english'), questions: sourceOf('questions') };
};

/**
 * The library of the texts in service, records by id.
 * @param timeZone in which a record's day of publication is told
 * @throws {AppError} `KNOWLEDGE_UNREADABLE`
 */
export function libraryOf(texts: readonly PublishedText[], timeZone = 'Asia/Shanghai'): Library {
  const records: LibraryRecord[] = [];
  const digests = new Map<string, string>();
  for (const text of [...texts].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    if (!isRecordKind(text.kind)) continue;
    const record = parseRecord(text.source, `${text.id}.md`);
    records.push({ ...record, revision: text.revision, publishedOn: dayIn(timeZone, text.publishedAtMs) });
    digests.set(record.id, text.digest);
  }
  return { records, digests, ...languageOf(languageSources(texts)) };
}

function recordsOf(files: readonly KnowledgeFile[]): Pick<Library, 'records' | 'digests'> {
  const records: LibraryRecord[] = [];
  const digests = new Map<string, string>();
  for (const { kind, path, source, digest } of files) {
    if (!isRecordKind(kind)) continue;
    const record = parseRecord(source, path);
    const twin = records.find((known) => known.id === record.id);
    if (twin) {
      const line = source.slice(0, Math.max(0, source.search(/^id\s*:/m))).split('\n').length;
      throw new AppError('KNOWLEDGE_UNREADABLE', `${path}:${line}: expected a new id, but "${record.id}" is taken by "${twin.title}".`);
    }
    records.push(record);
    digests.set(record.id, digest);
  }
  return { records, digests };
}

/**
 * Reads a knowledge folder: `policies/ procedures/ faq/` (Markdown), `lexicon.txt`, `thesaurus.yaml`, `english.yaml`, `questions.jsonl`. All or
 * nothing.
 * @throws {AppError} `KNOWLEDGE_UNREADABLE`, with file, line and reason.
 */
export async function readLibrary(folder: string): Promise<Library> {
  const files = await readKnowledgeFiles(folder);
  const { records, digests } = recordsOf(files);
  if (records.length === 0) {
    throw new AppError(
      'KNOWLEDGE_UNREADABLE',
      `${relative('.', folder) || folder}: expected Markdown files in policies/, procedures/ or faq/, found none.`,
    );
  }
  return { records, digests, ...languageOf(languageSources(files)) };
}

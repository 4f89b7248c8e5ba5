import { stringify } from 'yaml';
import { AppError } from '../domain/errors.ts';
import type { LibraryRecord } from '../domain/record.ts';
import { LANGUAGE_TEXTS, type LanguageTextId, type TextKind } from './editorial/revision.ts';
import { isRecordKind } from './folders.ts';
import { parseYaml, splitFrontMatter } from './front-matter.ts';
import { recordText, tidyMeta } from './front-matter-text.ts';
import { readEnglish, readLexicon, readQuestionSet, readThesaurus } from './language-texts.ts';
import { parseRecord } from './markdown.ts';
import { recordSchema } from './record-schema.ts';
import type { TextContent } from './text-content.ts';

/** A text that can be read. */
export interface ReadText {
  /** Of a record its own id, of other texts the name of their file. */
  readonly id: string;
  readonly kind: TextKind;
  readonly title: string;
  /** Null for the texts that are not records. */
  readonly record: LibraryRecord | null;
}

const LANGUAGE_TITLES = { lexicon: '专有词表', thesaurus: '同义词表', english: '英文词表', questions: '评测问题集' } as const;
const LANGUAGE_IDS = Object.fromEntries(Object.entries(LANGUAGE_TEXTS).map(([id, kind]) => [kind, id])) as Readonly<
  Record<(typeof LANGUAGE_TEXTS)[LanguageTextId], LanguageTextId>
>;

/** What kind of text a source is, by its file's name or by its front matter. @throws {AppError} `KNOWLEDGE_UNREADABLE` */
export function kindOfSource(source: string, file: string): TextKind {
  const name = file.split('/').at(-1)!;
  if (name in LANGUAGE_TEXTS) return LANGUAGE_TEXTS[name as LanguageTextId];
  const { yaml } = splitFrontMatter(source, file);
  const kind = /^kind:\s*["']?([a-z]+)/m.exec(yaml)?.[1];
  if (kind === 'policy' || kind === 'procedure' || kind === 'faq') return kind;
  throw new AppError('KNOWLEDGE_UNREADABLE', `${file}:2: kind: expected policy, procedure or faq, got ${kind ?? 'none'}.`);
}

/**
 * Reads a source as a text of a kind.
 * @throws {AppError} `KNOWLEDGE_UNREADABLE`, with file, line and reason.
 */
export function readText(source: string, kind: TextKind, file?: string): ReadText {
  if (isRecordKind(kind)) {
    const record = parseRecord(source, file ?? '新内容');
    if (record.kind !== kind) {
      throw new AppError('KNOWLEDGE_UNREADABLE', `${file ?? '新内容'}:2: kind: expected ${kind}, got ${record.kind}.`);
    }
    return { id: record.id, kind, title: record.title, record };
  }
  const id = LANGUAGE_IDS[kind];
  contentOf(source, kind, file ?? id);
  return { id, kind, title: LANGUAGE_TITLES[kind], record: null };
}

/** Takes a source apart. @throws {AppError} `KNOWLEDGE_UNREADABLE`, with file, line and reason. */
export function contentOf(source: string, kind: TextKind, file = '新内容'): TextContent {
  switch (kind) {
    case 'lexicon':
      return { kind, words: readLexicon(source) };
    case 'thesaurus':
      return { kind, groups: readThesaurus(source, file) };
    case 'english':
      return { kind, terms: Object.fromEntries(readEnglish(source, file)) };
    case 'questions':
      return { kind, questions: readQuestionSet(source, file) };
    case 'policy':
    case 'procedure':
    case 'faq': {
      const { yaml, body } = splitFrontMatter(source, file);
      const { data } = parseYaml(yaml, recordSchema, file, 2);
      return { kind, meta: tidyMeta(data), body: body.replaceAll(/^\s*\n|\s+$/g, '') };
    }
  }
}

const flow = (value: unknown): string => stringify(value, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: false }).trim();

/**
 * Puts a text together; what it says is what `contentOf` takes apart again.
 * @throws {AppError} `INPUT_INVALID` when it could not be read again
 */
export function sourceOf(content: TextContent): string {
  const source = written(content);
  if (!isReadAgain(source, content)) {
    throw new AppError('INPUT_INVALID', '内容不能原样保存：词语至少两个字，不能含“#”或换行，编号不能重复。', {
      hint: 'Correct the content.',
    });
  }
  return source;
}

/** Whether a language text says the same when it is read; records are checked by their schema. */
function isReadAgain(source: string, content: TextContent): boolean {
  if (isRecordKind(content.kind)) return true;
  const plain = (one: TextContent): string =>
    JSON.stringify(one, (_key, value: unknown) => (typeof value === 'string' ? value.trim() : value));
  try {
    return plain(contentOf(source, content.kind)) === plain(content);
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

function written(content: TextContent): string {
  switch (content.kind) {
    case 'lexicon':
      return content.words.map((word) => `${word.trim()}\n`).join('');
    case 'thesaurus':
      return content.groups
        .map(({ official, colloquial, ambiguous }) =>
          [
            `- official: ${flow(official)}\n`,
            `  colloquial: ${flow(colloquial)}\n`,
            ambiguous.length === 0 ? '' : `  ambiguous: ${flow(ambiguous)}\n`,
          ].join(''),
        )
        .join('');
    case 'english':
      return Object.entries(content.terms)
        .map(([term, words]) => `${flow(term)}: ${flow(words)}\n`)
        .join('');
    case 'questions':
      return content.questions
        .map(({ id, kind, q, sections, evidence }) => `${JSON.stringify({ id, kind, q, sections, evidence })}\n`)
        .join('');
    case 'policy':
    case 'procedure':
    case 'faq': {
      const read = recordSchema.safeParse({ ...content.meta, kind: content.kind });
      if (!read.success) {
        const [issue] = read.error.issues;
        throw new AppError('INPUT_INVALID', `${issue!.path.join('.') || 'front matter'}: ${issue!.message}`);
      }
      return recordText(read.data, content.body);
    }
  }
}

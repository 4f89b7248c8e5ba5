import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { z } from 'zod';
import { AppError } from '../domain/errors.ts';
import type { LibraryRecord } from '../domain/record.ts';
import type { ThesaurusGroup } from '../text/thesaurus.ts';
import { parseYaml } from './front-matter.ts';
import { parseRecord } from './markdown.ts';

/** All the bot knows, as read from a folder: one consistent state, and digests by which a change is recognised. */
export interface Library {
  readonly records: readonly LibraryRecord[];
  /** Words to be kept whole. */
  readonly lexicon: readonly string[];
  readonly thesaurus: readonly ThesaurusGroup[];
  /** English term → Chinese terms, for questions in English. */
  readonly english: ReadonlyMap<string, readonly string[]>;
  /** By record id: of the file it was read from. */
  readonly digests: ReadonlyMap<string, string>;
  /** Of lexicon, thesaurus and English list. */
  readonly languageDigest: string;
}

const digestOf = (...sources: readonly string[]): string => createHash('sha256').update(sources.join('\0')).digest('base64url');

const RECORD_FOLDERS = ['policies', 'procedures', 'faq'] as const;

const phrases = z.array(z.union([z.string().trim().min(2), z.number().transform(String)])).default([]);
const thesaurusSchema = z.array(
  z.strictObject({ official: phrases.refine((list) => list.length > 0), colloquial: phrases, ambiguous: phrases }),
);
const englishSchema = z.record(z.string().min(1), z.array(z.string().min(1)).min(1));

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new AppError('KNOWLEDGE_UNREADABLE', `${path}: cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

async function readRecords(folder: string): Promise<{ records: LibraryRecord[]; digests: Map<string, string> }> {
  const records: LibraryRecord[] = [];
  const digests = new Map<string, string>();
  for (const name of RECORD_FOLDERS) {
    const entries = await readdir(join(folder, name)).catch(() => []);
    for (const entry of entries.filter((file) => file.endsWith('.md')).sort()) {
      const file = join(name, entry);
      const source = (await readIfThere(join(folder, file))) ?? '';
      const record = parseRecord(source, file);
      const twin = records.find((known) => known.id === record.id);
      if (twin) {
        const line = source.slice(0, Math.max(0, source.search(/^id\s*:/m))).split('\n').length;
        throw new AppError('KNOWLEDGE_UNREADABLE', `${file}:${line}: expected a new id, but "${record.id}" is taken by "${twin.title}".`);
      }
      records.push(record);
      digests.set(record.id, digestOf(source));
    }
  }
  return { records, digests };
}

function readLexicon(source: string): string[] {
  return source
    .split(/\r?\n/)
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((word) => word.length > 1);
}

/**
 * Reads a knowledge folder: `policies/ procedures/ faq/` (Markdown), `lexicon.txt`, `thesaurus.yaml`, `english.yaml`. All or nothing.
 * @throws {AppError} `KNOWLEDGE_UNREADABLE`, with file, line and reason.
 */
export async function readLibrary(folder: string): Promise<Library> {
  const { records, digests } = await readRecords(folder);
  if (records.length === 0) {
    throw new AppError(
      'KNOWLEDGE_UNREADABLE',
      `${relative('.', folder) || folder}: expected Markdown files in policies/, procedures/ or faq/, found none.`,
    );
  }
  const words = (await readIfThere(join(folder, 'lexicon.txt'))) ?? '';
  const groups = (await readIfThere(join(folder, 'thesaurus.yaml'))) ?? '[]';
  const terms = (await readIfThere(join(folder, 'english.yaml'))) ?? '{}';
  const lexicon = readLexicon(words);
  const thesaurus = parseYaml(groups, thesaurusSchema, 'thesaurus.yaml', 1).data;
  const english = new Map(Object.entries(parseYaml(terms, englishSchema, 'english.yaml', 1, { hasManyKeys: true }).data));
  return { records, lexicon, thesaurus, english, digests, languageDigest: digestOf(words, groups, terms) };
}

import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../domain/errors.ts';
import type { RecordKind } from '../domain/record.ts';
import { digestOf } from './editorial/digest.ts';
import { LANGUAGE_TEXTS, type TextKind } from './editorial/revision.ts';
import { FOLDER_OF, fileOf } from './folders.ts';

/** A file of a knowledge folder, whether it can be read as a text or not. */
export interface KnowledgeFile {
  /** Of the text it holds: as its front matter says, else the name of the file. */
  readonly textId: string;
  readonly kind: TextKind;
  /** Within the folder, with `/`. */
  readonly path: string;
  readonly source: string;
  /** sha256 of the source, base64url. */
  readonly digest: string;
}

/** Reads the files of a knowledge folder, whatever stands in them; of a folder that is not there, none. @throws {AppError} `KNOWLEDGE_UNREADABLE` */
export async function readKnowledgeFiles(folder: string): Promise<readonly KnowledgeFile[]> {
  const files: KnowledgeFile[] = [];
  for (const [kind, name] of Object.entries(FOLDER_OF) as [RecordKind, string][]) {
    const entries = (await quietly(readdir(join(folder, name), { withFileTypes: true }), name)) ?? [];
    const names = entries.filter((entry) => !entry.isDirectory() && entry.name.endsWith('.md')).map((entry) => entry.name);
    for (const entry of names.sort()) {
      const path = `${name}/${entry}`;
      const source = await quietly(readFile(join(folder, path), 'utf8'), path);
      if (source !== null) files.push({ textId: idOf(source, path), kind, path, source, digest: digestOf(source) });
    }
  }
  for (const [id, kind] of Object.entries(LANGUAGE_TEXTS)) {
    const source = await quietly(readFile(join(folder, id), 'utf8'), id);
    if (source !== null) files.push({ textId: id, kind, path: id, source, digest: digestOf(source) });
  }
  return files;
}

const idOf = (source: string, path: string): string =>
  /^---[ \t]*\r?\n[\s\S]*?^id:[ \t]*["']?([a-z0-9-]{1,40})["']?[ \t]*\r?$/m.exec(source)?.[1] ?? basename(path, '.md');

/** What is not there is null: it may have gone between the listing and the reading. */
async function quietly<T>(reading: Promise<T>, path: string): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new AppError('KNOWLEDGE_UNREADABLE', `${path}: cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

/**
 * Writes texts to their files, each whole or not at all; other files of the folder stay.
 * @returns the paths written
 * @throws {AppError} `INPUT_INVALID` when the folder cannot be written to
 */
export async function writeKnowledgeFiles(
  folder: string,
  texts: readonly { readonly id: string; readonly kind: TextKind; readonly source: string }[],
): Promise<readonly string[]> {
  const paths: string[] = [];
  try {
    for (const text of texts) {
      const path = fileOf(text);
      const target = join(folder, path);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(`${target}.part`, text.source);
      await rename(`${target}.part`, target);
      paths.push(path);
    }
  } catch (error) {
    throw new AppError('INPUT_INVALID', `${folder}: cannot be written to: ${(error as Error).message}`, {
      hint: 'Name a folder that may be written to.',
      cause: error,
    });
  }
  return paths;
}

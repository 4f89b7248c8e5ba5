import { parse } from 'yaml';
import { decodeText } from '../decode-text.ts';
import type { FileContent, RawMeta, SourceFile } from '../raw-document.ts';
import { refuse } from '../refusals.ts';
import { blocksOfMarkdown } from './markdown-blocks.ts';

const FRONT_MATTER = /^---[ \t]*\n([\s\S]*?)\n---[ \t]*(?:\n|$)/;

/**
 * Reads a Markdown file. One that carries the front matter of the library (`id` and `kind`) is taken as a record of it, as it stands; of other
 * front matter the title is used.
 * @throws {AppError} `IMPORT_WRONG_TYPE`, `IMPORT_DAMAGED`
 */
export function readMarkdown({ name, bytes, charset }: SourceFile): FileContent {
  const text = decodeText(bytes, { charset });
  if (text === null) throw refuse('unknown-encoding', name);
  const front = FRONT_MATTER.exec(text);
  const declared = front ? readFrontMatter(front[1]!) : {};
  if (typeof declared['id'] === 'string' && typeof declared['kind'] === 'string') return { kind: 'record', record: { source: text } };
  const skipped = front?.[0] ?? '';
  const blocks = blocksOfMarkdown(text.slice(skipped.length), skipped.split('\n').length);
  if (blocks.length === 0) throw refuse('no-text', name);
  const meta: RawMeta = typeof declared['title'] === 'string' ? { title: declared['title'] } : {};
  return { kind: 'document', document: { blocks, meta, pages: null, notes: [] } };
}

function readFrontMatter(yaml: string): Record<string, unknown> {
  try {
    const value: unknown = parse(yaml, { maxAliasCount: 0 });
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

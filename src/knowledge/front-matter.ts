import { isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { AppError } from '../domain/errors.ts';

export interface FrontMatter {
  readonly yaml: string;
  readonly body: string;
  /** Line of the file (from 1) on which the body starts. */
  readonly bodyLine: number;
}

/** Splits `---` front matter from the Markdown below it. @throws {AppError} `KNOWLEDGE_UNREADABLE` when there is none. */
export function splitFrontMatter(text: string, file: string): FrontMatter {
  const match = /^\ufeff?---\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/.exec(text);
  if (!match) {
    throw new AppError('KNOWLEDGE_UNREADABLE', `${file}:1: expected front matter between two lines "---" at the top, found none.`);
  }
  return { yaml: match[1]!, body: text.slice(match[0].length), bodyLine: match[0].split('\n').length };
}

/**
 * Parses YAML against a schema, so that every problem is told with its file and line.
 * @param firstLine line of the file on which the YAML starts.
 * @throws {AppError} `KNOWLEDGE_UNREADABLE`
 */
export function parseYaml<T>(source: string, schema: z.ZodType<T>, file: string, firstLine: number): T {
  const lineCounter = new LineCounter();
  const document = parseDocument(source, { lineCounter });
  const lineOf = (offset: number): number => lineCounter.linePos(offset).line + firstLine - 1;
  const syntax = document.errors[0];
  if (syntax) {
    throw new AppError('KNOWLEDGE_UNREADABLE', `${file}:${lineOf(syntax.pos[0])}: not valid YAML: ${syntax.message.split('\n')[0]}`);
  }
  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  let node: unknown;
  for (let depth = issue.path.length; depth >= 0 && !isNode(node); depth--) node = document.getIn(issue.path.slice(0, depth), true);
  const line = isNode(node) && node.range ? lineOf(node.range[0]) : firstLine;
  throw new AppError('KNOWLEDGE_UNREADABLE', `${file}:${line}: ${issue.path.join('.') || 'front matter'}: ${issue.message}`);
}

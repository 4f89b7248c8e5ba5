import { isNode, LineCounter, parseDocument, visit } from 'yaml';
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

/** Keys and list indices from the top of a YAML document down to one of its values. */
type YamlPath = readonly PropertyKey[];

/** YAML read against a schema, and the line of the file on which each of its values stands. */
export interface ParsedYaml<T> {
  readonly data: T;
  readonly lineOf: (path: YamlPath) => number;
}

/**
 * Parses YAML against a schema, so that every problem is told with its file and line.
 * @param firstLine line of the file on which the YAML starts.
 * @throws {AppError} `KNOWLEDGE_UNREADABLE`
 */
export function parseYaml<T>(
  source: string,
  schema: z.ZodType<T>,
  file: string,
  firstLine: number,
  { hasManyKeys = false } = {},
): ParsedYaml<T> {
  const lineCounter = new LineCounter();
  const document = parseDocument(source, { lineCounter, prettyErrors: false, uniqueKeys: !hasManyKeys });
  const lineAt = (offset: number): number => lineCounter.linePos(offset).line + firstLine - 1;
  const unreadable = (line: number, problem: string): AppError => new AppError('KNOWLEDGE_UNREADABLE', `${file}:${line}: ${problem}`);
  const syntax = document.errors[0];
  if (syntax) throw unreadable(lineAt(syntax.pos[0]), `not valid YAML: ${syntax.message}`);
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document)) return;
      throw unreadable(
        lineAt(alias.range?.[0] ?? 0),
        `not valid YAML: "*${alias.source}" refers to nothing; a text that starts with * needs quotes.`,
      );
    },
  });
  // 059588880000 is a phone and 1.0 a version: what a number would not be written as again stays as it is written.
  visit(document, {
    Scalar(_, scalar) {
      if (typeof scalar.value === 'number' && scalar.source !== undefined && String(scalar.value) !== scalar.source)
        scalar.value = scalar.source;
    },
  });
  const lineOf = (path: YamlPath): number => {
    let node: unknown;
    for (let depth = path.length; depth >= 0 && !isNode(node); depth--) node = document.getIn(path.slice(0, depth), true);
    return isNode(node) && node.range ? lineAt(node.range[0]) : firstLine;
  };
  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return { data: parsed.data, lineOf };
  const issue = parsed.error.issues[0]!;
  throw unreadable(lineOf(issue.path), `${issue.path.join('.') || 'front matter'}: ${issue.message}`);
}

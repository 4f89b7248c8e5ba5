import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { CATEGORY_IDS } from '../domain/categories.ts';
import { AppError } from '../domain/errors.ts';
import { FACTS_SECTION } from '../domain/policy-facts.ts';

const day = z.iso.date().nullish().default(null);
const text = z.string().min(1).nullish().default(null);

/** One line of a file: a section, with what is told of its document. */
const line = z.object({
  /** What stands before a `#` names the document: lines that follow each other and share it are its sections. */
  id: z.string().min(1),
  /** Of the section; may be empty. */
  title: z.string().default(''),
  text: z.string().refine((value) => value.trim() !== '', 'expected a text, got none'),
  /** Title of the document; left out: that of its first section. */
  document: z.string().min(1).optional(),
  issuingBody: text,
  documentNumber: text,
  issuedOn: day,
  effectiveOn: day,
  expiresOn: day,
  url: z
    .url({ protocol: /^https?$/ })
    .nullish()
    .default(null),
  category: z.enum(CATEGORY_IDS).default('approval'),
});
type Line = z.infer<typeof line>;

const SHAPE = '{"id":"law-1#1","document":"…法","title":"第一条","text":"…"}';
const HINT = `Every line must be one JSON object such as ${SHAPE}; all but id and text may be left out.`;
/** Higher numbers are those of sections made from a policy's facts. */
const MAX_SECTIONS = FACTS_SECTION - 1;

/** A document of a collection. */
export interface StackDocument extends Omit<Line, 'id' | 'text' | 'document'> {
  readonly sections: readonly { readonly title: string; readonly text: string }[];
}

const keyOf = (id: string): string => (id.includes('#') ? id.slice(0, id.lastIndexOf('#')) : id);

/** Puts lines together to documents. */
export async function* documentsOf(lines: AsyncIterable<Line> | Iterable<Line>): AsyncGenerator<StackDocument> {
  let open: { readonly key: string; readonly lines: Line[] } | null = null;
  for await (const each of lines) {
    const key = keyOf(each.id);
    if (open !== null && open.key === key && open.lines.length < MAX_SECTIONS) {
      open.lines.push(each);
      continue;
    }
    if (open !== null) yield documentOf(open.lines);
    open = { key, lines: [each] };
  }
  if (open !== null) yield documentOf(open.lines);
}

function documentOf(lines: readonly Line[]): StackDocument {
  const { id: _, text: __, document, ...about } = lines[0]!;
  return { ...about, title: document ?? about.title, sections: lines.map((each) => ({ title: each.title, text: each.text })) };
}

/**
 * Reads a file of JSON lines, packed with gzip or not, a line at a time.
 * @throws {AppError} `INPUT_INVALID` with file and line
 */
export async function* readLines(file: string): AsyncGenerator<Line> {
  const bytes = createReadStream(file);
  const input = file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes;
  const bad = (at: string, problem: string): AppError => new AppError('INPUT_INVALID', `${at}: ${problem}`, { hint: HINT });
  let number = 0;
  // A fault of the file itself would otherwise be nobody's.
  const fault = new Promise<never>((_, reject) => bytes.once('error', reject));
  fault.catch((error: unknown) => input.destroy(error as Error));
  try {
    for await (const source of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      number++;
      if (source.trim() === '') continue;
      let json: unknown;
      try {
        json = JSON.parse(source);
      } catch {
        throw bad(`${file}:${number}`, `expected one JSON object, got ${JSON.stringify(source.slice(0, 60))}`);
      }
      const parsed = line.safeParse(json);
      if (!parsed.success) {
        const issue = parsed.error.issues[0]!;
        throw bad(`${file}:${number}`, `${issue.path.join('.') || 'the line'}: ${issue.message}`);
      }
      yield parsed.data;
    }
  } catch (error) {
    throw error instanceof AppError ? error : bad(file, `expected a file to read: ${(error as Error).message}`);
  }
}

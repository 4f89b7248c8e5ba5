import type { Category } from '../domain/categories.ts';
import { AppError } from '../domain/errors.ts';
import type { AlternateQuestion, LibraryRecord, Section } from '../domain/record.ts';
import { sentenceSpans } from '../text/sentences.ts';
import { parseYaml, splitFrontMatter } from './front-matter.ts';
import { type QuestionsMeta, recordSchema } from './record-schema.ts';

interface Block {
  readonly number: number;
  readonly title: string;
  readonly part: string | null;
  readonly text: string;
  readonly line: number;
}

const HEADING = /^(#{1,3})\s+(.+?)\s*$/;
const NUMBERED = /^(\d{1,4})[.．、]\s*(.+)$/;

/**
 * Reads the body: `#` is the title and may be left out; where there are `###` headings they are sections and `##` parts, else `##` are
 * the sections. "6. 优化金融服务" gives a section its number; without one, sections are counted. Text before the first is section 0.
 */
function readBody(body: string, firstLine: number, file: string): Block[] {
  const lines = body.split(/\r?\n/);
  const sectionLevel = lines.some((line) => HEADING.exec(line)?.[1] === '###') ? 3 : 2;
  const blocks: (Omit<Block, 'text'> & { lines: string[] })[] = [];
  let part: string | null = null;
  let current: (Omit<Block, 'text'> & { lines: string[] }) | null = null;
  for (const [index, line] of lines.entries()) {
    const heading = HEADING.exec(line);
    if (!heading) {
      if (line.trim() === '') continue;
      if (!current) {
        current = { number: 0, title: '', part: null, lines: [], line: firstLine + index };
        blocks.push(current);
      }
      current.lines.push(line.trim());
      continue;
    }
    const level = heading[1]!.length;
    if (level === 1) continue;
    if (level < sectionLevel) {
      part = heading[2]!;
      continue;
    }
    const numbered = NUMBERED.exec(heading[2]!);
    const number: number = numbered ? Number(numbered[1]) : Math.max(0, ...blocks.map((block) => block.number)) + 1;
    if (blocks.some((block) => block.number === number)) {
      throw new AppError('KNOWLEDGE_UNREADABLE', `${file}:${firstLine + index}: expected each section number once, found ${number} again.`);
    }
    current = { number, title: numbered ? numbered[2]! : heading[2]!, part, lines: [], line: firstLine + index };
    blocks.push(current);
  }
  const empty = blocks.find((block) => block.lines.length === 0);
  if (empty) throw new AppError('KNOWLEDGE_UNREADABLE', `${file}:${empty.line}: section "${empty.title}" has no text.`);
  return blocks.map(({ lines: text, ...block }) => ({ ...block, text: text.join('\n') }));
}

/** @param whereOf file and line of the entry at an index. */
function readQuestions(meta: QuestionsMeta, text: string, whereOf: (index: number) => string): AlternateQuestion[] {
  const spans = sentenceSpans(text);
  return meta.flatMap((entry, index): AlternateQuestion[] => {
    if (typeof entry === 'string') return [{ text: entry, sentence: null }];
    const at = text.indexOf(entry.about);
    if (at < 0) {
      throw new AppError(
        'KNOWLEDGE_UNREADABLE',
        `${whereOf(index)}: expected "about" to quote the section's text, but "${entry.about}" is not in it.`,
      );
    }
    const sentence = spans.findIndex((span) => at < span.end);
    return entry.ask.map((ask) => ({ text: ask, sentence }));
  });
}

const asList = (value: Category | Category[] | undefined): Category[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

/**
 * Reads one file of `knowledge/`: front matter and Markdown.
 * @throws {AppError} `KNOWLEDGE_UNREADABLE`, with file, line and reason.
 */
export function parseRecord(source: string, file: string): LibraryRecord {
  const { yaml, body, bodyLine } = splitFrontMatter(source, file);
  const { data: meta, lineOf } = parseYaml(yaml, recordSchema, file, 2);
  const where = (...path: PropertyKey[]): string => `${file}:${lineOf(path)}`;
  const blocks = readBody(body, bodyLine, file);
  if (blocks.length === 0)
    throw new AppError('KNOWLEDGE_UNREADABLE', `${file}:${bodyLine}: expected text below the front matter, found none.`);

  if (meta.kind === 'faq') {
    const { questions, ...fields } = meta;
    const text = blocks.map((block) => block.text).join('\n');
    const section: Section = {
      id: `${meta.id}#1`,
      documentId: meta.id,
      number: 1,
      title: meta.title,
      part: null,
      text,
      sentences: sentenceSpans(text),
      categories: [meta.category],
      tags: meta.tags,
      questions: readQuestions(questions, text, (at) => where('questions', at, 'about')),
    };
    return { ...fields, sections: [section] };
  }

  const { sections: sectionMetas, ...fields } = meta;
  for (const [at, { number }] of sectionMetas.entries()) {
    const hasText = blocks.some((block) => block.number === number);
    if (hasText && sectionMetas.findIndex((section) => section.number === number) === at) continue;
    const problem = hasText ? `section ${number} a second time` : `section ${number}, which the text does not have`;
    throw new AppError('KNOWLEDGE_UNREADABLE', `${where('sections', at, 'number')}: front matter speaks of ${problem}.`);
  }
  const sections = blocks.map((block): Section => {
    const metaAt = sectionMetas.findIndex((candidate) => candidate.number === block.number);
    const section = sectionMetas[metaAt];
    const categories = asList(section?.category);
    return {
      id: `${meta.id}#${block.number}`,
      documentId: meta.id,
      number: block.number,
      title: block.title || meta.title,
      part: block.part,
      text: block.text,
      sentences: sentenceSpans(block.text),
      categories: categories.length > 0 ? categories : [meta.category],
      tags: section?.tags ?? [],
      questions: readQuestions(section?.questions ?? [], block.text, (at) => where('sections', metaAt, 'questions', at, 'about')),
    };
  });
  return { ...fields, sections };
}

import type { Category } from '../domain/categories.ts';
import { AppError } from '../domain/errors.ts';
import type { AlternateQuestion, LibraryRecord, Section } from '../domain/record.ts';
import { sentenceSpans } from '../text/sentences.ts';
import { parseYaml, splitFrontMatter } from './front-matter.ts';
import { GUIDE_TEXT_FROM } from '../domain/guide.ts';
import { FACTS_SECTION } from '../domain/policy-facts.ts';
import { factsSection, type MadeSection } from './facts-section.ts';
import { guideSections } from './guide-sections.ts';
import { type QuestionsMeta, type RecordMeta, recordSchema } from './record-schema.ts';

interface Block {
  readonly number: number;
  readonly title: string;
  readonly part: string | null;
  readonly text: string;
  readonly line: number;
}

const HEADING = /^(#{1,3})\s+(.+?)\s*$/;
const NUMBERED = /^(\d{1,4})[.．、]\s*(.+)$/;

const unreadable = (file: string, line: number, problem: string): AppError =>
  new AppError('KNOWLEDGE_UNREADABLE', `${file}:${line}: ${problem}`);

/**
 * Reads the body: `#` is the title and may be left out; where there are `###` headings they are sections and `##` parts, else `##` are
 * the sections. "6. 优化金融服务" gives a section its number; without one, sections are counted. Text before the first is section 0.
 * @param above sections have numbers above this: those up to it are made from fields
 */
function readBody(body: string, firstLine: number, file: string, above: number): Block[] {
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
    const number: number = numbered ? Number(numbered[1]) : Math.max(above, ...blocks.map((block) => block.number)) + 1;
    if (blocks.some((block) => block.number === number)) {
      throw unreadable(file, firstLine + index, `expected each section number once, found ${number} again.`);
    }
    if (number <= above) {
      throw unreadable(
        file,
        firstLine + index,
        `expected a section number above ${above}, which the guide's own fields take, got ${number}.`,
      );
    }
    current = { number, title: numbered ? numbered[2]! : heading[2]!, part, lines: [], line: firstLine + index };
    blocks.push(current);
  }
  const empty = blocks.find((block) => block.lines.length === 0);
  if (empty) throw unreadable(file, empty.line, `section "${empty.title}" has no text.`);
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

/** Sections made from the fields of a record, by number. */
function madeSections(meta: RecordMeta): ReadonlyMap<number, MadeSection> {
  if (meta.kind === 'procedure') return guideSections(meta.guide);
  const facts = meta.kind === 'policy' ? factsSection(meta.facts) : null;
  return new Map(facts === null ? [] : [[FACTS_SECTION, facts] as const]);
}

/**
 * Reads one file of `knowledge/`: front matter and Markdown.
 * @throws {AppError} `KNOWLEDGE_UNREADABLE`, with file, line and reason.
 */
export function parseRecord(source: string, file: string): LibraryRecord {
  const { yaml, body, bodyLine } = splitFrontMatter(source, file);
  const { data: meta, lineOf } = parseYaml(yaml, recordSchema, file, 2);
  const where = (...path: PropertyKey[]): string => `${file}:${lineOf(path)}`;
  const made = madeSections(meta);
  const blocks = readBody(body, bodyLine, file, meta.kind === 'procedure' && made.size > 0 ? GUIDE_TEXT_FROM : 0);
  if (blocks.length === 0 && made.size === 0) throw unreadable(file, bodyLine, 'expected text below the front matter, found none.');
  const outside = { revision: null, publishedOn: null };

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
      page: null,
    };
    return { ...fields, ...outside, sections: [section] };
  }

  const { sections: sectionMetas, ...fields } = meta;
  const taken = blocks.find(({ number }) => made.has(number));
  if (taken) throw unreadable(file, taken.line, `expected a section number below ${FACTS_SECTION}, got ${taken.number}.`);
  const written = [
    ...blocks.map((block) => ({ ...block, questions: [] as MadeSection['questions'] })),
    ...[...made].map(([number, { title, text, questions }]) => ({ number, title, text, part: null, line: 0, questions })),
  ];
  // What people ask for first stands first: the fields of a guide before its texts, those of a policy behind.
  if (meta.kind === 'procedure') written.sort((a, b) => a.number - b.number);
  for (const [at, { number }] of sectionMetas.entries()) {
    const hasText = written.some((block) => block.number === number);
    if (hasText && sectionMetas.findIndex((section) => section.number === number) === at) continue;
    const problem = hasText ? `section ${number} a second time` : `section ${number}, which the text does not have`;
    throw new AppError('KNOWLEDGE_UNREADABLE', `${where('sections', at, 'number')}: front matter speaks of ${problem}.`);
  }
  const sections = written.map((block): Section => {
    const metaAt = sectionMetas.findIndex((candidate) => candidate.number === block.number);
    const section = sectionMetas[metaAt];
    const categories = asList(section?.category);
    const sentences = sentenceSpans(block.text);
    const own = block.questions.map(({ text, at }) => ({ text, sentence: sentences.findIndex((span) => at < span.end) }));
    return {
      id: `${meta.id}#${block.number}`,
      documentId: meta.id,
      number: block.number,
      title: block.title || meta.title,
      part: block.part,
      text: block.text,
      sentences,
      categories: categories.length > 0 ? categories : [meta.category],
      tags: section?.tags ?? [],
      questions: [
        ...own,
        ...readQuestions(section?.questions ?? [], block.text, (at) => where('sections', metaAt, 'questions', at, 'about')),
      ],
      page: section?.page ?? null,
    };
  });
  return { ...fields, ...outside, sections };
}

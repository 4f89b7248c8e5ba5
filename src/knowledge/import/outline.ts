import { divisionsOf } from './divisions.ts';
import { type DocLine, linesOf } from './lines.ts';
import { describe, type DocumentMeta } from './metadata.ts';
import type { Note, RawDocument } from './raw-document.ts';
import { numberSections, sectionsOf } from './sections.ts';

/** What an importer reads from a document before anybody has reviewed it. */
export interface OutlineSection {
  readonly number: number;
  readonly title: string;
  /** Title of the part it stands in, with its numeral (一、…); null outside any part. */
  readonly part: string | null;
  readonly text: string;
  /** Page on which it starts, where the format has pages. */
  readonly page?: number;
}

export interface Outline {
  readonly title: string;
  /** What stands before the first part or section; null when there is nothing. */
  readonly opening: string | null;
  readonly sections: readonly OutlineSection[];
}

export interface OutlinedDocument {
  readonly outline: Outline;
  readonly meta: DocumentMeta;
  /** What a person should look at: numbers that are missing, sections without text, no outline at all. */
  readonly notes: readonly Note[];
}

const textOf = (lines: readonly DocLine[]): string | null => lines.map(({ text }) => text).join('\n') || null;

/**
 * Finds title, metadata, parts and sections of a document.
 * @param fileName for the title when the document has none.
 */
export function outlineOf(document: RawDocument, fileName: string): OutlinedDocument {
  const { meta, lines } = describe(linesOf(document.blocks), document.meta, fileName);
  const { cover, divisions } = divisionsOf(lines, meta.title);
  const notes: Note[] = [];
  const drafts = divisions.map((division) => sectionsOf(division, notes));
  const opening = [...cover, ...(drafts[0]?.opening ?? [])];
  const all = drafts.flatMap(({ sections }) => sections);
  if (all.length === 0) {
    // No outline: the whole text is one section.
    const text = textOf(opening);
    const at = opening[0]?.at ?? { page: null, line: null };
    if (text !== null) notes.push({ message: '没有识别到编号或标题，整篇作为一节，请核对', at });
    const page = at.page === null ? {} : { page: at.page };
    const sections = text === null ? [] : [{ number: 1, title: meta.title, part: null, text, ...page }];
    return { outline: { title: meta.title, opening: null, sections }, meta, notes };
  }
  return { outline: { title: meta.title, opening: textOf(opening), sections: numberSections(all) }, meta, notes };
}

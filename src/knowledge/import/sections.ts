import type { Division } from './divisions.ts';
import type { DocLine } from './lines.ts';
import type { OutlineSection } from './outline.ts';
import { areSections, type OutlineNode, outlineTree, textLines } from './outline-tree.ts';
import type { Note, Place } from './raw-document.ts';

/** A section before it has a number. */
export interface SectionDraft extends Omit<OutlineSection, 'number' | 'page'> {
  /** Number the document prints, where it can be the section's: 7. or 第七条. */
  readonly printed: number | null;
  readonly at: Place;
}

interface DivisionSections {
  /** Lines before the first section. */
  readonly opening: readonly DocLine[];
  readonly sections: readonly SectionDraft[];
}

/** Longer than this, an item of an item becomes a section of its own. */
const LONG_SECTION = 1_200;

/** The sections of a division; what is doubtful is added to `notes`. An annex without an outline is one section. */
export function sectionsOf(division: Division, notes: Note[]): DivisionSections {
  const tree = outlineTree(division.lines);
  const sections: SectionDraft[] = [];
  const nodes = areSections(tree.nodes, null) ? tree.nodes : [];
  if (nodes.length === 0) {
    if (division.title === null) return { opening: division.lines, sections };
    addSection(sections, notes, {
      title: division.name ?? division.title,
      part: division.title,
      text: division.lines.map(({ text }) => text).join('\n'),
      printed: null,
      at: division.lines[0]?.at ?? { page: null, line: null },
    });
    return { opening: [], sections };
  }
  noteGaps(nodes, notes);
  if (division.title !== null && tree.lines.length > 0) {
    const text = tree.lines.map((line) => line.text).join('\n');
    sections.push({ title: division.name ?? division.title, part: division.title, text, printed: null, at: tree.lines[0]!.at });
  }
  const hasParts = division.title !== null || nodes.some((node) => isSplit(node, 0));
  for (const node of nodes) addNode(sections, notes, node, { part: division.title, hasParts, depth: 0 });
  return { opening: division.title === null ? tree.lines : [], sections };
}

/** Whether the children of a node become sections. Below the second level only chapters do, and what is too long to stay together. */
function isSplit(node: OutlineNode, depth: number): boolean {
  if (!areSections(node.children, node)) return false;
  const isFixed = node.children.some(({ kind }) => kind === 'article' || kind === 'chapter-part' || kind === 'heading');
  return depth === 0 || isFixed || textLines(node).join('').length > LONG_SECTION;
}

interface Context {
  readonly part: string | null;
  /** Whether sections of the highest level need a part of their own, because others beside them are parts. */
  readonly hasParts: boolean;
  readonly depth: number;
}

function addNode(sections: SectionDraft[], notes: Note[], node: OutlineNode, { part, hasParts, depth }: Context): void {
  const { headline, line } = node;
  const label = labelOf(node);
  const ownPart = part === null ? label : `${part} ${label}`;
  const at = line.at;
  if (!isSplit(node, depth)) {
    const ownsPart = hasParts && depth === 0 && part === null;
    addSection(sections, notes, {
      title: ownsPart && headline.isTitled ? headline.bare : headline.title,
      part: ownsPart ? (headline.isTitled ? label : headline.title) : part,
      text: textLines(node).join('\n'),
      printed: printedNumber(node),
      at,
    });
    return;
  }
  const lead = [...(headline.inline === '' ? [] : [headline.inline]), ...node.lines.map(({ text }) => text)];
  if (lead.length > 0) sections.push({ title: headline.bare, part: ownPart, text: lead.join('\n'), printed: null, at });
  noteGaps(node.children, notes);
  for (const child of node.children) addNode(sections, notes, child, { part: ownPart, hasParts, depth: depth + 1 });
}

function addSection(sections: SectionDraft[], notes: Note[], section: SectionDraft): void {
  if (section.text.trim() !== '') sections.push(section);
  else notes.push({ message: `“${section.title}”下没有正文，已略过`, at: section.at });
}

/** A part is named as printed, unless the line holds its text as well. */
const labelOf = ({ line, headline }: OutlineNode): string => (headline.inline === '' ? line.text : headline.title).replaceAll(/\s+/g, ' ');

const printedNumber = ({ line, kind }: OutlineNode): number | null =>
  kind === 'decimal' || kind === 'article' ? (line.mark?.value ?? null) : null;

function noteGaps(nodes: readonly OutlineNode[], notes: Note[]): void {
  for (const [at, node] of nodes.entries()) {
    const previous = nodes[at - 1];
    const before = previous?.line.mark?.value ?? null;
    const here = node.line.mark?.value ?? null;
    if (!previous || previous.kind !== node.kind || before === null || here === null || here === before + 1) continue;
    notes.push({ message: `编号从“${previous.line.mark!.label}”直接到“${node.line.mark!.label}”，请核对原文`, at: node.line.at });
  }
}

/** Printed numbers where every section has one and they only rise; else 1, 2, 3 … */
export function numberSections(sections: readonly SectionDraft[]): OutlineSection[] {
  const rises = sections.every(({ printed }, at) => printed !== null && printed > (sections[at - 1]?.printed ?? 0));
  return sections.map(({ printed, at, ...section }, index) => ({
    number: rises ? printed! : index + 1,
    ...section,
    ...(at.page === null ? {} : { page: at.page }),
  }));
}

import { type Headline, headlineOf } from './headline.ts';
import type { DocLine } from './lines.ts';
import { MARK_KINDS, type MarkKind } from './marks.ts';

/** A numbered or headed stretch of a document, with those inside it. */
export interface OutlineNode {
  readonly line: DocLine;
  readonly headline: Headline;
  readonly kind: MarkKind | 'heading';
  /** Lines of its own, before the first child. */
  readonly lines: readonly DocLine[];
  readonly children: readonly OutlineNode[];
}

type GrowingNode = Pick<OutlineNode, 'line' | 'kind'> & { readonly lines: DocLine[]; readonly children: GrowingNode[] };

export interface OutlineTree {
  /** Lines before the first node. */
  readonly lines: readonly DocLine[];
  readonly nodes: readonly OutlineNode[];
}

/** Ranks as a number below an item; it never opens a section. */
const NEVER_OPENS: MarkKind = 'bracketed-decimal';

/** Which level of the outline a line belongs to: its kind of number, else the level of its style. Null: a line of text. */
function levelKey(line: DocLine): string | null {
  if (line.isTable) return null;
  if (line.mark && line.mark.kind !== NEVER_OPENS) return line.mark.kind;
  return line.heading === null ? null : `heading ${line.heading}`;
}

/**
 * Builds the outline of lines. Levels are nested in the order in which they first appear, but numbers among themselves always in the
 * official order (第一章, 第一条, 一、, （一）, 1.) and headings by their level.
 */
export function outlineTree(lines: readonly DocLine[]): OutlineTree {
  const order = levelOrder(lines);
  const opening: DocLine[] = [];
  const nodes: GrowingNode[] = [];
  const open: { depth: number; node: GrowingNode }[] = [];
  for (const line of lines) {
    const key = levelKey(line);
    const depth = key === null ? -1 : order.indexOf(key);
    // A deeper number before the first of the highest level is part of the opening.
    if (key === null || (nodes.length === 0 && depth > 0)) {
      (open.at(-1)?.node.lines ?? opening).push(line);
      continue;
    }
    while (open.length > 0 && open.at(-1)!.depth >= depth) open.pop();
    const kind = key.startsWith('heading') ? 'heading' : (key as MarkKind);
    const node: GrowingNode = { line, kind, lines: [], children: [] };
    (open.at(-1)?.node.children ?? nodes).push(node);
    open.push({ depth, node });
  }
  return { lines: opening, nodes: nodes.map(grown) };
}

function grown({ children, ...node }: GrowingNode): OutlineNode {
  const hasBody = node.lines.length > 0 || children.length > 0;
  return { ...node, headline: headlineOf(node.line, hasBody), children: children.map(grown) };
}

function levelOrder(lines: readonly DocLine[]): string[] {
  const order: string[] = [];
  for (const line of lines) {
    const key = levelKey(line);
    if (key === null || order.includes(key)) continue;
    let at = order.length;
    while (at > 0 && isAbove(key, order[at - 1]!)) at--;
    order.splice(at, 0, key);
  }
  return order;
}

function isAbove(key: string, other: string): boolean {
  if (key.startsWith('heading') && other.startsWith('heading')) return Number(key.slice(8)) < Number(other.slice(8));
  const [rank, otherRank] = [MARK_KINDS.indexOf(key as MarkKind), MARK_KINDS.indexOf(other as MarkKind)];
  return rank >= 0 && otherRank >= 0 && rank < otherRank;
}

/** All text of a node and what is inside it, line by line, numbers as printed. */
export function textLines(node: OutlineNode): string[] {
  return [
    ...(node.headline.inline === '' ? [] : [node.headline.inline]),
    ...node.lines.map(({ text }) => text),
    ...node.children.flatMap((child) => [child.line.text, ...textLines(child).slice(child.headline.inline === '' ? 0 : 1)]),
  ];
}

const KEPT_WHOLE = /(程序|流程|步骤|条件|材料|对象|范围|附则|释义|名词解释|要求|时限|方式)$/;
const LONG_ITEM = 80;

/** Whether the children of a node are sections of their own, or items of its text. */
export function areSections(children: readonly OutlineNode[], parent: OutlineNode | null): boolean {
  if (children.length === 0) return false;
  if (children.some(({ kind }) => kind === 'chapter' || kind === 'chapter-part' || kind === 'article' || kind === 'heading')) return true;
  if (children.every((child) => textLines(child).length === 0)) return false;
  if (parent === null && children.some(({ kind }) => kind === 'numeral')) return true;
  const introduction = parent === null ? '' : (parent.lines.at(-1)?.text ?? (parent.headline.inline || parent.headline.bare));
  if (/[：:]$/.test(introduction) || (parent !== null && KEPT_WHOLE.test(parent.headline.bare))) return false;
  const titled = children.filter((child) => child.headline.isTitled && textLines(child).length > 0).length;
  if (titled * 2 >= children.length) return true;
  const length = children.reduce((sum, child) => sum + textLines(child).join('').length, 0);
  return children.length > 1 && length >= LONG_ITEM * children.length;
}

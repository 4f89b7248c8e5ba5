import type { Block, ReplyMessage } from '../domain/message.ts';
import { renderBlock } from '../domain/render.ts';

/** How a channel counts, and how much one of its messages holds. */
export interface TextLimit {
  readonly maxText: number;
  readonly textUnit: 'utf16' | 'utf8-bytes';
}

/** Most messages one answer may become; a longer one ends with a note where the rest stands. */
export const MAX_PARTS = 4;
/** Room kept for the title, labels and the note that more follows. */
const OVERHEAD = 200;

export const measure = (text: string, unit: TextLimit['textUnit']): number => (unit === 'utf16' ? text.length : Buffer.byteLength(text));

/**
 * Cuts a text into pieces of at most `max`, at the ends of paragraphs, sentences, clauses, and only then anywhere; never inside a character.
 * Joined, the pieces are the text.
 */
export function splitText(text: string, max: number, unit: TextLimit['textUnit']): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (measure(rest, unit) > max) {
    const head = longestHead(rest, max, unit);
    const cut = [/\n(?=[^\n]*$)/, /[。！？!?；;](?=[^。！？!?；;]*$)/, /[，,、 ](?=[^，,、 ]*$)/]
      .map((end) => head.search(end) + 1)
      .find((at) => at > head.length / 3);
    const at = cut ?? head.length;
    pieces.push(rest.slice(0, at));
    rest = rest.slice(at);
  }
  return rest === '' && pieces.length > 0 ? pieces : [...pieces, rest];
}

function longestHead(text: string, max: number, unit: TextLimit['textUnit']): string {
  let size = 0;
  let end = 0;
  for (const character of text) {
    size += measure(character, unit);
    if (size > max) break;
    end += character.length;
  }
  // A limit below one character would never end; one character always goes.
  return text.slice(0, end || [...text][0]!.length);
}

/**
 * Makes one message, or several when it does not fit: quotes are cut at sentence ends, sources and what follows them come last, buttons under
 * the last part.
 */
export function splitReply(message: ReplyMessage, limit: TextLimit): ReplyMessage[] {
  const max = Math.max(1, limit.maxText - OVERHEAD);
  const size = (block: Block): number => measure(renderBlock(block), limit.textUnit) + 2;
  if (message.blocks.reduce((sum, block) => sum + size(block), 0) <= max) return [message];

  const parts: Block[][] = [[]];
  let room = max;
  for (const block of message.blocks) {
    for (const piece of size(block) > max ? splitBlock(block, max - 2, limit.textUnit) : [block]) {
      const needed = size(piece);
      if (needed > room && parts.at(-1)!.length > 0) {
        parts.push([]);
        room = max;
      }
      parts.at(-1)!.push(piece);
      room -= needed;
    }
  }
  const kept = parts.length <= MAX_PARTS ? parts : [...parts.slice(0, MAX_PARTS - 1), lastPart(parts, message.blocks)];
  return kept.map((blocks, at) => ({
    title: kept.length > 1 ? `${message.title}（${at + 1}/${kept.length}）` : message.title,
    tone: message.tone,
    blocks,
    buttons: at === kept.length - 1 ? message.buttons : [],
  }));
}

/** Words are cut, facts stand one by one; anything else goes as it is. */
function splitBlock(block: Block, max: number, unit: TextLimit['textUnit']): Block[] {
  if (block.kind === 'quote' || block.kind === 'paragraph')
    return splitText(block.text, max, unit).map((text) => ({ kind: block.kind, text }));
  if (block.kind !== 'facts') return [block];
  return block.items.flatMap(({ label, value }) =>
    splitText(value, Math.max(1, max - measure(`${label}：`, unit)), unit).map(
      (piece): Block => ({ kind: 'facts', items: [{ label, value: piece }] }),
    ),
  );
}

/** What stands in for all that no longer fits: a note, and the sources, which are never left out. */
function lastPart(parts: readonly (readonly Block[])[], all: readonly Block[]): Block[] {
  const shown = new Set(parts.slice(0, MAX_PARTS - 1).flat());
  const sources = all.filter((block) => block.kind === 'source' && !shown.has(block));
  return [{ kind: 'note', text: '内容较长，其余部分请按出处查看原文' }, ...sources];
}

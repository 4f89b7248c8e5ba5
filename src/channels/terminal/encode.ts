import type { Block, ReplyMessage } from '../../domain/message.ts';
import { renderBlock } from '../../domain/render.ts';

const BOLD = '\u001b[1m';
const DIM = '\u001b[2m';
const RESET = '\u001b[0m';

/** Text from documents may not steer the terminal. */
// oxlint-disable-next-line no-control-regex -- control characters are exactly what must go
const harmless = (text: string): string => text.replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, '');

function encodeBlock(block: Block, hasColour: boolean): string {
  const text = harmless(renderBlock(block));
  const quoted = block.kind === 'quote' ? text.replaceAll(/^/gm, '  │ ') : text;
  return hasColour && (block.kind === 'source' || block.kind === 'note') ? `${DIM}${quoted}${RESET}` : quoted;
}

/** A reply as lines of a terminal. */
export function encodeForTerminal(message: ReplyMessage, hasColour: boolean): string {
  const title = harmless(message.title);
  return [hasColour ? `${BOLD}${title}${RESET}` : title, ...message.blocks.map((block) => encodeBlock(block, hasColour))].join('\n\n');
}

import type { Block, OutgoingReply, ReplyForm, ReplyMessage } from '../../domain/message.ts';
import { formatSource, renderBlock, renderText } from '../../domain/render.ts';
import { buildCard, type Pictures } from './card.ts';
import { cleanText } from './clean-text.ts';
import { defuseText } from './escape.ts';

/** A message as the platform takes it: `content` is JSON in a string. */
export interface Encoded {
  readonly msg_type: 'interactive' | 'post' | 'text';
  readonly content: string;
}

const ENCODERS = {
  rich: ({ message, address }, pictures) => ({ msg_type: 'interactive', content: JSON.stringify(buildCard(message, address, pictures)) }),
  simple: ({ message }) => ({ msg_type: 'post', content: JSON.stringify(buildPost(message)) }),
  text: ({ message }) => ({ msg_type: 'text', content: JSON.stringify({ text: buildText(message) }) }),
} as const satisfies Record<ReplyForm, (reply: OutgoingReply, pictures?: Pictures) => Encoded>;

/** The reply in the form asked for: a card, a post or a text. Never throws, however long it is. @param pictures that a card shows */
export function encodeReply(reply: OutgoingReply, pictures?: Pictures): Encoded {
  return ENCODERS[reply.form](reply, pictures);
}

/** A post of nothing but text nodes, whose text is literal. Buttons have no place in it. */
function buildPost(message: ReplyMessage): object {
  const lines = message.blocks.flatMap((block, index) => [...(index === 0 ? [] : ['']), ...postLines(block)]);
  return { zh_cn: { title: cleanText(message.title), content: lines.map((text) => [{ tag: 'text', text: cleanText(text) || ' ' }]) } };
}

function postLines(block: Block): string[] {
  const text = block.kind === 'source' ? `出处：${formatSource(block.citation)}` : renderBlock(block);
  const lines = text.split('\n');
  return block.kind === 'quote' ? lines.map((line) => `▎${line}`) : lines;
}

function buildText(message: ReplyMessage): string {
  return defuseText(message.blocks.length === 0 ? message.title : `【${message.title}】\n${renderText(message)}`);
}

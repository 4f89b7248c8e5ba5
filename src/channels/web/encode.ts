import { encodeAction } from '../../domain/action.ts';
import type { Answer, Citation } from '../../domain/answer.ts';
import type { Block, Button, ReplyMessage } from '../../domain/message.ts';
import { renderBlock, renderText, sourceDetails, sourceName } from '../../domain/render.ts';
import type { Handled } from '../../domain/turn.ts';
import type { AskResponse, BlockView, ButtonView, ChatResponse, NewsResponse, ReplyView } from './schemas.ts';

type Findings = Omit<AskResponse, 'text' | 'conversationId' | 'tookMs'>;

/** What was handled, as the answer to `POST /api/v1/ask`. */
export function encodeAsk(handled: Handled, conversationId: string, tookMs: number): AskResponse {
  const text = handled.replies.map(renderText).join('\n\n');
  const { outcome, ...rest } = findings(handled.turn?.answer ?? null);
  return { outcome, text, ...rest, conversationId, tookMs: Math.max(0, Math.round(tookMs)) };
}

/** What was handled, as the answer to `POST /api/v1/chat`. */
export function encodeChat(handled: Handled, conversationId: string): ChatResponse {
  const { replies, turn, tickets = [] } = handled;
  const awaitsStaff = tickets.some(({ ticket }) => ticket.state === 'open' || ticket.state === 'claimed');
  return { conversationId, replies: replies.map(encodeReply), turnId: turn?.id ?? null, awaitsStaff };
}

/** What came for a conversation, as the answer to `GET /api/v1/chat/<id>/news`. */
export const encodeNews = (news: readonly { readonly id: string; readonly message: ReplyMessage }[]): NewsResponse => ({
  items: news.map(({ id, message }) => ({ id, reply: encodeReply(message) })),
});

/** A reply with each button's action in the form the page sends back. */
export function encodeReply(message: ReplyMessage): ReplyView {
  return {
    title: message.title,
    tone: message.tone,
    blocks: message.blocks.map(encodeBlock),
    buttons: message.buttons.map((row) => row.map(encodeButton)),
    copyText: copyText(message.blocks),
  };
}

const NOTHING_FOUND: Findings = {
  outcome: 'answered',
  citations: [],
  related: [],
  options: [],
  missingTerms: [],
  aspects: [],
  facts: [],
  document: null,
  successor: null,
  confidence: 1,
};

/** A greeting, a help text or a list of sections is certain of itself; only a search can be unsure. */
function findings(answer: Answer | null): Findings {
  if (answer === null) return NOTHING_FOUND;
  switch (answer.outcome) {
    case 'answered': {
      const { citations, related, aspects, facts, confidence } = answer;
      const found = { citations: citations.map(encodeCitation), related: [...related], aspects: [...aspects], facts: [...facts] };
      return { ...NOTHING_FOUND, ...found, confidence };
    }
    case 'browse':
      return { ...NOTHING_FOUND, citations: answer.sections.map(encodeCitation) };
    case 'clarify': {
      const { outcome, confidence } = answer;
      return {
        ...NOTHING_FOUND,
        outcome,
        citations: answer.nearest.map(encodeCitation),
        options: [...answer.options],
        missingTerms: [...answer.missingTerms],
        confidence,
      };
    }
    case 'refused': {
      const { outcome, confidence } = answer;
      return { ...NOTHING_FOUND, outcome, related: [...answer.suggestions], missingTerms: [...answer.missingTerms], confidence };
    }
    case 'lapsed': {
      const { outcome, document, successor, confidence } = answer;
      return {
        ...NOTHING_FOUND,
        outcome,
        document,
        successor: successor && { ...successor, sections: [...successor.sections] },
        confidence,
      };
    }
  }
}

/** Without the line that says who issued it: that is wording, and the fields here are for programs. */
function encodeCitation({ issued: _issued, ...citation }: Citation): AskResponse['citations'][number] {
  return citation;
}

function encodeButton({ label, isCurrent = false, action }: Button): ButtonView {
  return { label, isCurrent, action: encodeAction(action) };
}

function encodeBlock(block: Block): BlockView {
  switch (block.kind) {
    case 'list':
      return { ...block, items: [...block.items] };
    case 'facts':
      return { ...block, items: [...block.items] };
    case 'chart':
      return { kind: 'paragraph', text: renderBlock(block) };
    case 'source': {
      const { citation } = block;
      const part = citation.part === null ? [] : [citation.part];
      return { ...block, name: sourceName(citation), details: [...part, ...sourceDetails(citation)] };
    }
    default:
      return block;
  }
}

/** Everything up to the last source, without notes: what follows the source (related sections) is for the reader here, not for the copy. */
function copyText(blocks: readonly Block[]): string {
  const lastSource = blocks.findLastIndex((block) => block.kind === 'source');
  const kept = lastSource < 0 ? blocks : blocks.slice(0, lastSource + 1);
  return kept
    .filter((block) => block.kind !== 'note')
    .map(renderBlock)
    .join('\n\n');
}

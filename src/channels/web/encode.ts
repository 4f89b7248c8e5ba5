import { encodeAction } from '../../domain/action.ts';
import type { Answer, Citation } from '../../domain/answer.ts';
import type { Block, ReplyMessage } from '../../domain/message.ts';
import { renderBlock, renderText } from '../../domain/render.ts';
import type { Handled } from '../../domain/turn.ts';
import type { AskResponse, BlockView, ChatResponse, ReplyView } from './schemas.ts';

type Findings = Pick<AskResponse, 'outcome' | 'citations' | 'related' | 'options' | 'missingTerms' | 'confidence'>;

/** What was handled, as the answer to `POST /api/v1/ask`. */
export function encodeAsk(handled: Handled, conversationId: string, tookMs: number): AskResponse {
  const text = handled.replies.map(renderText).join('\n\n');
  const { outcome, ...rest } = findings(handled.turn?.answer ?? null);
  return { outcome, text, ...rest, conversationId, tookMs: Math.max(0, Math.round(tookMs)) };
}

/** What was handled, as the answer to `POST /api/v1/chat`. */
export function encodeChat(handled: Handled, conversationId: string): ChatResponse {
  return { conversationId, replies: handled.replies.map(encodeReply), turnId: handled.turn?.id ?? null };
}

/** A reply with each button's action in the form the page sends back. */
export function encodeReply(message: ReplyMessage): ReplyView {
  return {
    title: message.title,
    tone: message.tone,
    blocks: message.blocks.map(encodeBlock),
    buttons: message.buttons.map((row) => row.map(({ label, action }) => ({ label, action: encodeAction(action) }))),
    copyText: copyText(message.blocks),
  };
}

/** A greeting, a help text or a list of sections is certain of itself; only a search can be unsure. */
function findings(answer: Answer | null): Findings {
  const none: Findings = { outcome: 'answered', citations: [], related: [], options: [], missingTerms: [], confidence: 1 };
  if (answer === null) return none;
  switch (answer.outcome) {
    case 'answered':
      return { ...none, citations: answer.citations.map(encodeCitation), related: [...answer.related], confidence: answer.confidence };
    case 'browse':
      return { ...none, citations: answer.sections.map(encodeCitation) };
    case 'clarify': {
      const { outcome, confidence } = answer;
      return {
        ...none,
        outcome,
        citations: answer.nearest.map(encodeCitation),
        options: [...answer.options],
        missingTerms: [...answer.missingTerms],
        confidence,
      };
    }
    case 'refused': {
      const { outcome, confidence } = answer;
      return { ...none, outcome, related: [...answer.suggestions], missingTerms: [...answer.missingTerms], confidence };
    }
  }
}

function encodeCitation({ documentId, documentTitle, section, sectionTitle, part, quote }: Citation): AskResponse['citations'][number] {
  return { documentId, documentTitle, section, sectionTitle, part, quote };
}

function encodeBlock(block: Block): BlockView {
  return block.kind === 'list' ? { ...block, items: [...block.items] } : block;
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

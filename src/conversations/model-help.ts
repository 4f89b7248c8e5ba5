import { verifyWording } from '../answering/verify.ts';
import type { Answer } from '../domain/answer.ts';
import type { ReplyMessage } from '../domain/message.ts';
import { type Deadline, startDeadline } from './deadline.ts';
import type { Answered, ModelHelp } from './model-ports.ts';

/** An answer, and its quotes in short when a model found words that hold. */
export interface HelpedAnswer {
  readonly answer: Answer;
  readonly summary: string | null;
}

/** Quotes of fewer characters need no summary. */
const MIN_QUOTED = 40;
const BETTER = ['refused', 'clarify', 'answered'];
const SUMMARY_LABEL = '要点（由模型根据下列原文概括）';

/** How near sections are to a question in meaning, when an embedder is set up and answers in time. */
export async function similaritiesOf(
  question: string,
  { embedder, embeddingTimeoutMs }: ModelHelp,
): Promise<ReadonlyMap<string, number> | null> {
  if (!embedder) return null;
  const deadline = startDeadline(embeddingTimeoutMs);
  try {
    return await deadline.meet((signal) => embedder.similarities(question, signal));
  } finally {
    deadline.end();
  }
}

/**
 * Lets the models that are set up help with an answer, within one deadline for all they do. What they say is taken only when it makes the answer surer
 * (a rewritten question) or is borne out by the quotes (a wording); in every other case the answer stays as it was.
 * @param answerAgain answers another wording of the question in the same conversation; null when it is no question
 */
export async function helpAnswer(
  question: string,
  answer: Answer,
  help: ModelHelp,
  answerAgain: (question: string) => Answer | null,
): Promise<HelpedAnswer> {
  const deadline = startDeadline(help.timeoutMs);
  try {
    const better = await rewritten(question, answer, help, answerAgain, deadline);
    return { answer: better, summary: better.outcome === 'answered' ? await summaryOf(question, better, help, deadline) : null };
  } finally {
    deadline.end();
  }
}

async function rewritten(
  question: string,
  answer: Answer,
  { rewriter, onVerdict }: ModelHelp,
  answerAgain: (question: string) => Answer | null,
  deadline: Deadline,
): Promise<Answer> {
  const isDoubtful = answer.outcome === 'clarify' || (answer.outcome === 'refused' && answer.reason !== 'too-long');
  if (!rewriter || !isDoubtful) return answer;
  const other = await deadline.meet((signal) => rewriter.rewrite(question, signal));
  const second = other === null ? null : answerAgain(other);
  const isSurer =
    (second?.outcome === 'answered' || second?.outcome === 'clarify') &&
    BETTER.indexOf(second.outcome) > BETTER.indexOf(answer.outcome) &&
    second.confidence > answer.confidence;
  onVerdict?.('rewrite', other === null ? 'none' : isSurer ? 'taken' : 'not-better');
  return isSurer ? { ...second, understoodAs: second.understoodAs ?? other } : answer;
}

async function summaryOf(
  question: string,
  answer: Answered,
  { wording, onVerdict }: ModelHelp,
  deadline: Deadline,
): Promise<string | null> {
  const quotes = answer.citations.map(({ quote }) => quote);
  if (!wording || quotes.reduce((sum, quote) => sum + quote.length, 0) < MIN_QUOTED) return null;
  const text = await deadline.meet((signal) => wording.word(question, answer, signal));
  const isBorneOut = text !== null && verifyWording(text, quotes).ok;
  onVerdict?.('wording', text === null ? 'none' : isBorneOut ? 'taken' : 'rejected');
  return isBorneOut ? text : null;
}

/** Puts a summary above the quotes; what is quoted, and from where, stays as it is. */
export function withSummary(message: ReplyMessage, summary: string | null): ReplyMessage {
  const at = message.blocks.findIndex(({ kind }) => kind === 'quote');
  if (summary === null || at < 0) return message;
  const paragraph = { kind: 'paragraph' as const, text: `${SUMMARY_LABEL}：${summary}` };
  return { ...message, blocks: message.blocks.toSpliced(at, 0, paragraph) };
}

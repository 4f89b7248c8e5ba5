import type { Answerer, Context } from '../answering/answerer.ts';
import type { Answer } from '../domain/answer.ts';

/** Texts too many to be kept at hand; see `stacks/`. Declared here, put together in app.ts. */
export interface Stacks {
  /** An answerer that also knows what the stacks hold on a question; null when they hold nothing on it, or cannot be reached. */
  on(question: string, context: Context | null): Promise<Answerer | null>;
  /** One that also has this section; null when the stacks do not have it, or cannot be reached. */
  holding(documentId: string, number: number): Promise<Answerer | null>;
}

/** An answer, and who gave it. */
export interface Given {
  readonly answer: Answer;
  readonly by: Answerer;
}

const worth = ({ outcome }: Answer): number => (outcome === 'refused' ? 0 : outcome === 'clarify' ? 1 : 2);

/** What the library answers, or where it has no sure answer, what it and the stacks have together. A question too long to be read is not looked up. */
export async function withStacks(text: string, context: Context | null, own: Given, stacks: Stacks | undefined): Promise<Given> {
  if (worth(own.answer) === 2 || (own.answer.outcome === 'refused' && own.answer.reason === 'too-long')) return own;
  const by = (await stacks?.on(text, context)) ?? null;
  const reaction = by?.answer(text, context);
  return by && reaction?.intent === 'question' && worth(reaction.answer) >= worth(own.answer) ? { answer: reaction.answer, by } : own;
}

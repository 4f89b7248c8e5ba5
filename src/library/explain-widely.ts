import { explainQuestion } from '../answering/explain.ts';
import type { AnsweringState } from '../answering/state.ts';
import type { Explanation } from '../domain/explanation.ts';
import type { Stacks } from '../stacks/stacks.ts';

/** The way to the answer that would be given: where the library has no sure one, with what the stacks hold. */
export async function explainWidely(question: string, state: AnsweringState, stacks: Pick<Stacks, 'stateOn'> | null): Promise<Explanation> {
  const own = explainQuestion(question, null, state);
  const wide = own.outcome === 'refused' || own.outcome === 'clarify' ? await stacks?.stateOn(question, null) : null;
  const widened = wide ? explainQuestion(question, null, wide) : own;
  return own.outcome === 'clarify' && widened.outcome === 'refused' ? own : widened;
}

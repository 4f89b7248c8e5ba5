import { z } from 'zod';
import { hasHan, runs } from '../text/normalise.ts';
import { tagWords } from '../text/segment.ts';
import { comparable } from '../text/tokens.ts';
import type { ChatModel } from './chat.ts';
import { isWithin, numbersOf } from './claims.ts';
import { rewriteTask } from './prompts.ts';
import { remembered } from './remembered.ts';

/** Longest rewritten question, in characters. It is shown to the asker: 「已按“…”为您查找」. */
export const MAX_REWRITTEN = 60;
/** Longer questions are told too loosely for one sentence to stand for them, and cost too much. */
const MAX_QUESTION = 300;
const REMEMBERED = 500;

const answer = z.object({ question: z.string().max(500) });
const ORDINARY = /^[\p{Script=Han}a-zA-Z0-9 ，。、；：！？“”《》（）()％%,.?!:;+-]+$/u;
const ADDRESS = /https?|www\.|\w\.(?:com|cn|net|org|top|io)\b/i;

export interface QuestionRewriter {
  /** The question in words a policy might use; null when the model fails, has no other words for it, or changes what is asked. */
  rewrite(question: string, signal: AbortSignal): Promise<string | null>;
}

export function createRewriter(chat: ChatModel): QuestionRewriter {
  const remember = remembered<string>(REMEMBERED);
  return {
    async rewrite(question, signal) {
      if ([...question].length > MAX_QUESTION) return null;
      const rewritten = await remember(comparable(question), async () => {
        const outcome = await chat.ask('rewrite', rewriteTask(question), answer, signal);
        return outcome.kind === 'ok' ? outcome.value.question.trim() : undefined;
      });
      return rewritten !== undefined && isFaithful(question, rewritten) ? rewritten : null;
    },
  };
}

/**
 * Whether a rewritten question can pass for the first one in another wording: the same numbers, the same names of places, people and bodies, no
 * Latin word added or (beside Chinese) lost, one plain line. Whether it means the same cannot be told; that is why it is shown to the asker.
 */
export function isFaithful(question: string, rewritten: string): boolean {
  if (rewritten === '' || [...rewritten].length > MAX_REWRITTEN || !ORDINARY.test(rewritten) || ADDRESS.test(rewritten)) return false;
  const [from, to] = [comparable(question), comparable(rewritten)];
  if (from === to || !hasHan(to)) return false;
  const [asked, said] = [claimsOf(from), claimsOf(to)];
  return (
    isWithin(asked.numbers, said.numbers) &&
    isWithin(said.numbers, asked.numbers) &&
    isWithin(said.latin, asked.latin) &&
    (!hasHan(from) || isWithin(asked.latin, said.latin)) &&
    [...asked.names].every((name) => to.includes(name)) &&
    [...said.names].every((name) => from.includes(name))
  );
}

function claimsOf(form: string): Readonly<Record<'numbers' | 'latin' | 'names', ReadonlySet<string>>> {
  const others = runs(form).filter((run) => !run.isHan);
  return {
    numbers: numbersOf(form),
    latin: new Set(others.map(({ text }) => text).filter((text) => /[a-z]/.test(text))),
    names: new Set(
      tagWords(form)
        .filter(({ word, tag }) => /^n[rst]/.test(tag) && word.length > 1)
        .map(({ word }) => word),
    ),
  };
}

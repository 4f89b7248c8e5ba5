import { z } from 'zod';
import type { Answer } from '../domain/answer.ts';
import type { ChatModel } from './chat.ts';
import { type EvidenceText, wordingTask } from './prompts.ts';
import { remembered } from './remembered.ts';

type Answered = Extract<Answer, { outcome: 'answered' }>;

/** Quotes of more characters than this are not sent. */
const MAX_EVIDENCE = 2_000;
const MAX_QUESTION = 300;
const REMEMBERED = 500;

const answer = z.object({ text: z.string().max(2_000) });

export interface AnswerWording {
  /** What the model makes of the quotes of an answer; null when it fails or finds no words. Not to be shown before it is verified against them. */
  word(question: string, answer: Answered, signal: AbortSignal): Promise<string | null>;
}

export function createWording(chat: ChatModel): AnswerWording {
  const remember = remembered<string>(REMEMBERED);
  return {
    async word(question, { citations }, signal) {
      const evidence = citations.map(({ sectionTitle, quote }): EvidenceText => ({ title: sectionTitle, text: quote }));
      const length = evidence.reduce((sum, { text }) => sum + text.length, 0);
      if (length > MAX_EVIDENCE || [...question].length > MAX_QUESTION) return null;
      const task = wordingTask(question, evidence);
      const worded = await remember(JSON.stringify(task.data), async () => {
        const outcome = await chat.ask('wording', task, answer, signal);
        return outcome.kind === 'ok' ? outcome.value.text.trim() : undefined;
      });
      return worded === undefined || worded === '' ? null : worded;
    },
  };
}

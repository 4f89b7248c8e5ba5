import type { Reaction } from '../answering/answerer.ts';
import { composeClarify } from '../answering/clarify.ts';
import { composeAnswer, composeBrowse } from '../answering/compose.ts';
import { composeLapsed } from '../answering/compose-lapsed.ts';
import { composeRefusal } from '../answering/refuse.ts';
import type { Answer } from '../domain/answer.ts';
import type { ReplyMessage } from '../domain/message.ts';
import { greetingNotice, handOffNotice, helpNotice, type HouseWords, thanksNotice } from './notices.ts';

/** Answer → message. */
export function wordAnswer(answer: Answer, turnId: string): ReplyMessage {
  switch (answer.outcome) {
    case 'answered':
      return composeAnswer(answer, turnId);
    case 'clarify':
      return composeClarify(answer, turnId);
    case 'refused':
      return composeRefusal(answer, turnId);
    case 'browse':
      return composeBrowse(answer);
    case 'lapsed':
      return composeLapsed(answer, turnId);
  }
}

/** What is said to what is no question. */
export function wordNotice(intent: Exclude<Reaction['intent'], 'question' | 'browse'>, words: HouseWords): ReplyMessage {
  switch (intent) {
    case 'greeting':
    case 'empty':
      return greetingNotice(words);
    case 'thanks':
      return thanksNotice();
    case 'help':
      return helpNotice(words);
    case 'hand-off':
      return handOffNotice(words);
  }
}

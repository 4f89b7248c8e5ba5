import type { Assistant } from '../conversations/assistant.ts';
import type { Answer } from '../domain/answer.ts';
import type { Incoming } from '../domain/message.ts';
import { renderText } from '../domain/render.ts';
import type { Handled } from '../domain/turn.ts';
import { idOf, sectionsOf } from './ask-question-set.ts';
import { type EvaluationDialogue, type EvaluationQuestion, isWanted, type WantedSection } from './question-set.ts';

/** What became of one question. */
export interface QuestionResult {
  readonly id: string;
  readonly kind: string;
  readonly q: string;
  readonly outcome: Answer['outcome'] | 'notice';
  /** Ids of the sections cited, then offered, best first. */
  readonly sections: readonly string[];
  readonly isFirstRight: boolean;
  readonly isAmongThree: boolean;
  readonly hasEvidence: boolean;
  readonly isConfident: boolean;
  readonly confidence: number | null;
  readonly tookMs: number;
}

export interface DialogueResult {
  readonly id: string;
  readonly isRight: boolean;
  /** Per turn: sections wanted and found. */
  readonly turns: readonly {
    readonly q: string;
    readonly wanted: readonly WantedSection[];
    readonly found: readonly string[];
    readonly isRight: boolean;
  }[];
}

/** The assistant with its memory: what is evaluated is what is shipped. */
export interface Evaluated {
  readonly assistant: Assistant;
  readonly save: (handled: Handled) => Promise<void>;
}

const message = (text: string, person: string): Incoming => ({
  channel: 'web',
  lane: `web:${person}`,
  messageId: person,
  senderId: person,
  content: { kind: 'text', text },
  sentAtMs: 0,
  address: { chatId: person, chatKind: 'private', threadId: null, replyTo: null },
});

/** Asks every question in a conversation of its own. */
export async function evaluateQuestions({ assistant }: Evaluated, questions: readonly EvaluationQuestion[]): Promise<QuestionResult[]> {
  const results: QuestionResult[] = [];
  for (const question of questions) {
    const startMs = performance.now();
    const handled = await assistant.handle(message(question.q, question.id));
    const tookMs = performance.now() - startMs;
    const answer = handled.turn?.answer ?? null;
    const found = sectionsOf(answer);
    const shown = handled.replies.map(renderText).join('\n');
    results.push({
      id: question.id,
      kind: question.kind,
      q: question.q,
      outcome: answer?.outcome ?? 'notice',
      sections: found.map(idOf),
      isFirstRight: found.slice(0, 1).some((section) => isWanted(section, question.sections)),
      isAmongThree: found.slice(0, 3).some((section) => isWanted(section, question.sections)),
      hasEvidence: question.evidence.every((piece) => shown.includes(piece)),
      isConfident: answer?.outcome === 'answered' || answer?.outcome === 'browse',
      confidence: answer && 'confidence' in answer ? answer.confidence : null,
      tookMs,
    });
  }
  return results;
}

/** Holds each dialogue; it is right when every turn's first section is. */
export async function evaluateDialogues(
  { assistant, save }: Evaluated,
  dialogues: readonly EvaluationDialogue[],
): Promise<DialogueResult[]> {
  const results: DialogueResult[] = [];
  for (const { id, turns } of dialogues) {
    const told = [];
    for (const { q, sections: wanted } of turns) {
      const handled = await assistant.handle(message(q, `dialogue-${id}`));
      await save(handled);
      const found = sectionsOf(handled.turn?.answer ?? null);
      told.push({ q, wanted, found: found.map(idOf), isRight: found.slice(0, 1).some((section) => isWanted(section, wanted)) });
    }
    results.push({ id, isRight: told.every((turn) => turn.isRight), turns: told });
  }
  return results;
}

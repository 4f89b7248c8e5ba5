import { answerQuestion } from '../answering/answerer.ts';
import type { AnsweringState } from '../answering/state.ts';
import { askQuestionSet, type JudgedQuestion, type QuestionRun, type RunOptions } from '../evaluation/ask-question-set.ts';

/** Asks a state a question set, each question by itself. @throws the signal's reason when it aborts */
export const askState = (state: AnsweringState, questions: readonly JudgedQuestion[], options: RunOptions = {}): Promise<QuestionRun[]> =>
  askQuestionSet(
    questions,
    (question) => {
      const reaction = answerQuestion(question, null, state);
      return 'answer' in reaction ? reaction.answer : null;
    },
    options,
  );

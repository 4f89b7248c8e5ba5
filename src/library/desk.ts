import type { LibraryDesk, WorkProgress } from '../admin/services.ts';
import { answerQuestion } from '../answering/answerer.ts';
import { aspectsOf, factsOf } from '../answering/by-kind.ts';
import { cite, quote } from '../answering/cite.ts';
import { buildCorpus } from '../answering/corpus.ts';
import { openingOf } from '../answering/evidence.ts';
import { explainQuestion } from '../answering/explain.ts';
import type { HouseWords } from '../conversations/notices.ts';
import { wordAnswer, wordNotice } from '../conversations/word-reaction.ts';
import type { ReplyMessage } from '../domain/message.ts';
import type { LibraryRecord } from '../domain/record.ts';
import { compareRuns, type QuestionRun, summaryOfRun } from '../evaluation/ask-question-set.ts';
import { readSource } from '../knowledge/editorial/read-source.ts';
import type { EditorialStore } from '../knowledge/editorial/store.ts';
import { contentOf } from '../knowledge/text-source.ts';
import { askState } from './ask.ts';
import { changeBetweenAnswers, isLarge, runWorker } from './build.ts';
import { cardsOf } from './cards.ts';
import type { LibraryService } from './service.ts';
import type { LibraryState } from './state.ts';

export interface DeskOptions {
  readonly library: Pick<LibraryService, 'current' | 'previous' | 'version'>;
  readonly store: EditorialStore;
  readonly words: HouseWords;
  /** IANA name. */
  readonly timeZone: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

interface Draft {
  readonly textId: string;
  readonly source: string;
}

/** The library in service, as the console looks into it. Nothing here holds the thread that answers for long. */
export function createLibraryDesk({ library, store, words, timeZone, now }: DeskOptions): LibraryDesk {
  const wordReaction = (reaction: ReturnType<typeof answerQuestion>) =>
    'answer' in reaction ? wordAnswer(reaction.answer, 'preview') : wordNotice(reaction.intent, words);

  /** The state that would be in service with a record in place of what there is; null: it is one that another thread has to build. */
  const stateWith = async (draft: Draft, state: LibraryState, signal?: AbortSignal): Promise<LibraryState | null> => {
    const { record } = readSource(draft.source, draft.textId);
    if (!record || isLarge([record])) return null;
    const others = state.library.records.filter(({ id }) => id !== record.id);
    const records = [...others, record].sort((a, b) => (a.id < b.id ? -1 : 1));
    return changeBetweenAnswers(state, { ...state.library, records }, state.version, () => state.today, signal);
  };
  const orderWith = async ({ textId, source }: Draft, today: string) => {
    const { kind } = readSource(source, textId);
    const others = (await store.published()).texts.filter(({ id }) => id !== textId);
    const text = { id: textId, kind, source, digest: 'draft', revision: 0, publishedAtMs: now() };
    return { texts: [...others, text], today, timeZone };
  };

  // Impact after impact is measured against the same state: what it answers is asked once.
  let lastRun: { readonly state: LibraryState; readonly runs: readonly QuestionRun[] } | null = null;

  return {
    version: () => library.version(),
    sections() {
      const { corpus, lapsed } = library.current();
      return corpus.sections.length + (lapsed?.sections.length ?? 0);
    },
    records: () => library.current().library.records,
    today: () => library.current().today,
    explain(question, which) {
      const state = which === 'current' ? library.current() : library.previous();
      return state && explainQuestion(question, null, state);
    },
    async explainWith(question, draft) {
      const { today } = library.current();
      const state = await stateWith(draft, library.current());
      return state
        ? explainQuestion(question, null, state)
        : runWorker<'explain'>({ kind: 'explain', question, ...(await orderWith(draft, today)) });
    },
    reply: (question) => wordReaction(answerQuestion(question, null, library.current())),
    previewReply(record, question, section) {
      const { library: known, today } = library.current();
      if (question.trim() === '') return shownSection(record, section, today);
      // Its alternate questions are much to read, and find what they ask for anyway.
      const bare = { ...record, sections: record.sections.map((own) => ({ ...own, questions: [] })) };
      return wordReaction(answerQuestion(question, null, { corpus: buildCorpus({ ...known, records: [bare] }), lapsed: null, today }));
    },
    cards: cardsOf,
    impact: (draft) => async (signal, onProgress) => {
      const state = library.current();
      const { questions } = state.library;
      const content = contentOf(draft.source, readSource(draft.source, draft.textId).kind);
      // A question set changes no answer: how it goes is told by asking it.
      const asked = content.kind === 'questions' ? content.questions : questions;
      const total = questions.length + asked.length;
      const askBefore = { signal, onProgress: from(0, total, '正在用现行内容回答问题集', onProgress) };
      const before = lastRun?.state === state ? lastRun.runs : await askState(state, questions, askBefore);
      lastRun = { state, runs: before };
      const askAfter = { signal, onProgress: from(questions.length, total, '正在用新内容回答问题集', onProgress) };
      askAfter.onProgress(0);
      const changed = content.kind === 'questions' ? state : await stateWith(draft, state, signal);
      const after = changed
        ? await askState(changed, asked, askAfter)
        : await runWorker<'ask'>({ kind: 'ask', questions: asked, ...(await orderWith(draft, state.today)) }, askAfter);
      return {
        digest: draft.digest,
        asked: asked.length,
        rightBefore: rightShare(before),
        rightAfter: rightShare(after),
        changed: compareRuns(before, after),
        atMs: now(),
      };
    },
    evaluate: () => async (signal, onProgress) => {
      const state = library.current();
      const { questions } = state.library;
      const runs = await askState(state, questions, { signal, onProgress: from(0, questions.length, '正在回答问题集', onProgress) });
      lastRun = { state, runs };
      const results = runs.map(({ quote: _quote, isAmongThree: _isAmongThree, ...outcome }) => outcome);
      return { summary: summaryOfRun(runs, questions), results };
    },
  };
}

/** What is said of a section to one who asked nothing in particular. */
function shownSection(record: LibraryRecord, number: number | null, today: string): ReplyMessage {
  const section =
    record.sections.find((own) => own.number === number) ?? record.sections.find((own) => own.number > 0) ?? record.sections[0]!;
  const citations = [cite(section, record, quote(section, openingOf(section, record)))];
  return wordAnswer(
    {
      outcome: 'answered',
      citations,
      related: [],
      aspects: aspectsOf(record),
      facts: factsOf(record, today),
      confidence: 1,
      understoodAs: null,
    },
    'preview',
  );
}

/** Progress of one part of some work, told as that of the whole. */
const from =
  (start: number, total: number, note: string, onProgress: (progress: WorkProgress) => void) =>
  (done: number): void =>
    onProgress({ done: start + done, total, note });

/** Share of questions answered right, of those that say what is right. */
function rightShare(runs: readonly QuestionRun[]): number | null {
  const told = runs.filter(({ isRight }) => isRight !== null);
  return told.length === 0 ? null : told.filter(({ isRight }) => isRight).length / told.length;
}

import { sectionLabel } from '../answering/compose.ts';
import type { Answerer, Context } from '../answering/answerer.ts';
import type { Answer, SectionRef } from '../domain/answer.ts';
import { CATEGORY_IDS, type Category } from '../domain/categories.ts';
import type { Log } from '../domain/log.ts';
import type { Action, Incoming, ReplyMessage } from '../domain/message.ts';
import type { Handled, Turn } from '../domain/turn.ts';
import type { Archive } from './archive.ts';
import { chosenNumber } from './choice.ts';
import { fullText } from './full-text.ts';
import type { Librarian } from './librarian.ts';
import { memberReply } from './members.ts';
import { type HelpedAnswer, helpAnswer, similaritiesOf, withSummary } from './model-help.ts';
import type { ModelHelp } from './model-ports.ts';
import { greetingNotice, handOffNotice, helpNotice, type HouseWords, topicsNotice, unsupportedNotice } from './notices.ts';
import type { ConversationStore } from './store.ts';
import { wordAnswer, wordNotice } from './word-reaction.ts';

export interface AssistantOptions {
  readonly answerer: Answerer;
  readonly store: Pick<ConversationStore, 'lastTurn'>;
  readonly words: HouseWords;
  readonly now: () => number;
  /** A fresh id of `[A-Za-z0-9_-]{1,40}` for each turn. */
  readonly newId: () => string;
  /** Left out: no model has part in any answer. */
  readonly models?: ModelHelp;
  /** Left out: nobody changes the library from a chat. */
  readonly librarian?: Librarian;
  /** Left out: a text that has changed is shown as it is now, and the reply says so. */
  readonly archive?: Archive;
  /** Faults that became a reply. */
  readonly log?: Pick<Log, 'error'>;
}

/** Message in, replies out: the one walk all channels share. */
export interface Assistant {
  /** Reads the conversation, writes nothing: what is to be remembered is in the result, for the caller to store with the replies. */
  handle(message: Incoming): Promise<Handled>;
}

/** A turn older than this is no longer what "那…呢" means. */
const CONTEXT_MS = 30 * 60_000;

/** Whose conversation a message belongs to: in a group, each person has one of their own. */
export const contextKey = ({ lane, senderId }: Pick<Incoming, 'lane' | 'senderId'>): string => `${lane}/${senderId}`;

const silent: Handled = { replies: [], turn: null, feedback: null };

export function createAssistant({ answerer, store, words, now, newId, models, librarian, archive, log }: AssistantOptions): Assistant {
  const say = (...replies: ReplyMessage[]): Handled => ({ replies, turn: null, feedback: null });

  const remember = (message: Incoming, question: string, answer: Answer, id: string): Turn => ({
    id,
    channel: message.channel,
    contextKey: contextKey(message),
    question,
    answer,
    atMs: now(),
  });

  const reply = (message: Incoming, question: string, answer: Answer, summary: string | null = null): Handled => {
    const id = newId();
    return { replies: [withSummary(wordAnswer(answer, id), summary)], turn: remember(message, question, answer, id), feedback: null };
  };

  const previousTurn = async (message: Incoming): Promise<Turn | null> => {
    const turn = await store.lastTurn(contextKey(message));
    return turn && now() - turn.atMs <= CONTEXT_MS ? turn : null;
  };

  const ask = async (message: Incoming, text: string): Promise<Handled> => {
    const previous = await previousTurn(message);
    const choice = chosenNumber(text, offeredSections(previous?.answer ?? null));
    if (choice) return choose(message, choice, previous);
    const context = contextOf(previous);
    const reaction = answerer.answer(text, context);
    if (!('answer' in reaction)) return say(wordNotice(reaction.intent, words));
    const { answer, summary } = reaction.intent === 'question' ? await helped(text, reaction.answer, context) : { answer: reaction.answer };
    return reply(message, text, answer, summary);
  };

  const helped = async (text: string, answer: Answer, context: Context | null): Promise<HelpedAnswer> => {
    if (!models) return { answer, summary: null };
    // Also for the question in other words: what is near in meaning to the one stays near, and one wait is enough.
    const similarities = await similaritiesOf(text, models);
    const answerAgain = (question: string): Answer | null => {
      const reaction = answerer.answer(question, context, { similarities });
      return reaction.intent === 'question' ? reaction.answer : null;
    };
    return helpAnswer(text, (similarities && answerAgain(text)) ?? answer, models, answerAgain);
  };

  const choose = (message: Incoming, chosen: Pick<SectionRef, 'documentId' | 'section'>, previous: Turn | null): Handled => {
    const question = previous && offersSection(previous.answer, chosen) ? previous.question : null;
    const answer = answerer.fromSection(chosen.documentId, chosen.section, question);
    const title = answerer.section(chosen.documentId, chosen.section)?.title;
    return answer && title !== undefined ? reply(message, question ?? title, answer) : goneNotice();
  };

  const goneNotice = (): Handled =>
    say({
      title: '内容已更新',
      tone: 'plain',
      blocks: [{ kind: 'paragraph', text: '这部分内容已经调整，请重新提问，我按最新资料为您查找。' }],
      buttons: [],
    });

  const act = async (message: Incoming, action: Action): Promise<Handled> => {
    switch (action.kind) {
      case 'feedback':
        return { replies: [], turn: null, feedback: { turnId: action.turnId, vote: action.vote, senderId: message.senderId } };
      case 'full-text': {
        const text = await fullText(action, answerer, archive ?? null);
        return text ? say(text) : goneNotice();
      }
      case 'related': {
        const answer = answerer.fromSection(action.documentId, action.section, null);
        if (answer?.outcome !== 'answered') return goneNotice();
        return say({
          title: '相关内容',
          tone: 'question',
          blocks: [{ kind: 'list', title: '相关内容', items: answer.related.map(sectionLabel), numbered: false }],
          buttons: answer.related.map(({ documentId, section, title }) => [
            { label: title, action: { kind: 'choose', documentId, section } },
          ]),
        });
      }
      case 'choose':
        return choose(message, action, await previousTurn(message));
      case 'sample': {
        const question = words.sampleQuestions[action.index];
        return question === undefined ? say(helpNotice(words)) : ask(message, question);
      }
      case 'topic': {
        const category = CATEGORY_IDS.find((known) => known === action.category);
        return category ? reply(message, category, answerer.browse(category)) : say(topicsNotice(isFilled));
      }
      case 'hand-off':
        return say(handOffNotice(words));
    }
  };

  const isFilled = (category: Category): boolean => {
    const answer = answerer.browse(category);
    return answer.outcome === 'browse' && answer.sections.length > 0;
  };

  return {
    async handle(message) {
      const { content } = message;
      const member =
        librarian &&
        (await memberReply(message, librarian, (fault) =>
          log?.error({ reason: fault instanceof Error ? fault.message : String(fault) }, 'a member of the house was not served'),
        ));
      if (member) return say(member);
      switch (content.kind) {
        case 'text':
          return ask(message, content.text);
        case 'command':
          if (content.name === 'topics') return say(topicsNotice(isFilled));
          if (content.name === 'ask' && content.args.trim() !== '') return ask(message, content.args);
          return say(content.name === 'start' ? greetingNotice(words) : helpNotice(words));
        case 'action':
          return act(message, content.action);
        case 'file':
        case 'unsupported':
          return message.address.chatKind === 'private' ? say(unsupportedNotice()) : silent;
      }
    },
  };
}

/** Sections the last reply listed by number. */
function offeredSections(answer: Answer | null): readonly Pick<SectionRef, 'documentId' | 'section'>[] {
  switch (answer?.outcome) {
    case 'clarify':
      return answer.options;
    case 'refused':
      return answer.suggestions;
    case 'browse':
      return answer.sections;
    case 'lapsed':
      return answer.successor?.sections ?? [];
    default:
      return [];
  }
}

/** Whether a section was offered as a reading of the question itself (a browsed list asks for nothing in particular). */
const offersSection = (answer: Answer | null, { documentId, section }: Pick<SectionRef, 'documentId' | 'section'>): boolean =>
  (answer?.outcome === 'clarify' || answer?.outcome === 'refused' || answer?.outcome === 'lapsed') &&
  offeredSections(answer).some((ref) => ref.documentId === documentId && ref.section === section);

function contextOf(turn: Turn | null): Context | null {
  if (turn?.answer?.outcome !== 'answered') return null;
  return { question: turn.question, sections: turn.answer.citations.map(({ documentId, section }) => `${documentId}#${section}`) };
}

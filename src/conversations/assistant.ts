import type { Answerer, Context } from '../answering/answerer.ts';
import { sectionLabel } from '../answering/compose.ts';
import type { Answer, SectionRef } from '../domain/answer.ts';
import { CATEGORIES, CATEGORY_IDS, type Category } from '../domain/categories.ts';
import type { Log } from '../domain/log.ts';
import type { Action, Incoming, ReplyMessage } from '../domain/message.ts';
import type { TicketReason } from '../domain/ticket.ts';
import type { Handled, Turn } from '../domain/turn.ts';
import type { Archive } from './archive.ts';
import { chosenNumber } from './choice.ts';
import { type DeskBook, deskReply } from './desk-command.ts';
import { type Erasure, forgettingReply } from './forgetting.ts';
import { fullText } from './full-text.ts';
import type { ChatHandOff } from './hand-off.ts';
import { type Given, type Stacks, withStacks } from './stacks.ts';
import type { Subscriptions } from './subscriptions.ts';
import { askWhat, categoryOf, givesUp, letItBe, questionBeside } from './handing-over.ts';
import type { InterestStore } from './interests.ts';
import type { Librarian } from './librarian.ts';
import { memberReply } from './members.ts';
import { type HelpedAnswer, helpAnswer, similaritiesOf, withSummary } from './model-help.ts';
import type { ModelHelp } from './model-ports.ts';
import { goneNotice, greetingNotice, handOffNotice, helpNotice, type HouseWords, topicsNotice, unsupportedNotice } from './notices.ts';
import { OWN_IDS, type Pseudonyms, whoAsks } from './pseudonyms.ts';
import type { ConversationStore } from './store.ts';
import { askWhy, cannotTell, willTell } from './voting.ts';
import { wordAnswer, wordNotice } from './word-reaction.ts';

export interface AssistantOptions {
  readonly answerer: Answerer;
  readonly store: Pick<ConversationStore, 'lastTurn' | 'turn' | 'voteOf'>;
  readonly words: HouseWords;
  readonly now: () => number;
  /** A fresh id of `[A-Za-z0-9_-]{1,40}` for each turn. */
  readonly newId: () => string;
  /** Today in the house's time zone, ISO. Left out: by UTC. */
  readonly today?: () => string;
  /** Left out: people are remembered by the platform's own ids. */
  readonly pseudonyms?: Pseudonyms;
  /** Left out: no model has part in any answer. */
  readonly models?: ModelHelp;
  /** Left out: nobody changes the library from a chat. */
  readonly librarian?: Librarian;
  /** Left out: a text that has changed is shown as it is now, and the reply says so. */
  readonly archive?: Archive;
  /** Left out: askers are told how to reach a person, no more. */
  readonly handOff?: ChatHandOff;
  /** Left out: no chat can be made a staff chat from within. */
  readonly deskBook?: DeskBook;
  /** Left out: nobody is told when there is an answer. */
  readonly interests?: Pick<InterestStore, 'addInterest'>;
  /** Left out: nothing is kept that could be erased. */
  readonly erasure?: Erasure;
  /** Left out: nobody is told of news. */
  readonly subscriptions?: Subscriptions;
  /** Left out: the library at hand is all there is. */
  readonly stacks?: Stacks;
  /** Faults that became a reply. */
  readonly log?: Pick<Log, 'error'>;
}

/** Message in, replies out: the one walk all channels share. */
export interface Assistant {
  /** Reads the conversation, writes no turn and no ticket: what is to be remembered is in the result, for the caller to store with the replies. */
  handle(message: Incoming): Promise<Handled>;
}

/** A turn older than this is no longer what "那…呢" means. */
const CONTEXT_MS = 30 * 60_000;

/** Channels that can reach somebody who is not looking. */
const REACHES: ReadonlySet<string> = new Set(['telegram', 'feishu']);

const SILENT: Handled = { replies: [], turn: null, feedback: null };

/** A message, and whose it is. */
interface Asked {
  readonly message: Incoming;
  readonly asker: string;
  readonly contextKey: string;
  readonly startedAtMs: number;
}

const utcDay = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10);

export function createAssistant(options: AssistantOptions): Assistant {
  const { answerer, store, words, now, newId, pseudonyms = OWN_IDS, today = () => utcDay(now()) } = options;
  const { models, librarian, archive, handOff, deskBook, interests, erasure, subscriptions, stacks, log } = options;
  const say = (...replies: ReplyMessage[]): Handled => ({ ...SILENT, replies });

  const turnOf = (asked: Asked, turn: Pick<Turn, 'id' | 'question' | 'answer' | 'via'> & Partial<Turn>): Turn => ({
    channel: asked.message.channel,
    contextKey: asked.contextKey,
    asker: asked.asker,
    category: categoryOf(turn.answer, answerer),
    awaits: null,
    atMs: now(),
    day: today(),
    tookMs: Math.max(0, now() - asked.startedAtMs),
    ...turn,
  });

  const reply = (asked: Asked, question: string, answer: Answer, via: Turn['via'], summary: string | null = null): Handled => {
    const id = newId();
    const message = withSummary(wordAnswer(answer, id), summary);
    return {
      ...say(subscriptions && REACHES.has(asked.message.channel) ? withSubscribing(message, answer) : message),
      turn: turnOf(asked, { id, question, answer, via }),
    };
  };

  const previousTurn = async ({ contextKey }: Asked): Promise<Turn | null> => {
    const turn = await store.lastTurn(contextKey);
    return turn && now() - turn.atMs <= CONTEXT_MS ? turn : null;
  };

  /** Hands a question to a person, or says how to reach one. */
  const handOver = async (asked: Asked, question: string, reason: TicketReason, turn: Turn | null): Promise<Handled> => {
    const { message, asker, contextKey } = asked;
    const category = turn?.category ?? null;
    return (await handOff?.open({ message, asker, contextKey, question, reason, turn, category })) ?? say(handOffNotice(words));
  };

  /** Somebody asks for a person: with a question, after one, or before one. */
  const askForPerson = async (asked: Asked, text: string, previous: Turn | null): Promise<Handled> => {
    const question = questionBeside(text);
    if (question !== null) return handOver(asked, question, 'asked', previous);
    if (previous && previous.awaits === null) return handOver(asked, previous.question, 'asked', previous);
    if (!handOff) return say(handOffNotice(words));
    const turn = turnOf(asked, { id: newId(), question: '', answer: null, via: 'asked', awaits: 'question-for-staff' });
    return { ...say(askWhat()), turn };
  };

  const ask = async (asked: Asked, text: string): Promise<Handled> => {
    const previous = await previousTurn(asked);
    const choice = chosenNumber(text, offeredSections(previous?.answer ?? null));
    if (choice) return choose(asked, choice, previous);
    const context = contextOf(previous);
    const reaction = answerer.answer(text, context);
    if (reaction.intent === 'hand-off') return askForPerson(asked, text, previous);
    if (previous?.awaits === 'question-for-staff') {
      return givesUp(text) ? say(letItBe()) : handOver(asked, text, 'asked', null);
    }
    if (!('answer' in reaction)) return say(wordNotice(reaction.intent, words));
    if (reaction.intent === 'browse') return reply(asked, text, reaction.answer, 'asked');

    const given = await withStacks(text, context, { answer: reaction.answer, by: answerer }, stacks);
    const { answer, summary } = await helped(text, given, context);
    const added = await handOff?.add(asked.message, asked.contextKey, text, answer);
    if (added) return added;
    if (previous && answer.outcome !== 'answered' && handOff?.insists(text, previous)) {
      const { message, asker, contextKey } = asked;
      const { question, category } = previous;
      const opened = await handOff.open({ message, asker, contextKey, question, reason: 'insisted', turn: previous, category });
      if (opened) return opened;
    }
    return reply(asked, text, answer, 'asked', summary);
  };

  const helped = async (text: string, { answer, by }: Given, context: Context | null): Promise<HelpedAnswer> => {
    if (!models) return { answer, summary: null };
    // Also for the question in other words: what is near in meaning to the one stays near, and one wait is enough.
    const similarities = await similaritiesOf(text, models);
    const answerAgain = (question: string): Answer | null => {
      const reaction = by.answer(question, context, { similarities });
      return reaction.intent === 'question' ? reaction.answer : null;
    };
    return helpAnswer(text, (similarities && answerAgain(text)) ?? answer, models, answerAgain);
  };

  /** An answerer that has a section, if anybody has. */
  const answererWith = async ({ documentId, section }: Pick<SectionRef, 'documentId' | 'section'>): Promise<Answerer> =>
    (answerer.record(documentId) ? null : await stacks?.holding(documentId, section)) ?? answerer;

  const choose = async (asked: Asked, chosen: Pick<SectionRef, 'documentId' | 'section'>, previous: Turn | null): Promise<Handled> => {
    const question = previous && offersSection(previous.answer, chosen) ? previous.question : null;
    const by = await answererWith(chosen);
    const answer = by.fromSection(chosen.documentId, chosen.section, question);
    const title = by.section(chosen.documentId, chosen.section)?.title;
    if (!answer || title === undefined) return say(goneNotice());
    return reply(asked, question ?? title, answer, question === null ? 'browsed' : 'chosen');
  };

  /** A vote; one against may be reason enough to ask a person. */
  const vote = async (asked: Asked, { turnId, vote: given }: Extract<Action, { kind: 'feedback' }>): Promise<Handled> => {
    const { asker } = asked;
    const feedback = { turnId, asker, vote: given, reason: null };
    if (given === 'up') return { ...SILENT, feedback };
    const turn = (await store.voteOf(turnId, asker)) === 'down' ? null : await store.turn(turnId);
    const { message, contextKey } = asked;
    const opened =
      turn &&
      (await handOff?.open({ message, asker, contextKey, question: turn.question, reason: 'not-helpful', turn, category: turn.category }));
    return { ...(opened ?? SILENT), replies: [askWhy(turnId), ...(opened?.replies ?? [])], feedback };
  };

  const notifyLater = async ({ message, asker }: Asked, turnId: string): Promise<Handled> => {
    if (!interests || !REACHES.has(message.channel)) return say(cannotTell());
    const turn = await store.turn(turnId);
    if (!turn) return say(goneNotice());
    const { channel, address } = message;
    await interests.addInterest({ id: newId(), turnId, asker, channel, address, question: turn.question, atMs: now() });
    return say(willTell());
  };

  const act = async (asked: Asked, action: Action): Promise<Handled> => {
    switch (action.kind) {
      case 'feedback':
        return vote(asked, action);
      case 'feedback-reason':
        return { ...SILENT, feedback: { turnId: action.turnId, asker: asked.asker, vote: 'down', reason: action.reason } };
      case 'full-text':
        return say((await fullText(action, await answererWith(action), archive ?? null)) ?? goneNotice());
      case 'related': {
        const answer = (await answererWith(action)).fromSection(action.documentId, action.section, null);
        return say(answer?.outcome === 'answered' ? relatedMessage(answer.related) : goneNotice());
      }
      case 'choose':
        return choose(asked, action, await previousTurn(asked));
      case 'sample': {
        const question = words.sampleQuestions[action.index];
        return question === undefined ? say(helpNotice(words)) : ask(asked, question);
      }
      case 'topic': {
        const category = CATEGORY_IDS.find((known) => known === action.category);
        return category ? reply(asked, category, answerer.browse(category), 'browsed') : say(topicsNotice(isFilled));
      }
      case 'hand-off': {
        const turn = action.turnId === null ? await previousTurn(asked) : await store.turn(action.turnId);
        return turn && turn.question !== '' ? handOver(asked, turn.question, 'asked', turn) : askForPerson(asked, '', null);
      }
      case 'notify-me':
        return notifyLater(asked, action.turnId);
      // Taken care of before, where there is somebody to do it.
      case 'ticket':
      case 'transfer':
      case 'forget':
      case 'subscribe':
      case 'unsubscribe':
      case 'news-pace':
        return say(goneNotice());
    }
  };

  const isFilled = (category: Category): boolean => {
    const answer = answerer.browse(category);
    return answer.outcome === 'browse' && answer.sections.length > 0;
  };

  /** What others than the library have to say to a message; null: nothing. */
  const beside = async ({ message, asker }: Asked): Promise<Handled | null> => {
    const taken = await handOff?.take(message, asker);
    if (taken) return taken;
    if (message.isOverheard) return null;
    const complain = (fault: unknown): void =>
      log?.error({ reason: fault instanceof Error ? fault.message : String(fault) }, 'a member of the house was not served');
    const said =
      (librarian && (await memberReply(message, librarian, complain))) ??
      (librarian && deskBook && (await deskReply(message, librarian, deskBook))) ??
      (erasure && (await forgettingReply(message, asker, erasure, now()))) ??
      (await subscriptions?.handle(message, asker));
    return said ? say(said) : null;
  };

  const command = async (asked: Asked, name: string, args: string): Promise<Handled> => {
    if (name === 'topics') return say(topicsNotice(isFilled));
    if (name === 'ask' && args.trim() !== '') return ask(asked, args);
    if (name === 'staff') return askForPerson(asked, args.trim(), await previousTurn(asked));
    return say(name === 'start' ? greetingNotice(words) : helpNotice(words));
  };

  return {
    async handle(message) {
      const asked: Asked = { message, ...whoAsks(message, pseudonyms), startedAtMs: now() };
      const handled = await beside(asked);
      if (handled) return handled;
      const { content } = message;
      // Not said to us: at most it adds to a question that waits for a person.
      if (message.isOverheard) {
        return (content.kind === 'text' && (await handOff?.add(message, asked.contextKey, content.text, null))) || SILENT;
      }
      switch (content.kind) {
        case 'text':
          return ask(asked, content.text);
        case 'command':
          return command(asked, content.name, content.args);
        case 'action':
          return act(asked, content.action);
        case 'file':
        case 'unsupported':
          return message.address.chatKind === 'private' ? say(unsupportedNotice()) : SILENT;
      }
    },
  };
}

/** A list of what there is on a topic can be followed by news of it. */
const withSubscribing = (message: ReplyMessage, answer: Answer): ReplyMessage =>
  answer.outcome === 'browse' && answer.category !== null
    ? {
        ...message,
        buttons: [
          ...message.buttons,
          [
            {
              label: `订阅“${CATEGORIES[answer.category]}”`,
              action: { kind: 'subscribe', topic: { scope: 'category', value: answer.category } },
            },
          ],
        ],
      }
    : message;

const relatedMessage = (related: readonly SectionRef[]): ReplyMessage => ({
  title: '相关内容',
  tone: 'question',
  blocks: [{ kind: 'list', title: '相关内容', items: related.map(sectionLabel), numbered: false }],
  buttons: related.map(({ documentId, section, title }) => [{ label: title, action: { kind: 'choose', documentId, section } }]),
});

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

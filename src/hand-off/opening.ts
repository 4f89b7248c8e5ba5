import type { Answer, Citation } from '../domain/answer.ts';
import type { ReplyMessage } from '../domain/message.ts';
import { sourceName } from '../domain/render.ts';
import { type Ticket, ticketTopic } from '../domain/ticket.ts';
import type { Handled } from '../domain/turn.ts';
import { askerSays, handedOver } from './asker-words.ts';
import { opened } from './changes.ts';
import { deskFor } from './desks.ts';
import type { ToHandOver } from '../conversations/hand-off.ts';
import { isOpenAt } from './hours.ts';
import { type HandOffOptions, nextStep, toDesk } from './parts.ts';
import { staffCard } from './staff-cards.ts';

const MOST_FOUND = 3;

/** What the library had, in words. */
function foundIn(answer: Answer | null): string[] {
  const cited = (citations: readonly Citation[]): string[] => citations.map(sourceName);
  switch (answer?.outcome) {
    case 'answered':
      return cited(answer.citations).slice(0, MOST_FOUND);
    case 'clarify':
      return cited(answer.nearest).slice(0, MOST_FOUND);
    case 'refused':
      return answer.suggestions.map(({ title }) => title).slice(0, MOST_FOUND);
    case 'lapsed':
      return [answer.document.title];
    default:
      return [];
  }
}

/** What was answered, in few words. */
function gistOf(answer: Answer | null): string {
  switch (answer?.outcome) {
    case 'answered':
      return answer.citations[0]?.quote ?? '已答复';
    case 'clarify':
      return '请提问人确认想问的是哪一项';
    case 'refused':
      return '资料库里没有找到依据';
    case 'lapsed':
      return `《${answer.document.title}》已不再有效`;
    default:
      return '列出了相关内容';
  }
}

const only = (reply: ReplyMessage, ticket: Ticket): Handled => ({
  replies: [reply],
  turn: null,
  feedback: null,
  about: ticketTopic(ticket.id),
});

/** Opens a ticket and tells both sides; somebody who waits already is told so. Null when there is no desk. */
export async function open(given: ToHandOver, options: HandOffOptions): Promise<Handled | null> {
  const { store, desks, timeZone, now, newId } = options;
  const { message, asker, contextKey, question, reason, turn, category } = given;
  const desk = deskFor(category, await desks());
  if (!desk || (reason === 'not-helpful' && !desk.takesUnhelpful)) return null;
  const waiting = await store.waitingIn(contextKey);
  if (waiting && (waiting.question === question || (turn !== null && waiting.turnId === turn.id)))
    return only(askerSays.waiting(waiting), waiting);

  const atMs = now();
  const made: Ticket = {
    id: newId(),
    number: await store.nextNumber(),
    state: 'open',
    reason,
    deskId: desk.id,
    category,
    question,
    additions: [],
    before: turn === null || turn.question === question ? [] : [{ question: turn.question, reply: gistOf(turn.answer) }],
    found: foundIn(turn?.answer ?? null),
    turnId: turn?.id ?? null,
    asker,
    contextKey,
    channel: message.channel,
    address: message.address,
    assignee: null,
    createdAtMs: atMs,
    claimedAtMs: null,
    endedAtMs: null,
    answer: null,
    answeredFor: null,
    draftTextId: null,
    reminders: 0,
    isEscalated: false,
    nextStepAtMs: null,
    version: 1,
  };
  const ticket = { ...made, nextStepAtMs: nextStep(made, desk, atMs, timeZone) };
  return {
    ...only(handedOver(ticket, desk, isOpenAt(desk.hours, atMs, timeZone)), ticket),
    tickets: [opened(ticket)],
    notices: [toDesk(desk, ticket, staffCard(ticket, timeZone))],
  };
}

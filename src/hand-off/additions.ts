import type { Answer } from '../domain/answer.ts';
import type { Incoming } from '../domain/message.ts';
import { ticketTopic } from '../domain/ticket.ts';
import type { Handled, Turn } from '../domain/turn.ts';
import { askerSays } from './asker-words.ts';
import { added } from './changes.ts';
import { deskOf, freshCard, type HandOffOptions, toDesk } from './parts.ts';
import { asksTheSame } from './similar.ts';
import { staffSays } from './staff-cards.ts';

const INSISTS = /^(?:都不是|都不对|不是这个|不对|没有我要的|没有我想要的|还是不(?:对|行|清楚|明白)|答非所问|没答到)[了呀啊吧。！!]*$/;

/** Whether somebody who was not helped says so, or asks the same again. */
export function insists(text: string, previous: Turn): boolean {
  const outcome = previous.answer?.outcome;
  if (outcome !== 'refused' && outcome !== 'clarify') return false;
  return INSISTS.test(text.trim()) || (outcome === 'refused' && asksTheSame(text, previous.question));
}

/** Most an asker may add to one question; more would bury it. */
const MOST_ADDITIONS = 20;

/**
 * Passes on what an asker writes while a person has the question: the bot keeps quiet then. Before that it says that it was added. Questions about
 * something else that the library answers are none of it.
 */
export async function add(
  { repliesTo = [], channel, address }: Incoming,
  contextKey: string,
  text: string,
  answer: Answer | null,
  options: HandOffOptions,
): Promise<Handled | null> {
  const { store, now } = options;
  const ticket = await store.waitingIn(contextKey);
  if (!ticket) return null;
  const isAbout =
    answer?.outcome !== 'answered' ||
    asksTheSame(text, ticket.question) ||
    (repliesTo.length > 0 && (await store.ticketAbout(channel, address.chatId, repliesTo))?.id === ticket.id);
  if (!isAbout) return null;

  const about = ticketTopic(ticket.id);
  const isRepeated = text === ticket.question || ticket.additions.includes(text);
  if (isRepeated || ticket.additions.length >= MOST_ADDITIONS) {
    return { replies: ticket.state === 'open' ? [askerSays.waiting(ticket)] : [], turn: null, feedback: null, about };
  }
  const change = added(ticket, text, now());
  const desk = await deskOf(ticket, options);
  const card = desk && (await freshCard(change.ticket, desk, options));
  return {
    replies: ticket.state === 'open' ? [askerSays.added(ticket)] : [],
    turn: null,
    feedback: null,
    about,
    tickets: [change],
    notices: desk && card ? [card, toDesk(desk, change.ticket, staffSays.added(change.ticket, text), { replyTo: card.edits ?? null })] : [],
  };
}

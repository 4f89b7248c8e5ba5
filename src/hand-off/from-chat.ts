import type { Desk } from '../domain/desk.ts';
import type { Incoming, ReplyMessage } from '../domain/message.ts';
import { isTicketOver, type Ticket, type TicketStep, THE_ASKER, ticketTopic } from '../domain/ticket.ts';
import type { Handled } from '../domain/turn.ts';
import { askerSays } from './asker-words.ts';
import { ended } from './changes.ts';
import { desksIn } from './desks.ts';
import { deskOf, freshCard, type HandOffOptions, isSamePerson, staffBehind, toDesk } from './parts.ts';
import { staffSays, transferMenu } from './staff-cards.ts';
import { answer, claim, ignore, type Moved, release, transfer } from './staff-steps.ts';

/** Said in reply to a card by who sees no buttons. */
const STEP_WORDS: Readonly<Record<string, TicketStep>> = { 我来答: 'claim', 放回: 'release', 转派: 'transfer', 忽略: 'ignore' };

/** Answers may be completed for so long. */
const SUPPLEMENT_MS = 7 * 86_400_000;

/** What a message does to a ticket: a press of a card's button, a reply in a staff chat, an asker's withdrawal. Null: none of these. */
export async function take(message: Incoming, asker: string, options: HandOffOptions): Promise<Handled | null> {
  const { content, channel, address, repliesTo = [] } = message;
  if (content.kind === 'action') {
    const { action } = content;
    if (action.kind !== 'ticket' && action.kind !== 'transfer') return null;
    const ticket = await options.store.ticket(action.ticketId);
    if (!ticket) return SILENT;
    if (action.kind === 'ticket' && action.step === 'withdraw') return withdraw(ticket, asker, options);
    return inStaffChat(message, ticket, options, (desk) =>
      action.kind === 'transfer'
        ? passTo(message, ticket, desk, action.deskId, options)
        : step(message, ticket, desk, action.step, options),
    );
  }
  if (content.kind !== 'text' || repliesTo.length === 0) return null;
  if (desksIn(channel, address.chatId, await options.desks()).length === 0) return null;
  const ticket = await options.store.ticketAbout(channel, address.chatId, repliesTo);
  if (!ticket) return null;
  return inStaffChat(message, ticket, options, (desk) => {
    const words = content.text.trim();
    const named = STEP_WORDS[words];
    return named === undefined ? reply(message, ticket, desk, words, options) : step(message, ticket, desk, named, options);
  });
}

const SILENT: Handled = { replies: [], turn: null, feedback: null };

const say = (ticket: Ticket, reply: ReplyMessage): Handled => ({
  replies: [reply],
  turn: null,
  feedback: null,
  about: ticketTopic(ticket.id),
});

/** The platform says who presses and where, but the button's data is anybody's: what staff do counts in the chat of the ticket's desk only. */
async function inStaffChat(
  { channel, address }: Incoming,
  ticket: Ticket,
  options: HandOffOptions,
  work: (desk: Desk) => Promise<Handled>,
): Promise<Handled> {
  const here = desksIn(channel, address.chatId, await options.desks());
  if (here.length === 0) return SILENT;
  const desk = await deskOf(ticket, options);
  if (desk && here.some(({ id }) => id === desk.id)) return work(desk);
  return say(ticket, staffSays.elsewhere(ticket, desk?.name ?? '其他部门'));
}

const moved = (ticket: Ticket, { change, notices }: Moved, ...replies: readonly ReplyMessage[]): Handled => ({
  replies,
  turn: null,
  feedback: null,
  about: ticketTopic(ticket.id),
  tickets: [change],
  notices,
});

async function step(message: Incoming, ticket: Ticket, desk: Desk, which: TicketStep, options: HandOffOptions): Promise<Handled> {
  if (isTicketOver(ticket)) return say(ticket, staffSays.over(ticket));
  const by = await staffBehind(message, options);
  const isTaken = ticket.state === 'claimed' && !isSamePerson(ticket.assignee, by);
  const pressed = message.content.kind === 'action' ? (message.repliesTo?.[0] ?? null) : null;
  switch (which) {
    case 'claim':
      if (isTaken) return say(ticket, staffSays.taken(ticket));
      return ticket.state === 'claimed'
        ? say(ticket, staffSays.claimed(ticket))
        : moved(ticket, await claim(ticket, desk, by, options, pressed));
    case 'release':
      // Anybody of the desk may: whoever had it may be gone home.
      return ticket.state === 'open' ? SILENT : moved(ticket, await release(ticket, desk, by, options, pressed));
    case 'transfer':
      return say(
        ticket,
        transferMenu(
          ticket,
          (await options.desks()).filter(({ id }) => id !== ticket.deskId),
        ),
      );
    case 'ignore':
      if (isTaken) return say(ticket, staffSays.taken(ticket));
      return moved(ticket, await ignore(ticket, desk, by, '', options));
    case 'withdraw':
      return SILENT;
  }
}

async function passTo(message: Incoming, ticket: Ticket, from: Desk, deskId: string, options: HandOffOptions): Promise<Handled> {
  if (isTicketOver(ticket)) return say(ticket, staffSays.over(ticket));
  const to = (await options.desks()).find(({ id }) => id === deskId);
  if (!to || to.id === from.id)
    return say(
      ticket,
      transferMenu(
        ticket,
        (await options.desks()).filter(({ id }) => id !== from.id),
      ),
    );
  return moved(
    ticket,
    await transfer(ticket, from, to, await staffBehind(message, options), options),
    staffSays.elsewhere(ticket, to.name),
  );
}

async function reply(message: Incoming, ticket: Ticket, desk: Desk, text: string, options: HandOffOptions): Promise<Handled> {
  const by = await staffBehind(message, options);
  const isLate = ticket.endedAtMs !== null && options.now() - ticket.endedAtMs > SUPPLEMENT_MS;
  if ((isTicketOver(ticket) && ticket.state !== 'answered') || isLate) return say(ticket, staffSays.over(ticket));
  if (ticket.state === 'claimed' && !isSamePerson(ticket.assignee, by)) return say(ticket, staffSays.taken(ticket));
  const isSupplement = ticket.state === 'answered';
  return moved(
    ticket,
    await answer(ticket, desk, by, text, options),
    isSupplement ? staffSays.supplemented(ticket) : staffSays.answered(ticket),
  );
}

async function withdraw(ticket: Ticket, asker: string, options: HandOffOptions): Promise<Handled> {
  if (ticket.asker !== asker) return say(ticket, askerSays.notYours());
  if (isTicketOver(ticket)) return say(ticket, askerSays.over(ticket));
  const change = ended(ticket, 'withdrawn', THE_ASKER, options.now());
  const desk = await deskOf(ticket, options);
  const card = desk && (await freshCard(change.ticket, desk, options));
  // Whoever is writing an answer right now should not have to look at the card first.
  const isAtWork = desk !== null && ticket.state === 'claimed';
  const word = isAtWork ? [toDesk(desk, change.ticket, staffSays.withdrawn(ticket), { replyTo: card?.edits ?? null })] : [];
  return moved(ticket, { change, notices: [...(card ? [card] : []), ...word] }, askerSays.withdrawn(ticket));
}

import type { Desk } from '../domain/desk.ts';
import type { Notice } from '../domain/message.ts';
import type { StaffMember, Ticket, TicketChange } from '../domain/ticket.ts';
import { answerOfStaff, setAside } from './asker-words.ts';
import { answered, claimed, ended, released, transferred } from './changes.ts';
import { freshCard, type HandOffOptions, nextStep, toAsker, toDesk } from './parts.ts';
import { staffCard } from './staff-cards.ts';

/** A ticket changed, and who is to hear of it. */
export interface Moved {
  readonly change: TicketChange;
  readonly notices: readonly Notice[];
}

/** The steps of staff, whether taken in their chat or in the console. Whether a step may be taken is asked before. */

export async function claim(
  ticket: Ticket,
  desk: Desk,
  by: StaffMember,
  options: HandOffOptions,
  pressed: string | null = null,
): Promise<Moved> {
  const atMs = options.now();
  const change = claimed(ticket, by, atMs, nextStep({ ...ticket, reminders: 0 }, desk, atMs, options.timeZone));
  return { change, notices: [await freshCard(change.ticket, desk, options, pressed)] };
}

export async function release(
  ticket: Ticket,
  desk: Desk,
  by: StaffMember,
  options: HandOffOptions,
  pressed: string | null = null,
): Promise<Moved> {
  const atMs = options.now();
  const change = released(ticket, by, atMs, nextStep({ ...ticket, reminders: 0 }, desk, atMs, options.timeZone));
  return { change, notices: [await freshCard(change.ticket, desk, options, pressed)] };
}

/** The card in the old chat says where it went; the new one gets its own. */
export async function transfer(ticket: Ticket, from: Desk | null, to: Desk, by: StaffMember, options: HandOffOptions): Promise<Moved> {
  const atMs = options.now();
  const change = transferred(ticket, by, to, atMs, nextStep({ ...ticket, reminders: 0 }, to, atMs, options.timeZone));
  const card = toDesk(to, change.ticket, staffCard(change.ticket, options.timeZone, `由“${from?.name ?? '其他部门'}”转来。`));
  return { change, notices: [...(from === null ? [] : [await leaving(change.ticket, from, to, options)]), card] };
}

/** The card a desk is left with. */
export async function leaving(ticket: Ticket, from: Desk, to: Desk, options: HandOffOptions): Promise<Notice> {
  const card = await freshCard(ticket, from, options);
  return { ...card, message: { ...staffCard(ticket, options.timeZone, `已转给“${to.name}”。`), tone: 'plain', buttons: [] } };
}

export async function ignore(ticket: Ticket, desk: Desk | null, by: StaffMember, note: string, options: HandOffOptions): Promise<Moved> {
  const change = ended(ticket, 'ignored', by, options.now(), note);
  const card = desk === null ? [] : [await freshCard(change.ticket, desk, options)];
  return { change, notices: [toAsker(change.ticket, setAside(ticket, note, options.contact)), ...card] };
}

/** @param desk that answers; the asker is told its name */
export async function answer(ticket: Ticket, desk: Desk | null, by: StaffMember, text: string, options: HandOffOptions): Promise<Moved> {
  const change = answered(ticket, by, text, desk?.name ?? '工作人员', options.now());
  const card = desk === null ? [] : [await freshCard(change.ticket, desk, options)];
  return { change, notices: [toAsker(change.ticket, answerOfStaff(change.ticket, text, ticket.answer !== null)), ...card] };
}

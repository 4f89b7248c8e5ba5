import type { Notice } from '../domain/message.ts';
import type { Ticket, TicketChange } from '../domain/ticket.ts';
import { escalated, reminded } from './changes.ts';
import { afterBusinessMinutes, isOpenAt } from './hours.ts';
import { deskOf, escalationMs, type HandOffOptions, nextStep, toDesk } from './parts.ts';
import { shownWait, staffCard, staffSays } from './staff-cards.ts';
import { leaving } from './staff-steps.ts';

/** Tickets looked at in one go; the others have their turn a minute later. */
const AT_ONCE = 100;

/** Reminds staff of what waits, and passes on what has waited too long. Each ticket by itself and once, over all processes. */
export async function remind(options: HandOffOptions): Promise<number> {
  const { store, outgoing, now } = options;
  let count = 0;
  for (const ticket of await store.due(now(), AT_ONCE)) {
    const { change, notices } = await stepFor(ticket, options);
    // Changed meanwhile: somebody has seen it.
    if (await store.commit([change], outgoing(notices), now())) count++;
  }
  return count;
}

async function stepFor(ticket: Ticket, options: HandOffOptions): Promise<{ change: TicketChange; notices: readonly Notice[] }> {
  const { store, desks, timeZone, now } = options;
  const atMs = now();
  const desk = await deskOf(ticket, options);
  // Its desk is no more: whoever opens the console sees it waiting.
  if (!desk) return { change: reminded(ticket, atMs, null), notices: [] };
  // Hours were changed since: not before somebody is there.
  if (!isOpenAt(desk.hours, atMs, timeZone)) {
    return {
      change: reminded({ ...ticket, reminders: ticket.reminders - 1 }, atMs, afterBusinessMinutes(desk.hours, atMs, 1, timeZone)),
      notices: [],
    };
  }
  const waited = shownWait(atMs - ticket.createdAtMs);
  if (!ticket.isEscalated && escalationMs(ticket, desk, timeZone) <= atMs) {
    const to = (await desks()).find(({ id }) => id === desk.escalateTo && id !== desk.id) ?? null;
    const next = nextStep({ ...ticket, isEscalated: true, reminders: 0 }, to ?? desk, atMs, timeZone);
    const change = escalated(ticket, to, atMs, next);
    if (to) {
      const card = toDesk(to, change.ticket, staffCard(change.ticket, timeZone, `“${desk.name}”已超过时限（等待${waited}），请协助答复。`));
      return { change, notices: [await leaving(change.ticket, desk, to, options), card] };
    }
    return { change, notices: [await reminderTo(change.ticket)] };
  }
  const next = nextStep({ ...ticket, reminders: ticket.reminders + 1 }, desk, atMs, timeZone);
  const change = reminded(ticket, atMs, next);
  return { change, notices: [await reminderTo(change.ticket)] };

  async function reminderTo(current: Ticket): Promise<Notice> {
    const replyTo = await store.cardOf(ticket.id, desk!.channel, desk!.chatId);
    return toDesk(desk!, current, staffSays.reminder(current, waited), { replyTo });
  }
}

import { type StaffMember, THE_ASKER, type Ticket, type TicketChange, type TicketEvent } from '../domain/ticket.ts';

/** How one step changes a ticket: pure, each gives what `TicketStore.commit` takes. */

interface Step {
  readonly atMs: number;
  readonly kind: TicketEvent['kind'];
  readonly by: { readonly name: string; readonly userId: string | null };
  readonly detail?: string;
}

function changed(ticket: Ticket, change: Partial<Ticket>, { atMs, kind, by, detail = '' }: Step): TicketChange {
  return {
    ticket: { ...ticket, ...change, version: ticket.version + 1 },
    expects: ticket.version,
    event: { atMs, kind, by: by.name, userId: by.userId, detail: detail === '' ? null : detail },
  };
}

export const opened = (ticket: Ticket): TicketChange => ({
  ticket,
  expects: null,
  event: { atMs: ticket.createdAtMs, kind: 'opened', by: THE_ASKER.name, userId: null, detail: ticket.reason },
});

export const added = (ticket: Ticket, text: string, atMs: number): TicketChange =>
  changed(ticket, { additions: [...ticket.additions, text] }, { atMs, kind: 'added', by: THE_ASKER, detail: text });

export const claimed = (ticket: Ticket, by: StaffMember, atMs: number, nextStepAtMs: number | null): TicketChange =>
  changed(
    ticket,
    { state: 'claimed', assignee: by, claimedAtMs: ticket.claimedAtMs ?? atMs, reminders: 0, nextStepAtMs },
    { atMs, kind: 'claimed', by },
  );

export const released = (ticket: Ticket, by: StaffMember, atMs: number, nextStepAtMs: number | null): TicketChange =>
  changed(ticket, { state: 'open', assignee: null, reminders: 0, nextStepAtMs }, { atMs, kind: 'released', by });

export const transferred = (
  ticket: Ticket,
  by: StaffMember,
  to: { readonly id: string; readonly name: string },
  atMs: number,
  nextStepAtMs: number | null,
): TicketChange =>
  changed(
    ticket,
    { state: 'open', assignee: null, deskId: to.id, reminders: 0, nextStepAtMs },
    { atMs, kind: 'transferred', by, detail: to.name },
  );

export const answered = (ticket: Ticket, by: StaffMember, text: string, desk: string, atMs: number): TicketChange =>
  changed(
    ticket,
    {
      state: 'answered',
      assignee: by,
      answer: ticket.answer === null ? text : `${ticket.answer}\n${text}`,
      answeredFor: desk,
      claimedAtMs: ticket.claimedAtMs ?? atMs,
      endedAtMs: ticket.endedAtMs ?? atMs,
      nextStepAtMs: null,
    },
    { atMs, kind: 'answered', by, detail: text },
  );

export const ended = (
  ticket: Ticket,
  state: 'ignored' | 'withdrawn',
  by: { readonly name: string; readonly userId: string | null },
  atMs: number,
  detail = '',
): TicketChange => changed(ticket, { state, endedAtMs: atMs, nextStepAtMs: null }, { atMs, kind: state, by, detail });

export const reminded = (ticket: Ticket, atMs: number, nextStepAtMs: number | null): TicketChange =>
  changed(ticket, { reminders: ticket.reminders + 1, nextStepAtMs }, { atMs, kind: 'reminded', by: THE_SYSTEM });

export const escalated = (
  ticket: Ticket,
  to: { readonly id: string; readonly name: string } | null,
  atMs: number,
  nextStepAtMs: number | null,
): TicketChange =>
  changed(
    ticket,
    { isEscalated: true, nextStepAtMs, ...(to === null ? {} : { deskId: to.id, state: 'open', assignee: null, reminders: 0 }) },
    { atMs, kind: 'escalated', by: THE_SYSTEM, ...(to === null ? {} : { detail: to.name }) },
  );

export const drafted = (ticket: Ticket, textId: string, atMs: number): TicketChange =>
  changed(ticket, { draftTextId: textId }, { atMs, kind: 'drafted', by: THE_SYSTEM, detail: textId });

const THE_SYSTEM = { name: '系统', userId: null };

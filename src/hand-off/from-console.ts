import { AppError } from '../domain/errors.ts';
import { isTicketOver, type StaffMember, type Ticket } from '../domain/ticket.ts';
import type { StaffWork } from './hand-off.ts';
import { deskOf, type HandOffOptions, isSamePerson } from './parts.ts';
import { answer, claim, ignore, type Moved, release, transfer } from './staff-steps.ts';

const HINT = '请刷新后再看看现在的状态。';
const stale = (): AppError => new AppError('STALE', '这个工单刚刚有了变化。', { hint: HINT });
const notPossible = (message: string): AppError => new AppError('NOT_POSSIBLE', message, { hint: HINT });

/** What staff do from the console. */
export function fromConsole(options: HandOffOptions): StaffWork {
  const { store, outgoing, now } = options;

  const seen = async (ticketId: string, version: number): Promise<Ticket> => {
    const ticket = await store.ticket(ticketId);
    if (!ticket) throw new AppError('NOT_FOUND', '没有这个工单。');
    if (ticket.version !== version) throw stale();
    return ticket;
  };
  const waiting = async (ticketId: string, version: number): Promise<Ticket> => {
    const ticket = await seen(ticketId, version);
    if (isTicketOver(ticket)) throw notPossible('这个工单已经结束。');
    return ticket;
  };
  const notAnothers = (ticket: Ticket, by: StaffMember): void => {
    if (ticket.state === 'claimed' && !isSamePerson(ticket.assignee, by))
      throw notPossible(`已由${ticket.assignee?.name ?? '同事'}认领，请先放回。`);
  };
  const write = async ({ change, notices }: Moved): Promise<Ticket> => {
    if (!(await store.commit([change], outgoing(notices), now()))) throw stale();
    return change.ticket;
  };
  const deskFor = async (ticket: Ticket) => {
    const desk = await deskOf(ticket, options);
    if (!desk) throw notPossible('这个工单所属的工作群已被移除，请先转派到其他工作群。');
    return desk;
  };

  return {
    async claim(ticketId, version, by) {
      const ticket = await waiting(ticketId, version);
      notAnothers(ticket, by);
      if (ticket.state === 'claimed') return ticket;
      return write(await claim(ticket, await deskFor(ticket), by, options));
    },
    async release(ticketId, version, by) {
      const ticket = await waiting(ticketId, version);
      if (ticket.state === 'open') return ticket;
      return write(await release(ticket, await deskFor(ticket), by, options));
    },
    async transfer(ticketId, version, by, deskId) {
      const ticket = await waiting(ticketId, version);
      const to = (await options.desks()).find(({ id }) => id === deskId);
      if (!to) throw new AppError('NOT_FOUND', '没有这个工作群。');
      if (to.id === ticket.deskId) throw notPossible('已经在这个工作群。');
      return write(await transfer(ticket, await deskOf(ticket, options), to, by, options));
    },
    async ignore(ticketId, version, by, note) {
      const ticket = await waiting(ticketId, version);
      notAnothers(ticket, by);
      return write(await ignore(ticket, await deskOf(ticket, options), by, note.trim(), options));
    },
    async answer(ticketId, version, by, text) {
      const ticket = await seen(ticketId, version);
      if (isTicketOver(ticket) && ticket.state !== 'answered') throw notPossible('这个工单已经结束。');
      if (ticket.address.chatId === '') throw notPossible('提问人的信息已经删除，补充的答复无法送达。');
      notAnothers(ticket, by);
      return write(await answer(ticket, await deskOf(ticket, options), by, text.trim(), options));
    },
  };
}

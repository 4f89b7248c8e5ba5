import type { Desk } from '../../domain/desk.ts';
import { isTicketOver, type StaffMember, type Ticket, TICKET_STATES } from '../../domain/ticket.ts';
import { DESKS_SETTING, readDesks } from '../../hand-off/desk-book.ts';
import { maskPersonal } from '../../privacy/mask.ts';
import { auditOf } from '../audit.ts';
import { notFound } from './errors.ts';
import type { House } from './house.ts';
import { route } from './route.ts';
import type { View } from './schemas.ts';
import {
  ticketAnswer,
  ticketIgnore,
  type ticketItem,
  ticketQuery,
  tickets,
  ticketStep,
  ticketTransfer,
  ticketView,
} from './schemas-hand-off.ts';
import type { Who } from './who.ts';

const PAGE = 30;

const STATES = {
  all: TICKET_STATES,
  waiting: TICKET_STATES.filter((state) => !isTicketOver({ state })),
  over: TICKET_STATES.filter((state) => isTicketOver({ state })),
};

const desksOf = async ({ store }: House): Promise<readonly Desk[]> => readDesks(await store.setting(DESKS_SETTING));

const staffOf = ({ user }: Who): StaffMember => ({ userId: user.id, name: user.displayName, channel: null, senderId: null });

function itemOf(ticket: Ticket, desks: readonly Desk[], who: Who): View<typeof ticketItem> {
  const { id, number, state, reason, deskId, category, assignee, channel, createdAtMs, endedAtMs, isEscalated } = ticket;
  return {
    id,
    number,
    state,
    reason,
    deskId,
    category,
    channel,
    createdAtMs,
    endedAtMs,
    isEscalated,
    desk: desks.find((desk) => desk.id === deskId)?.name ?? '',
    question: maskPersonal(ticket.question),
    assignee: assignee?.name ?? null,
    isMine: assignee?.userId === who.user.id,
  };
}

async function viewOf(ticket: Ticket, who: Who, house: House): Promise<View<typeof ticketView>> {
  const { question, additions, before, found, answer, answeredFor, draftTextId, version } = ticket;
  const history = await house.tickets.history(ticket.id);
  return {
    item: itemOf(ticket, await desksOf(house), who),
    version,
    question,
    answer,
    answeredFor,
    draftTextId,
    additions: [...additions],
    before: [...before],
    found: [...found],
    history: history.map(({ atMs, kind, by, detail }) => ({ atMs, kind, by, detail })),
  };
}

export const ticketRoutes = [
  route(
    'viewer',
    'get',
    '/tickets',
    { summary: 'Questions handed to staff, the latest first.', query: ticketQuery, answer: tickets },
    async ({ who, query: { state, desk, before } }, house) => {
      const found = await house.tickets.tickets({
        states: STATES[state],
        limit: PAGE + 1,
        ...(desk !== undefined && desk !== '' && { deskId: desk }),
        ...(before !== undefined && { before }),
      });
      const desks = await desksOf(house);
      const items = found.slice(0, PAGE).map((ticket) => itemOf(ticket, desks, who));
      return { items, counts: { ...(await house.tickets.counts()) }, next: found.length > PAGE ? items.at(-1)!.number : null };
    },
  ),
  route(
    'editor',
    'get',
    '/tickets/:id',
    { summary: 'A question in the words of its asker. Noted in the audit log.', answer: ticketView },
    async ({ who, param }, house) => {
      const ticket = await house.tickets.ticket(param('id'));
      if (ticket === null) throw notFound('没有这个工单。');
      await house.store.addAudit(auditOf(who.actor, house.now(), 'ticket.viewed', `ticket:${ticket.id}`, { number: ticket.number }));
      return viewOf(ticket, who, house);
    },
  ),
  route(
    'editor',
    'post',
    '/tickets/:id/claim',
    { summary: 'Take a question.', body: ticketStep, answer: ticketView },
    async ({ who, param, body }, house) => viewOf(await house.staff.claim(param('id'), body.version, staffOf(who)), who, house),
  ),
  route(
    'editor',
    'post',
    '/tickets/:id/release',
    { summary: 'Put a question back.', body: ticketStep, answer: ticketView },
    async ({ who, param, body }, house) => viewOf(await house.staff.release(param('id'), body.version, staffOf(who)), who, house),
  ),
  route(
    'editor',
    'post',
    '/tickets/:id/transfer',
    { summary: 'Hand a question to another desk.', body: ticketTransfer, answer: ticketView },
    async ({ who, param, body }, house) =>
      viewOf(await house.staff.transfer(param('id'), body.version, staffOf(who), body.deskId), who, house),
  ),
  route(
    'editor',
    'post',
    '/tickets/:id/ignore',
    { summary: 'End a question without an answer; its asker is told.', body: ticketIgnore, answer: ticketView },
    async ({ who, param, body }, house) => viewOf(await house.staff.ignore(param('id'), body.version, staffOf(who), body.note), who, house),
  ),
  route(
    'editor',
    'post',
    '/tickets/:id/answer',
    { summary: 'Answer a question; the answer goes to where it was asked.', body: ticketAnswer, answer: ticketView },
    async ({ who, param, body }, house) => viewOf(await house.staff.answer(param('id'), body.version, staffOf(who), body.text), who, house),
  ),
];

import type * as schemas from '../../../admin/http/schemas-hand-off.ts';
import { get, post, put } from './client.ts';
import type { ViewOf } from './shape.ts';

type View<Name extends keyof typeof schemas> = ViewOf<typeof schemas, Name>;

export type TicketItem = View<'ticketItem'>;
export type Tickets = View<'tickets'>;
export type TicketView = View<'ticketView'>;
export type TicketState = TicketItem['state'];
export type Desk = View<'desk'>;
export type Desks = View<'desks'>;
export type Retention = View<'retention'>;

export const TICKETS_KEY = ['tickets'] as const;
export const DESKS_KEY = ['desks'] as const;
export const RETENTION_KEY = ['retention'] as const;

export type TicketFilter = 'waiting' | 'over' | 'all';

export const fetchTickets = (state: TicketFilter, before: number | null): Promise<Tickets> => get('tickets', { state, before });
export const fetchTicket = (id: string): Promise<TicketView> => get(`tickets/${encodeURIComponent(id)}`);

/** A step on a ticket, with the version that was looked at. */
export type TicketStep =
  | { readonly step: 'claim' | 'release' }
  | { readonly step: 'transfer'; readonly deskId: string }
  | { readonly step: 'ignore'; readonly note: string }
  | { readonly step: 'answer'; readonly text: string };
export const takeStep = (id: string, version: number, { step, ...words }: TicketStep): Promise<TicketView> =>
  post(`tickets/${encodeURIComponent(id)}/${step}`, { version, ...words });

export const fetchDesks = (): Promise<Desks> => get('desks');
export const saveDesks = (desks: Desks): Promise<Desks> => put('desks', desks);
export const fetchRetention = (): Promise<Retention> => get('retention');
export const saveRetention = (retention: Retention): Promise<Retention> => put('retention', retention);

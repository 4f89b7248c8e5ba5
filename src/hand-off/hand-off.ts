import type { ChatHandOff } from '../conversations/hand-off.ts';
import type { StaffMember, Ticket } from '../domain/ticket.ts';

/** What staff do with a ticket from the console. Each throws `NOT_FOUND`, `STALE` when it has changed since `version`, `NOT_POSSIBLE` with a reason in Chinese. */
export interface StaffWork {
  claim(ticketId: string, version: number, by: StaffMember): Promise<Ticket>;
  release(ticketId: string, version: number, by: StaffMember): Promise<Ticket>;
  transfer(ticketId: string, version: number, by: StaffMember, deskId: string): Promise<Ticket>;
  /** @param note told to the asker; empty: the usual words */
  ignore(ticketId: string, version: number, by: StaffMember, note: string): Promise<Ticket>;
  answer(ticketId: string, version: number, by: StaffMember, text: string): Promise<Ticket>;
}

/** Questions on their way to a person and back. */
export interface HandOff extends ChatHandOff, StaffWork {
  /** Reminds staff and escalates where it is time. @returns how many tickets were moved on */
  remind(): Promise<number>;
}

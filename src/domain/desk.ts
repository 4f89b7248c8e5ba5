import type { Category } from './categories.ts';
import type { ChannelName } from './message.ts';

/** When people are there, by the house's time zone. */
export interface BusinessHours {
  /** 1 Monday … 7 Sunday. */
  readonly days: readonly number[];
  /** "09:00" and "17:30". */
  readonly from: string;
  readonly until: string;
  /** Days off and days worked besides, ISO. */
  readonly closedOn: readonly string[];
  readonly openOn: readonly string[];
}

/** A staff chat (工作群) and what it takes care of. */
export interface Desk {
  /** `[a-z0-9]{1,16}`: the button of a transfer carries it beside a ticket id. */
  readonly id: string;
  /** 部门, as askers are told. */
  readonly name: string;
  readonly channel: Extract<ChannelName, 'telegram' | 'feishu'>;
  readonly chatId: string;
  readonly threadId: string | null;
  /** Empty: whatever no other desk takes. */
  readonly categories: readonly Category[];
  /** Null: always. */
  readonly hours: BusinessHours | null;
  /** Said to askers outside business hours. */
  readonly outOfHoursText: string;
  /** Whether an answer voted 没帮助 opens a ticket. */
  readonly takesUnhelpful: boolean;
  /** Counted in business hours. */
  readonly remindAfterMinutes: number;
  readonly escalateAfterMinutes: number;
  /** Another desk; null: reminded again, nothing more. */
  readonly escalateTo: string | null;
}

import type { Generated } from 'kysely';

/** Tables of tickets, of what was sent about them, and of who waits for an answer. */
export interface HandOffTables {
  deliveries: DeliveryRow;
  counters: CounterRow;
  tickets: TicketRow;
  ticket_events: TicketEventRow;
  interests: InterestRow;
}

/** What became of a reply that was about something; outlives the reply's row in the outbox. */
interface DeliveryRow {
  seq: Generated<number>;
  reply_id: string;
  about: string;
  channel: string;
  chat_id: string;
  status: string;
  code: string | null;
  platform_message_id: string | null;
  at_ms: number;
}

interface CounterRow {
  name: string;
  value: number;
}

export interface TicketRow {
  id: string;
  number: number;
  state: string;
  desk_id: string;
  category: string | null;
  turn_id: string | null;
  asker: string;
  context_key: string;
  created_at_ms: number;
  claimed_at_ms: number | null;
  ended_at_ms: number | null;
  next_step_at_ms: number | null;
  draft_text_id: string | null;
  version: number;
  /** 0 or 1: its words are gone. */
  is_erased: number;
  /** The rest of the ticket, as JSON. */
  data: string;
}

interface TicketEventRow {
  seq: Generated<number>;
  ticket_id: string;
  at_ms: number;
  kind: string;
  by_name: string;
  user_id: string | null;
  detail: string | null;
}

interface InterestRow {
  seq: Generated<number>;
  id: string;
  turn_id: string;
  asker: string;
  channel: string;
  address: string;
  question: string;
  at_ms: number;
}

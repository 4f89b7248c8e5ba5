import { sql } from 'kysely';
import type { Answer } from '../domain/answer.ts';
import type { Category } from '../domain/categories.ts';
import type { ChannelName } from '../domain/message.ts';
import type { Remembered, Turn } from '../domain/turn.ts';
import { cleanText, fromJson, toJson } from './clean.ts';
import { asText, prepare } from './prepared.ts';
import type { Db, Tx } from './schema.ts';
import { requireTicket } from './tickets.ts';

interface Said {
  readonly id: string;
  readonly channel: string;
  readonly contextKey: string;
  readonly asker: string;
  readonly question: string;
  readonly answer: string | null;
  readonly atMs: number;
  readonly day: string;
  readonly ending: string | null;
  readonly category: string | null;
  readonly confidence: number | null;
  readonly tookMs: number;
  readonly documentId: string | null;
  readonly section: number | null;
  readonly via: string;
  readonly awaits: string | null;
}

const addTurn = prepare((db, given: { readonly [Name in keyof Said]: Said[Name] }) =>
  db
    .insertInto('turns')
    .values({
      id: given.id,
      channel: given.channel,
      context_key: given.contextKey,
      asker: given.asker,
      at_ms: given.atMs,
      day: given.day,
      ending: given.ending,
      category: given.category,
      confidence: given.confidence,
      took_ms: given.tookMs,
      document_id: given.documentId,
      section: given.section,
      via: given.via,
      awaits: given.awaits,
      question: given.question,
      answer: given.answer,
    })
    .onConflict((conflict) => conflict.column('id').doNothing()),
);

interface Vote {
  readonly turnId: string;
  readonly asker: string;
  readonly vote: string;
  readonly reason: string | null;
  readonly nowMs: number;
}

const addVote = prepare((db, given: { readonly [Name in keyof Vote]: Vote[Name] }) =>
  db
    .insertInto('feedback')
    .values({ turn_id: given.turnId, asker: given.asker, vote: given.vote, reason: given.reason, at_ms: given.nowMs })
    .onConflict((conflict) =>
      conflict.columns(['turn_id', 'asker']).doUpdateSet({
        vote: sql.ref('excluded.vote'),
        reason: sql.ref('excluded.reason'),
        at_ms: sql.ref('excluded.at_ms'),
      }),
    ),
);

/** The section an answer stands on, or the nearest. */
function placeOf(answer: Answer | null): { readonly documentId: string; readonly section: number } | undefined {
  switch (answer?.outcome) {
    case 'answered':
      return answer.citations[0];
    case 'clarify':
      return answer.nearest[0] ?? answer.options[0];
    case 'refused':
      return answer.suggestions[0];
    case 'lapsed':
      return answer.document.section;
    default:
      return undefined;
  }
}

/**
 * Remembers a turn, a vote and the tickets. The same turn again changes nothing; the same person's next vote on the same answer replaces the first.
 * @throws {AppError} `STALE` when a ticket has changed since it was read
 */
export async function saveRemembered(tx: Tx, { turn, feedback, tickets = [] }: Remembered, nowMs: number): Promise<void> {
  for (const change of tickets) await requireTicket(tx, change);
  if (turn) {
    const { answer } = turn;
    const place = placeOf(answer);
    await addTurn(tx, {
      id: turn.id,
      channel: turn.channel,
      contextKey: cleanText(turn.contextKey),
      asker: cleanText(turn.asker),
      question: cleanText(turn.question),
      answer: answer && toJson(answer),
      atMs: turn.atMs,
      day: turn.day,
      ending: answer?.outcome ?? null,
      category: turn.category,
      confidence: answer && 'confidence' in answer ? answer.confidence : null,
      tookMs: Math.round(turn.tookMs),
      documentId: place?.documentId ?? null,
      section: place?.section ?? null,
      via: turn.via,
      awaits: turn.awaits,
    });
  }
  if (feedback) {
    const { vote, reason } = feedback;
    await addVote(tx, { turnId: cleanText(feedback.turnId), asker: cleanText(feedback.asker), vote, reason, nowMs });
  }
}

const COLUMNS = [
  'id',
  'channel',
  'context_key',
  'asker',
  'question',
  'answer',
  'at_ms',
  'day',
  'category',
  'took_ms',
  'via',
  'awaits',
] as const;

interface TurnColumns {
  readonly id: string;
  readonly channel: string;
  readonly context_key: string;
  readonly asker: string | null;
  readonly question: string;
  readonly answer: string | null;
  readonly at_ms: number;
  readonly day: string | null;
  readonly category: string | null;
  readonly took_ms: number | null;
  readonly via: string | null;
  readonly awaits: string | null;
}

const turnFrom = (row: TurnColumns): Turn => ({
  id: row.id,
  channel: row.channel as ChannelName,
  contextKey: row.context_key,
  asker: row.asker ?? '',
  question: row.question,
  answer: row.answer === null ? null : (fromJson(row.answer) as Answer),
  via: (row.via ?? 'asked') as Turn['via'],
  category: row.category as Category | null,
  awaits: row.awaits as Turn['awaits'],
  atMs: row.at_ms,
  day: row.day ?? new Date(row.at_ms).toISOString().slice(0, 10),
  tookMs: row.took_ms ?? 0,
});

const latestTurn = prepare((db, given: { readonly contextKey: string }) =>
  db
    .selectFrom('turns')
    .select(COLUMNS)
    .where('context_key', '=', asText(given.contextKey))
    .orderBy('at_ms', 'desc')
    .orderBy('seq', 'desc')
    .limit(sql.lit(1)),
);

/** The latest turn of a context: by its time, and of two at the same time the one saved later. */
export async function lastTurn(db: Db, contextKey: string): Promise<Turn | null> {
  const key = cleanText(contextKey);
  // Turns of before there were pseudonyms are nobody's.
  if (key === '') return null;
  const {
    rows: [row],
  } = await latestTurn(db, { contextKey: key });
  return row ? turnFrom(row) : null;
}

/** A turn that still has its words. */
export async function turnById(db: Db, id: string): Promise<Turn | null> {
  const row = await db.selectFrom('turns').select(COLUMNS).where('id', '=', cleanText(id)).executeTakeFirst();
  return row && (row.question !== '' || row.answer !== null) ? turnFrom(row) : null;
}

/** The vote of a person on an answer; null when there is none. */
export async function voteOf(db: Db, turnId: string, asker: string): Promise<'up' | 'down' | null> {
  const row = await db
    .selectFrom('feedback')
    .select('vote')
    .where('turn_id', '=', cleanText(turnId))
    .where('asker', '=', cleanText(asker))
    .executeTakeFirst();
  return row ? (row.vote as 'up' | 'down') : null;
}

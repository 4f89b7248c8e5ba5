import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeAction, encodeAction } from '../../src/domain/action.ts';
import type { Action } from '../../src/domain/message.ts';
import { TOPIC_SCOPES } from '../../src/domain/subscription.ts';
import { TICKET_STEPS } from '../../src/domain/ticket.ts';

const documentId = fc.stringMatching(/^[a-z0-9-]{1,40}$/);
const id = fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/);
const section = fc.integer({ min: 0, max: 9999 });
const topic = fc.record({
  scope: fc.constantFrom(...TOPIC_SCOPES),
  value: fc.array(fc.constantFrom(...'晋江市纺织·鞋服（新）a-'), { maxLength: 16 }).map((words) => words.join('')),
});
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ kind: fc.constantFrom('related' as const, 'choose' as const), documentId, section }),
  fc.record({
    kind: fc.constant('full-text' as const),
    documentId,
    section,
    revision: fc.option(fc.integer({ min: 1, max: 999_999_999 })),
  }),
  fc.record({ kind: fc.constant('sample' as const), index: fc.integer({ min: 0, max: 99 }) }),
  fc.record({ kind: fc.constant('topic' as const), category: fc.stringMatching(/^[a-z]{1,20}$/) }),
  fc.record({ kind: fc.constant('hand-off' as const), turnId: fc.option(id) }),
  fc.record({ kind: fc.constant('feedback' as const), turnId: id, vote: fc.constantFrom('up' as const, 'down' as const) }),
  fc.record({
    kind: fc.constant('feedback-reason' as const),
    turnId: id,
    reason: fc.constantFrom('wrong' as const, 'outdated' as const, 'off-topic' as const, 'unclear' as const),
  }),
  fc.record({ kind: fc.constant('notify-me' as const), turnId: id }),
  fc.record({ kind: fc.constant('ticket' as const), step: fc.constantFrom(...TICKET_STEPS), ticketId: id }),
  fc.record({ kind: fc.constant('transfer' as const), ticketId: id, deskId: fc.stringMatching(/^[a-z0-9]{1,16}$/) }),
  fc.record({ kind: fc.constant('subscribe' as const), topic }),
  fc.record({ kind: fc.constant('unsubscribe' as const), subscriptionId: id }),
  fc.record({ kind: fc.constant('news-pace' as const), subscriptionId: id, pace: fc.constantFrom('at-once' as const, 'daily' as const) }),
  fc.constant({ kind: 'forget' as const }),
);

describe('button actions', () => {
  it('come back from the platform as they were sent, within the 64 bytes Telegram allows', () => {
    fc.assert(
      fc.property(action, (value) => {
        const data = encodeAction(value);
        expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
        expect(decodeAction(data)).toEqual(value);
      }),
    );
  });

  it('are null for anything else, and never throw', () => {
    for (const data of [
      '',
      'x:1',
      'b:0',
      'b:9:talent',
      'b:1:a:b',
      `b:2:${'鞋'.repeat(17)}`,
      'u:',
      'p:x:s1',
      'constructor',
      'toString:1',
      'h:',
      'h:1:2',
      'w:9:turn',
      'w:0:',
      'm:answer:t1',
      'm:claim:',
      'd:t1:Desk',
      't:',
      't:Plan:6',
      'c:plan:6:7',
      't:plan:6:',
      't:plan:6:0',
      't:plan:6:x',
      't:plan:6:1:2',
      'f:u:',
      'f:x:abc',
      's:-1',
      `t:${'a'.repeat(80)}:1`,
    ]) {
      expect(decodeAction(data)).toBeNull();
    }
    fc.assert(fc.property(fc.string(), (data) => void decodeAction(data)));
  });
});

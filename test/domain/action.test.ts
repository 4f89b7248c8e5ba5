import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeAction, encodeAction } from '../../src/domain/action.ts';
import type { Action } from '../../src/domain/message.ts';

const documentId = fc.stringMatching(/^[a-z0-9-]{1,40}$/);
const section = fc.integer({ min: 0, max: 9999 });
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
  fc.constant({ kind: 'hand-off' as const }),
  fc.record({
    kind: fc.constant('feedback' as const),
    turnId: fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/),
    vote: fc.constantFrom('up' as const, 'down' as const),
  }),
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
      'x',
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
      'h:1',
      `t:${'a'.repeat(80)}:1`,
    ]) {
      expect(decodeAction(data)).toBeNull();
    }
    fc.assert(fc.property(fc.string(), (data) => void decodeAction(data)));
  });
});

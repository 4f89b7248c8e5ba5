import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TermNumbers } from '../../src/search/term-numbers.ts';

/** The same cases in every run. */
fc.configureGlobal({ seed: 20_240_101 });

/** Short terms with units that are easily taken for one another: no unit, U+0000, the same unit twice. */
const unit = fc.constantFrom('\u0000', '\u0001', 'a', 'b', '融', '资', '\uffff');
const term = fc.oneof(
  { weight: 5, arbitrary: fc.string({ unit, maxLength: 3 }) },
  fc.string({ minLength: 1, maxLength: 2, unit: fc.integer({ min: 0x4e00, max: 0x9fff }).map((code) => String.fromCharCode(code)) }),
);

describe('term numbers', () => {
  it('are given in the order terms come, each term its own, however many there are', () => {
    fc.assert(
      fc.property(fc.array(term, { maxLength: 400 }), (terms) => {
        const numbers = new TermNumbers();
        const expected = new Map<string, number>();
        for (const one of terms) {
          if (!expected.has(one)) expected.set(one, expected.size);
          expect(numbers.numberOf(one)).toBe(expected.get(one));
        }
        expect(numbers.size).toBe(expected.size);
        expect([...numbers.toMap()]).toEqual([...expected]);
      }),
    );
  });

  it('stay the same when the table grows', () => {
    const numbers = new TermNumbers();
    const pairs = Array.from({ length: 20_000 }, (_, at) => String.fromCharCode(0x4e00 + (at % 300), 0x4e00 + Math.floor(at / 300)));
    pairs.forEach((pair, at) => expect(numbers.numberOf(pair)).toBe(at));
    pairs.forEach((pair, at) => expect(numbers.numberOf(pair)).toBe(at));
  });
});

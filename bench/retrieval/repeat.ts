import { seededRandom } from '../../test/support/random.ts';
import type { Passage } from './passage.ts';

/** Share of the clauses of a copy that come from elsewhere. */
const EXCHANGED = 0.25;
const SEED = 20_240_101;

/**
 * The passages, then copies of them until there are `times` as many: a corpus of any size to measure growth with, the same every time. In a copy
 * one clause in four is replaced by as long a piece of another passage, so that no two are alike and the terms are those of real text. Made one by
 * one: the copies need no memory.
 */
export function* repeated(passages: readonly Passage[], times: number): Generator<Passage> {
  yield* passages;
  const random = seededRandom(SEED);
  const somePiece = (length: number): string => {
    const { text } = passages[Math.floor(random() * passages.length)]!;
    const start = Math.floor(random() * Math.max(1, text.length - length));
    return text.slice(start, start + length);
  };
  for (let copy = 1; copy < times; copy++) {
    for (const { id, title, text } of passages) {
      const clauses = text.match(/[^，。；！？\n]*[，。；！？\n]?/g) ?? [];
      const changed = clauses.map((clause) => (clause !== '' && random() < EXCHANGED ? somePiece(clause.length) : clause));
      // In front, because what stands before a # names the document.
      yield { id: `copy${copy}~${id}`, title, text: changed.join('') };
    }
  }
}

import { comparable } from '../../../src/text/tokens.ts';
import type { Passage } from '../passage.ts';
import { ChunkedList } from './chunked.ts';
import type { Engine, Searcher } from './engine.ts';
import { bodyOf, loadWords, wordsAndBigramsOf } from './tokens.ts';

/** The usual values, not fitted to anything. */
const K1 = 1.2;
const B = 0.75;
const MOST_COUNTED = 255;

/** Passages by term, those of term t from starts[t] to starts[t + 1], in the order they came. */
interface Postings {
  readonly ids: readonly string[];
  readonly terms: ReadonlyMap<string, number>;
  readonly starts: Uint32Array;
  readonly documents: Uint32Array;
  readonly frequencies: Uint8Array;
  /** Of each passage the part of the saturation that depends on its length. */
  readonly norms: Float32Array;
}

/** Plain BM25 over jieba words and bigrams of title and text as one field; the baseline. Its postings are typed arrays. */
export const bm25: Engine = {
  prepare: loadWords,
  build: (passages) => searcherOf(buildPostings(passages)),
};

function buildPostings(passages: Iterable<Passage>): Postings {
  const ids: string[] = [];
  const terms = new Map<string, number>();
  const counts: number[] = [];
  const lengths: number[] = [];
  const distinct: number[] = [];
  // By passage first: every distinct term of the passage and how often it stands there.
  const seenTerms = new ChunkedList((length) => new Uint32Array(length));
  const seenTimes = new ChunkedList((length) => new Uint8Array(length));

  for (const passage of passages) {
    ids.push(passage.id);
    const tokens = wordsAndBigramsOf(bodyOf(passage));
    const times = new Map<number, number>();
    for (const token of tokens) {
      let term = terms.get(token);
      if (term === undefined) {
        term = terms.size;
        terms.set(token, term);
        counts.push(0);
      }
      times.set(term, (times.get(term) ?? 0) + 1);
    }
    for (const [term, frequency] of times) {
      seenTerms.push(term);
      seenTimes.push(Math.min(frequency, MOST_COUNTED));
      counts[term]!++;
    }
    lengths.push(tokens.length);
    distinct.push(times.size);
  }

  const starts = new Uint32Array(terms.size + 1);
  for (let term = 0; term < terms.size; term++) starts[term + 1] = starts[term]! + counts[term]!;
  const next = starts.slice(0, -1);
  const documents = new Uint32Array(seenTerms.length);
  const frequencies = new Uint8Array(seenTerms.length);
  let from = 0;
  for (let document = 0; document < ids.length; document++) {
    const to = from + distinct[document]!;
    for (let at = from; at < to; at++) {
      const place = next[seenTerms.at(at)]!++;
      documents[place] = document;
      frequencies[place] = seenTimes.at(at);
    }
    from = to;
  }
  const average = lengths.reduce((sum, length) => sum + length, 0) / lengths.length || 1;
  const norms = Float32Array.from(lengths, (length) => K1 * (1 - B + (B * length) / average));
  return { ids, terms, starts, documents, frequencies, norms };
}

function searcherOf({ ids, terms, starts, documents, frequencies, norms }: Postings): Searcher {
  const scores = new Float64Array(ids.length);
  return {
    search(question, depth) {
      scores.fill(0);
      // A term said twice counts twice.
      for (const token of wordsAndBigramsOf(comparable(question))) {
        const term = terms.get(token);
        if (term === undefined) continue;
        const [from, to] = [starts[term]!, starts[term + 1]!];
        const idf = Math.log(1 + (ids.length - (to - from) + 0.5) / (to - from + 0.5));
        for (let at = from; at < to; at++) {
          const document = documents[at]!;
          const frequency = frequencies[at]!;
          scores[document]! += (idf * (K1 + 1) * frequency) / (frequency + norms[document]!);
        }
      }
      return bestOf(scores, depth).map((document) => ids[document]!);
    },
  };
}

/** The numbers of the `depth` highest scores above zero, the highest first, of equals the first. */
export function bestOf(scores: Float64Array, depth: number): number[] {
  const best: number[] = [];
  let least = 0;
  for (let document = 0; document < scores.length; document++) {
    const score = scores[document]!;
    if (score <= least) continue;
    let place = best.length;
    while (place > 0 && scores[best[place - 1]!]! < score) place--;
    best.splice(place, 0, document);
    if (best.length > depth) best.pop();
    if (best.length === depth) least = scores[best.at(-1)!]!;
  }
  return best;
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IndexBuilder, InvertedIndex } from '../../src/search/inverted-index.ts';
import { pack, packSegment, packStrings, unpack, unpackSegment } from '../../src/search/snapshot.ts';

/** The same cases in every run. */
fc.configureGlobal({ seed: 20_240_101 });

const FIELDS = {
  title: { weight: 2, bm25: { k1: 0.6, b: 0.3 } },
  text: { weight: 1, bm25: { k1: 1.2, b: 0.75 } },
} as const;
const NAMES = ['title', 'text'] as const;
const TERMS = ['甲', '乙乙', 'abc', '丁', 'é'];

const tokens = fc.array(fc.constantFrom(...TERMS), { maxLength: 8 });
const texts = fc.array(fc.record({ title: tokens, text: tokens }), { maxLength: 12 });

function indexOf(documents: readonly Readonly<Record<'title' | 'text', readonly string[]>>[]) {
  const builder = new IndexBuilder(FIELDS);
  for (const document of documents) builder.add(document);
  return builder.build();
}

describe('a snapshot', () => {
  it('gives back an index that finds the same', () => {
    fc.assert(
      fc.property(texts, texts, (documents, later) => {
        const index = indexOf(documents).with({ add: later, remove: [0] });
        const { segments, removed } = index.contents;
        const packed = pack(new Map(segments.flatMap((segment, at) => packSegment(`part${at}`, segment))));
        const chunks = unpack(packed)!;
        const read = segments.map((_, at) => unpackSegment(`part${at}`, NAMES, chunks)!);
        const again = InvertedIndex.of(FIELDS, read, removed);
        const query = NAMES.flatMap((field) => TERMS.map((term) => ({ field, term, weight: 1 })));
        expect(again.search(query, 30)).toEqual(index.search(query, 30));
        expect(again.size).toBe(index.size);
      }),
    );
  });

  it('is not taken when any of its bytes is changed, missing or added', () => {
    const packed = pack(new Map(packSegment('part', indexOf([{ title: ['甲'], text: ['乙乙', '甲'] }]).contents.segments[0]!)));
    expect(unpack(packed)).not.toBeNull();
    fc.assert(
      fc.property(fc.nat(packed.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = Uint8Array.from(packed);
        damaged[at]! ^= change;
        expect(unpack(damaged)).toBeNull();
        expect(unpack(Uint8Array.from(packed.subarray(0, at)))).toBeNull();
      }),
    );
    expect(unpack(Uint8Array.from([...packed, 0]))).toBeNull();
  });

  it('reads from any place in a larger buffer', () => {
    const packed = pack(new Map(packSegment('part', indexOf([{ title: ['甲'], text: [] }]).contents.segments[0]!)));
    const shifted = new Uint8Array(packed.length + 3);
    shifted.set(packed, 3);
    expect(unpackSegment('part', NAMES, unpack(shifted.subarray(3))!)?.fields.title.terms.get('甲')).toBe(0);
  });

  it('has no segment under another name or with other fields', () => {
    const chunks = unpack(pack(new Map(packSegment('part', indexOf([]).contents.segments[0]!))))!;
    expect(unpackSegment('other', NAMES, chunks)).toBeNull();
    expect(unpackSegment('part', ['title', 'body'], chunks)).toBeNull();
  });

  it('refuses terms with line ends', () => {
    expect(() => packStrings(['甲', '乙\n丙'])).toThrow(RangeError);
  });
});

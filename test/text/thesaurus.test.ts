import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise } from '../../src/text/normalise.ts';
import { type ConceptMatch, createThesaurus, type ThesaurusGroup } from '../../src/text/thesaurus.ts';

/** The same cases in every run. */
fc.configureGlobal({ seed: 20_240_101 });

const place = ({ concept, start, end }: ConceptMatch): string => `${start}-${end}:${concept}`;

/** Every phrase of every group, looked for at every place. */
function allPlaces(groups: readonly ThesaurusGroup[], text: string): Set<string> {
  const found = new Set<string>();
  groups.forEach(({ official, colloquial, ambiguous }, concept) => {
    for (const phrase of [...official, ...colloquial, ...ambiguous].map(normalise).filter(({ length }) => length >= 2)) {
      for (let start = 0; start + phrase.length <= text.length; start++) {
        if (text.startsWith(phrase, start)) found.add(`${start}-${start + phrase.length}:${concept}`);
      }
    }
  });
  return found;
}

/** Longest first, then leftmost; a place goes only if nothing taken overlaps it, and all concepts of a place go together. */
function longestPlaces(groups: readonly ThesaurusGroup[], text: string): Set<string> {
  const spans = [...new Set([...allPlaces(groups, text)].map((found) => found.split(':')[0]!))]
    .map((span) => span.split('-').map(Number) as [number, number])
    .sort((a, b) => b[1] - b[0] - (a[1] - a[0]) || a[0] - b[0]);
  const taken: [number, number][] = [];
  for (const span of spans) if (taken.every(([start, end]) => span[1] <= start || span[0] >= end)) taken.push(span);
  const isTaken = new Set(taken.map(([start, end]) => `${start}-${end}`));
  return new Set([...allPlaces(groups, text)].filter((found) => isTaken.has(found.split(':')[0]!)));
}

const phrase = fc.string({ unit: fc.constantFrom('甲', '乙', '丙', 'a'), minLength: 1, maxLength: 4 });
const phrases = fc.uniqueArray(phrase, { maxLength: 3 });
const group = fc.record({ official: phrases, colloquial: phrases, ambiguous: phrases });
const text = fc.string({ unit: fc.constantFrom('甲', '乙', '丙', 'a', '丁'), maxLength: 14 });

describe('a thesaurus', () => {
  it('finds every phrase of every group wherever it stands', () => {
    fc.assert(
      fc.property(fc.array(group, { maxLength: 5 }), text, (groups, text) => {
        const thesaurus = createThesaurus(groups);
        const matches = thesaurus.allMatches(text);
        expect(new Set(matches.map(place))).toEqual(allPlaces(groups, text));
        expect(thesaurus.concepts(text)).toEqual(matches.map(({ concept }) => concept));
      }),
    );
  });

  it('finds the longest phrases, none over another', () => {
    fc.assert(
      fc.property(fc.array(group, { maxLength: 5 }), text, (groups, text) => {
        const matches = createThesaurus(groups).longestMatches(text);
        expect(new Set(matches.map(place))).toEqual(longestPlaces(groups, text));
        expect(matches.map(({ start }) => start)).toEqual(matches.map(({ start }) => start).sort((a, b) => a - b));
      }),
    );
  });

  const thesaurus = createThesaurus([
    { official: ['技改贷', '技术改造贷款'], colloquial: ['买机器贷款'], ambiguous: ['设备'] },
    { official: ['贷款'], colloquial: ['借钱'], ambiguous: ['周转'] },
    { official: ['甲乙'], colloquial: [], ambiguous: [] },
    { official: [], colloquial: ['周转', '甲乙'], ambiguous: [] },
    { official: [], colloquial: ['甲乙'], ambiguous: [] },
  ]);

  it('reads 买机器贷款 as one concept in a question, and as two in a text', () => {
    expect(thesaurus.longestMatches('买机器贷款').map(({ concept }) => concept)).toEqual([0]);
    expect(thesaurus.allMatches('买机器贷款').map(({ concept }) => concept)).toEqual([0, 1]);
  });

  it('tells official, colloquial and ambiguous phrases apart', () => {
    const [official] = thesaurus.allMatches('技改贷');
    const [colloquial] = thesaurus.allMatches('借钱');
    const [ambiguous] = thesaurus.allMatches('设备');
    expect([official!.isOfficial, official!.isAmbiguous]).toEqual([true, false]);
    expect([colloquial!.isOfficial, colloquial!.isAmbiguous]).toEqual([false, false]);
    expect([ambiguous!.isOfficial, ambiguous!.isAmbiguous]).toEqual([false, true]);
  });

  it('keeps a phrase of two groups for both, and holds it ambiguous from three groups on', () => {
    expect(thesaurus.allMatches('周转').map(({ concept, isAmbiguous }) => [concept, isAmbiguous])).toEqual([
      [1, true],
      [3, false],
    ]);
    expect(thesaurus.allMatches('甲乙').map(({ isAmbiguous }) => isAmbiguous)).toEqual([true, true, true]);
  });

  it('compares phrases in their normalised form', () => {
    expect(createThesaurus([{ official: ['ＲＣＥＰ'], colloquial: [], ambiguous: [] }]).allMatches('用rcep')).toHaveLength(1);
  });
});

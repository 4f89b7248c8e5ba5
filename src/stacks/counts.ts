import type { SectionField } from '../answering/indexes.ts';
import type { Query } from '../answering/query.ts';
import type { CollectionCounts, FieldCounts } from '../search/inverted-index.ts';
import type { Thesaurus } from '../text/thesaurus.ts';
import { conceptName } from './shelve.ts';
import { type Collection, COUNTED_KINDS, type CountedKind, type StackStore } from './store.ts';
import type { Expansion, Rarity } from './wanted.ts';

/** What all collections count together, as far as it was asked for. */
export interface Counts extends Rarity {
  /** Pairs of characters in a section, on average. */
  readonly averageLength: number;
  /** Looks up how rare the terms of a question are, those not known yet. */
  learn(query: Query, expansions: readonly Expansion[], thesaurus: Thesaurus): Promise<void>;
  /** The counts as an index takes them. Terms not learnt count as unknown. */
  over(thesaurus: Thesaurus): CollectionCounts<SectionField>;
}

/** A collection that another process puts in is found after so long. */
const FRESH_MS = 5_000;
const REMEMBERED_TERMS = 100_000;

const FIELDS: Readonly<Partial<Record<SectionField, CountedKind>>> = {
  textWords: 'words',
  textBigrams: 'bigrams',
  textCharacters: 'characters',
  textConcepts: 'concepts',
};

/** @param now epoch milliseconds */
export function createCounts(store: Pick<StackStore, 'collections' | 'frequencies'>, now: () => number) {
  let known: { readonly atMs: number; readonly version: string; readonly counts: Counts } | null = null;
  return {
    /** The counts of the collections there are. @throws {AppError} `STORE_UNAVAILABLE` */
    async current(): Promise<Counts> {
      if (known && now() - known.atMs < FRESH_MS) return known.counts;
      const collections = await store.collections();
      const version = JSON.stringify(collections);
      known = { atMs: now(), version, counts: known?.version === version ? known.counts : countsOf(collections, store) };
      return known.counts;
    },
  };
}

function countsOf(collections: readonly Collection[], store: Pick<StackStore, 'frequencies'>): Counts {
  const frequencies = new Map<string, number>();
  const keyOf = (kind: CountedKind, term: string): string => `${kind} ${term}`;
  const frequency = (kind: CountedKind, term: string): number => frequencies.get(keyOf(kind, term)) ?? 0;
  const sections = collections.reduce((sum, collection) => sum + collection.sections, 0);
  const totals = Object.fromEntries(
    COUNTED_KINDS.map((kind): [CountedKind, FieldCounts] => [
      kind,
      {
        filled: collections.reduce((sum, { counts }) => sum + counts[kind].filled, 0),
        tokens: collections.reduce((sum, { counts }) => sum + counts[kind].tokens, 0),
      },
    ]),
  ) as Record<CountedKind, FieldCounts>;
  return {
    sections,
    averageLength: totals.bigrams.tokens / (totals.bigrams.filled || 1),
    frequency,
    async learn({ words, bigrams, characters, concepts }, expansions, thesaurus) {
      const wanted: (readonly [CountedKind, string])[] = [
        ...[...words.keys(), ...expansions.flatMap((expansion) => expansion.words)].map((term) => ['words', term] as const),
        ...Array.from(bigrams.keys(), (term) => ['bigrams', term] as const),
        ...Array.from(characters.keys(), (term) => ['characters', term] as const),
        ...[...concepts.keys()].flatMap((token) => {
          const name = conceptName(thesaurus, token);
          return name === null ? [] : [['concepts', name] as const];
        }),
      ];
      if (frequencies.size > REMEMBERED_TERMS) frequencies.clear();
      const unknown = wanted.filter(([kind, term]) => !frequencies.has(keyOf(kind, term)));
      const found = await store.frequencies(unknown);
      for (const [at, [kind, term]] of unknown.entries()) frequencies.set(keyOf(kind, term), found[at]!);
    },
    over: (thesaurus) => ({
      documents: sections,
      fields: Object.fromEntries(Object.entries(FIELDS).map(([field, kind]) => [field, totals[kind]])),
      frequency(field, term) {
        const kind = FIELDS[field];
        if (kind === undefined) return 0;
        const name = kind === 'concepts' ? conceptName(thesaurus, term) : term;
        return name === null ? 0 : frequency(kind, name);
      },
    }),
  };
}

import { createAnswerer, type Answerer, type Context } from '../answering/answerer.ts';
import { enlargeCorpus } from '../answering/enlarge.ts';
import { SECTION_FIELDS, type SectionField } from '../answering/indexes.ts';
import { createQuery, type Query } from '../answering/query.ts';
import { createSectionReader, type SectionTokens } from '../answering/section-tokens.ts';
import type { AnsweringState } from '../answering/state.ts';
import { understand } from '../answering/understand.ts';
import type { Log } from '../domain/log.ts';
import type { LibraryRecord, Section } from '../domain/record.ts';
import type { CollectionCounts } from '../search/inverted-index.ts';
import { comparable, conceptToken, termsOf } from '../text/tokens.ts';
import { createCounts } from './counts.ts';
import type { Found, StackStore } from './store.ts';
import { type Expansion, wantedOf } from './wanted.ts';

/** The library in service, widened question by question with what a collection in the stacks holds on it. */
export interface Stacks {
  /** What to answer a question from when the library alone has no answer; null when the stacks hold nothing on it, or cannot be reached. */
  stateOn(question: string, context: Context | null): Promise<AnsweringState | null>;
  /** The same as an answerer. */
  on(question: string, context: Context | null): Promise<Answerer | null>;
  /** One that has this section of a document in the stacks; null when there is none, or it cannot be reached. */
  holding(documentId: string, number: number): Promise<Answerer | null>;
}

export interface StacksOptions {
  readonly store: StackStore;
  /** The library in service. */
  readonly state: () => AnsweringState;
  readonly log: Pick<Log, 'warn'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Sections ranked with those of the library. */
const FETCHED = 60;
/** Of what a single term finds, so many sections are looked at: beyond, its order is chance anyway. */
const LOOKED_AT = 1_500;
/** Sections that were read for one question are at hand for the next ones. */
const REMEMBERED = 1_000;

export function createStacks({ store, state, log, now }: StacksOptions): Stacks {
  const counts = createCounts(store, now);
  const read = rememberedReader();

  const fetch = async (question: string, context: Context | null, from: AnsweringState): Promise<AnsweringState | null> => {
    const { corpus, today } = from;
    const collections = await counts.current();
    if (collections.sections === 0) return null;
    const texts = [question, ...(context ? [context.question] : [])].flatMap((text) => [comparable(text), understand(text, corpus).text]);
    const query = queryOf([...new Set(texts)].map((text) => createQuery(text, corpus)));
    const expansions = expansionsOf(query, from);
    await collections.learn(query, expansions, corpus.thesaurus);
    const { bm25 } = SECTION_FIELDS.textBigrams;
    const found = await store.find({
      wanted: wantedOf(query, expansions, collections),
      constant: bm25.k1 * (1 - bm25.b),
      perPair: (bm25.k1 * bm25.b) / (collections.averageLength || 1),
      limit: FETCHED,
      lookedAt: LOOKED_AT,
      today,
    });
    return found.length === 0 ? null : widened(from, found, collections.over(corpus.thesaurus));
  };

  const widened = (from: AnsweringState, found: readonly Found[], whole: CollectionCounts<SectionField>): AnsweringState => ({
    ...from,
    corpus: enlargeCorpus(from.corpus, { records: recordsOf(found), tokensOf: read(from.corpus.thesaurus), whole }),
  });

  const orNull = async <Result>(work: () => Promise<Result | null>): Promise<Result | null> => {
    try {
      return await work();
    } catch (error) {
      log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'the stacks were not searched');
      return null;
    }
  };
  const answererOf = (wide: AnsweringState | null): Answerer | null => wide && createAnswerer(() => wide);
  const stateOn: Stacks['stateOn'] = (question, context) => orNull(() => fetch(question, context, state()));

  return {
    stateOn,
    on: async (question, context) => answererOf(await stateOn(question, context)),
    holding: async (documentId, number) =>
      answererOf(
        await orNull(async () => {
          const found = await store.section(documentId, number);
          const { corpus } = state();
          return found && widened(state(), [found], (await counts.current()).over(corpus.thesaurus));
        }),
      ),
  };
}

/** Several readings of a question as one: each term with its highest weight. */
function queryOf(queries: readonly Query[]): Query {
  const merged = (kind: 'words' | 'bigrams' | 'characters' | 'concepts'): Map<string, number> => {
    const all = new Map<string, number>();
    for (const query of queries) for (const [term, weight] of query[kind]) all.set(term, Math.max(all.get(term) ?? 0, weight));
    return all;
  };
  return {
    text: queries[0]!.text,
    words: merged('words'),
    bigrams: merged('bigrams'),
    characters: merged('characters'),
    concepts: merged('concepts'),
  };
}

/** What official texts call the things a question speaks of. */
function expansionsOf({ concepts, words }: Query, { corpus: { thesaurus } }: AnsweringState): Expansion[] {
  return [...concepts.keys()].flatMap((token) =>
    thesaurus.groups[Number(token.slice(conceptToken(0).length - 1))]!.official.map((phrase) => ({
      words: [...new Set(termsOf(comparable(phrase)).words)],
    })).filter((expansion) => expansion.words.some((word) => !words.has(word))),
  );
}

/** Sections by their records. */
function recordsOf(found: readonly Found[]): LibraryRecord[] {
  const records = new Map<string, { readonly record: LibraryRecord; readonly sections: Section[] }>();
  for (const { section, record } of found) {
    const known = records.get(record.id);
    if (known) known.sections.push(section);
    else records.set(record.id, { record, sections: [section] });
  }
  return Array.from(records.values(), ({ record, sections }) => ({ ...record, sections: sections.sort((a, b) => a.number - b.number) }));
}

/** Reads sections, each once while it is remembered; all anew when the thesaurus is another. */
function rememberedReader() {
  let reading: { readonly thesaurus: object; readonly known: Map<string, SectionTokens> } | null = null;
  return (thesaurus: Parameters<typeof createSectionReader>[0]) => {
    if (reading?.thesaurus !== thesaurus) reading = { thesaurus, known: new Map() };
    const { known } = reading;
    const readNew = createSectionReader(thesaurus);
    return (section: Section, record: LibraryRecord): SectionTokens => {
      let tokens = known.get(section.id);
      if (!tokens) {
        tokens = readNew(section, record);
        if (known.size >= REMEMBERED) known.delete(known.keys().next().value!);
        known.set(section.id, tokens);
      }
      return tokens;
    };
  };
}

import type { LibraryRecord, Section } from '../domain/record.ts';

/** Kinds of term that are counted over a collection. */
export const COUNTED_KINDS = ['words', 'bigrams', 'characters', 'concepts'] as const;
export type CountedKind = (typeof COUNTED_KINDS)[number];

/** By kind: sections that have such terms at all, and how many of them they have together. */
export type KindCounts = Readonly<Record<CountedKind, { readonly filled: number; readonly tokens: number }>>;

/** A collection of texts too large to be kept in memory, e.g. the statutes of a country. */
export interface Collection {
  /** Short slug, `[a-z0-9-]{1,24}`. */
  readonly name: string;
  /** As people would call it. */
  readonly title: string;
  readonly documents: number;
  readonly sections: number;
  readonly counts: KindCounts;
  readonly addedAtMs: number;
}

/** A section on its way into a collection. */
export interface Shelved {
  readonly section: Section;
  /** The record it belongs to, without sections. */
  readonly record: LibraryRecord;
  /** The words and pairs of characters it is found by, each once. */
  readonly lexemes: readonly string[];
  /** Pairs of characters in all: how long it is. */
  readonly length: number;
}

/** A kind of term, a term, and in how many sections it stands. */
export type TermCount = readonly [kind: CountedKind, term: string, sections: number];

/** Something to look for: lexemes that all have to stand in a section, and what that says. */
export interface Wanted {
  readonly lexemes: readonly string[];
  readonly value: number;
}

export interface Search {
  readonly wanted: readonly Wanted[];
  /** A section of `length` pairs is worth value / (1 + `constant` + `perPair` × length). */
  readonly constant: number;
  readonly perPair: number;
  /** Sections wanted at most, best first. */
  readonly limit: number;
  /** Of what a single `Wanted` finds, at most so many are looked at. */
  readonly lookedAt: number;
  /** ISO date: what is not in force that day is not found. Empty: everything is. */
  readonly today: string;
}

/** A section and the record it belongs to, which holds no sections. */
export interface Found {
  readonly section: Section;
  readonly record: LibraryRecord;
}

/** Puts one collection in. Nothing of it is found before `finish` has resolved; then all of it is. */
export interface CollectionLoader {
  add(sections: readonly Shelved[]): Promise<void>;
  /** Indexes and opens it to readers. @throws {AppError} `STORE_UNAVAILABLE` */
  finish(collection: Collection, terms: Iterable<TermCount>): Promise<void>;
  /** Leaves nothing behind. */
  abandon(): Promise<void>;
}

/** Where collections are kept. Every method throws `STORE_UNAVAILABLE` when the database does not answer in time. */
export interface StackStore {
  collections(): Promise<readonly Collection[]>;
  find(search: Search): Promise<readonly Found[]>;
  /** In how many sections of all collections each term stands, in the order asked. */
  frequencies(terms: readonly (readonly [kind: CountedKind, term: string])[]): Promise<readonly number[]>;
  /** One section of a document; null when there is none. */
  section(documentId: string, number: number): Promise<Found | null>;
  /** A collection of the same name is there until `finish`. */
  load(name: string): Promise<CollectionLoader>;
  /** Whether there was one. */
  remove(name: string): Promise<boolean>;
}

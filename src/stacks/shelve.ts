import { NO_FACTS } from '../domain/policy-facts.ts';
import type { LibraryRecord, Section } from '../domain/record.ts';
import { createSectionReader, type SectionTokens } from '../answering/section-tokens.ts';
import { sectionDocument } from '../answering/indexes.ts';
import { sentenceSpans } from '../text/sentences.ts';
import type { Thesaurus } from '../text/thesaurus.ts';
import type { StackDocument } from './document.ts';
import { COUNTED_KINDS, type CountedKind, type KindCounts, type Shelved, type TermCount } from './store.ts';

/** The kind of term of a concept is named by the first of its official phrases: numbers change with the thesaurus. */
export const conceptName = (thesaurus: Thesaurus, token: string): string | null =>
  thesaurus.groups[Number(token.slice(1))]?.official[0] ?? null;

/** Reads documents for a collection, and counts their terms on the way. */
export class Shelver {
  readonly #thesaurus: Thesaurus;
  readonly #read: (section: Section, record: LibraryRecord) => SectionTokens;
  readonly #terms = { words: new Map(), bigrams: new Map(), characters: new Map(), concepts: new Map() } as Record<
    CountedKind,
    Map<string, number>
  >;
  readonly #counts = Object.fromEntries(COUNTED_KINDS.map((kind) => [kind, { filled: 0, tokens: 0 }])) as Record<
    CountedKind,
    { filled: number; tokens: number }
  >;

  constructor(thesaurus: Thesaurus) {
    this.#thesaurus = thesaurus;
    this.#read = createSectionReader(thesaurus);
  }

  /** @param id of the document in the house, `[a-z0-9-]{1,40}` */
  shelve(document: StackDocument, id: string): Shelved[] {
    const { sections, ...about } = document;
    const record: LibraryRecord = { ...NOTHING_SAID, ...about, id, kind: 'policy', facts: NO_FACTS, sections: [] };
    return sections.map(({ title, text }, at): Shelved => {
      const number = at + 1;
      const section: Section = {
        id: `${id}#${number}`,
        documentId: id,
        number,
        title,
        part: null,
        text,
        sentences: sentenceSpans(text),
        categories: [],
        tags: [],
        questions: [],
        page: null,
      };
      const terms = sectionDocument(this.#read(section, record));
      const concepts = terms.textConcepts.flatMap((token) => conceptName(this.#thesaurus, token) ?? []);
      const byKind = { words: terms.textWords, bigrams: terms.textBigrams, characters: terms.textCharacters, concepts };
      for (const kind of COUNTED_KINDS) this.#count(kind, byKind[kind]);
      return { section, record, lexemes: [...new Set([...byKind.words, ...byKind.bigrams])], length: byKind.bigrams.length };
    });
  }

  get counts(): KindCounts {
    return this.#counts;
  }

  *terms(): Generator<TermCount> {
    for (const kind of COUNTED_KINDS) for (const [term, sections] of this.#terms[kind]) yield [kind, term, sections];
  }

  #count(kind: CountedKind, tokens: readonly string[]): void {
    if (tokens.length === 0) return;
    this.#counts[kind].filled++;
    this.#counts[kind].tokens += tokens.length;
    const known = this.#terms[kind];
    for (const term of new Set(tokens)) known.set(term, (known.get(term) ?? 0) + 1);
  }
}

const NOTHING_SAID = {
  year: null,
  supersedes: [],
  supersededBy: null,
  verifiedOn: null,
  verifiedBy: null,
  derivedFrom: [],
  revision: null,
  publishedOn: null,
  tags: [],
};

import { fileURLToPath } from 'node:url';
import { buildCorpus, type Corpus, type Knowledge } from '../../../src/answering/corpus.ts';
import { NO_FACTS } from '../../../src/domain/policy-facts.ts';
import type { LibraryRecord, Section } from '../../../src/domain/record.ts';
import { readLibrary } from '../../../src/knowledge/library.ts';
import { sentenceSpans } from '../../../src/text/sentences.ts';
import { documentOf, type Passage } from '../passage.ts';
import { loadWords } from './tokens.ts';

const KNOWLEDGE = fileURLToPath(new URL('../../../knowledge', import.meta.url));

/** Of the shipped library only what is general: the thesaurus and the English terms, neither its records nor its lexicon. */
let general: Pick<Knowledge, 'thesaurus' | 'english'> | null = null;

export async function prepareWence(): Promise<void> {
  loadWords();
  const { thesaurus, english } = await readLibrary(KNOWLEDGE);
  general = { thesaurus, english };
}

export function generalLanguage(): Pick<Knowledge, 'thesaurus' | 'english'> {
  if (!general) throw new Error('Expected prepareWence() before');
  return general;
}

/** Indexes passages as the product would; `passageIds` gives the passage of a section's id. */
export function indexed(passages: Iterable<Passage>): { readonly corpus: Corpus; readonly passageIds: ReadonlyMap<string, string> } {
  const { records, passageIds } = recordsOf(passages);
  return { corpus: buildCorpus({ records, lexicon: [], ...generalLanguage() }), passageIds };
}

/** Passages as a library: those of one document are its sections, others are a document each. Ids are our own: those of a library are short slugs. */
function recordsOf(passages: Iterable<Passage>): { records: LibraryRecord[]; passageIds: Map<string, string> } {
  const sections = new Map<string, { title: string; sections: Section[] }>();
  const passageIds = new Map<string, string>();
  for (const { id, title, text } of passages) {
    const key = documentOf(id) ?? id;
    let document = sections.get(key);
    if (!document) sections.set(key, (document = { title, sections: [] }));
    const documentId = document.sections[0]?.documentId ?? `d${sections.size}`;
    const number = document.sections.length + 1;
    const sectionId = `${documentId}#${number}`;
    passageIds.set(sectionId, id);
    document.sections.push({
      id: sectionId,
      documentId,
      number,
      title,
      part: null,
      text,
      sentences: sentenceSpans(text),
      categories: [],
      tags: [],
      questions: [],
      page: null,
    });
  }
  const records = [...sections.values()].map(
    (document): LibraryRecord => ({
      kind: 'policy',
      id: document.sections[0]!.documentId,
      title: document.title,
      issuingBody: null,
      documentNumber: null,
      year: null,
      issuedOn: null,
      effectiveOn: null,
      expiresOn: null,
      url: null,
      supersedes: [],
      supersededBy: null,
      verifiedOn: null,
      verifiedBy: null,
      derivedFrom: [],
      revision: null,
      publishedOn: null,
      facts: NO_FACTS,
      category: 'approval',
      tags: [],
      sections: document.sections,
    }),
  );
  return { records, passageIds };
}

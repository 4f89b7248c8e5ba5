import { fileURLToPath } from 'node:url';
import { buildCorpus, type Knowledge } from '../../../src/answering/corpus.ts';
import { packCorpus, unpackCorpus } from '../../../src/answering/corpus-snapshot.ts';
import { createQuery } from '../../../src/answering/query.ts';
import { retrieve } from '../../../src/answering/retrieve.ts';
import type { LibraryRecord, Section } from '../../../src/domain/record.ts';
import { readLibrary } from '../../../src/knowledge/library.ts';
import { sentenceSpans } from '../../../src/text/sentences.ts';
import { comparable } from '../../../src/text/tokens.ts';
import { documentOf, type Passage } from '../passage.ts';
import type { Engine } from './engine.ts';
import { loadWords } from './tokens.ts';

const KNOWLEDGE = fileURLToPath(new URL('../../../knowledge', import.meta.url));

const KEY = 'benchmark';

/** Of the shipped library only what is general: the thesaurus and the English terms, neither its records nor its lexicon. */
let general: Pick<Knowledge, 'thesaurus' | 'english'> | null = null;

/** What Wence finds for a question asked by itself: its retrieval and ranking, without the steps that read misspellings and word an answer. */
export const wence: Engine = {
  async prepare() {
    loadWords();
    const { thesaurus, english } = await readLibrary(KNOWLEDGE);
    general = { thesaurus, english };
  },
  build(passages) {
    if (!general) throw new Error('Expected prepare() before build()');
    const { records, passageIds } = recordsOf(passages);
    const corpus = buildCorpus({ records, lexicon: [], ...general });
    return {
      search: (question, depth) =>
        retrieve(createQuery(comparable(question), corpus), corpus)
          .slice(0, depth)
          .map(({ section }) => passageIds.get(corpus.sectionAt(section).id)!),
      snapshot() {
        const startMs = performance.now();
        const packed = packCorpus(corpus, KEY)!;
        const savedMs = performance.now();
        if (!unpackCorpus(corpus.knowledge, packed, KEY)) throw new Error('Expected the snapshot just made to be read again');
        return { bytes: packed.length, saveMs: savedMs - startMs, loadMs: performance.now() - savedMs };
      },
    };
  },
};

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
      category: 'approval',
      tags: [],
      sections: document.sections,
    }),
  );
  return { records, passageIds };
}

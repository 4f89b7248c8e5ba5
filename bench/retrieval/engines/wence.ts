import { packCorpus, unpackCorpus } from '../../../src/answering/corpus-snapshot.ts';
import { createQuery } from '../../../src/answering/query.ts';
import { retrieve } from '../../../src/answering/retrieve.ts';
import { comparable } from '../../../src/text/tokens.ts';
import type { Engine } from './engine.ts';
import { indexed, prepareWence } from './passage-library.ts';

const KEY = 'benchmark';

/** What Wence finds for a question asked by itself: its retrieval and ranking, without the steps that read misspellings and word an answer. */
export const wence: Engine = {
  prepare: prepareWence,
  build(passages) {
    const { corpus, passageIds } = indexed(passages);
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

import MiniSearch from 'minisearch';
import { comparable } from '../../../src/text/tokens.ts';
import type { Engine } from './engine.ts';
import { bodyOf, loadWords, wordsAndBigramsOf, wordsOf } from './tokens.ts';

/** MiniSearch as it comes, but for the tokens. */
const miniSearchOver = (tokenize: (text: string) => string[]): Engine => ({
  prepare: loadWords,
  build(passages) {
    const ids: string[] = [];
    // Everything is in normal form already.
    const index = new MiniSearch<{ id: number; body: string }>({ fields: ['body'], tokenize, processTerm: (term) => term });
    for (const passage of passages) index.add({ id: ids.push(passage.id) - 1, body: bodyOf(passage) });
    return {
      search: (question, depth) =>
        index
          .search(comparable(question))
          .slice(0, depth)
          .map(({ id }) => ids[id as number]!),
    };
  },
});

export const miniSearch: Engine = miniSearchOver(wordsOf);
export const miniSearchBigrams: Engine = miniSearchOver(wordsAndBigramsOf);

import Fuse, { type IFuseOptions } from 'fuse.js';
import { comparable } from '../../../src/text/tokens.ts';
import type { Engine } from './engine.ts';
import { bodyOf, loadWords, wordsOf } from './tokens.ts';

const fuseWith = (options: IFuseOptions<string>, prepare?: () => void): Engine => ({
  ...(prepare && { prepare }),
  build(passages) {
    const ids: string[] = [];
    const bodies: string[] = [];
    for (const passage of passages) {
      ids.push(passage.id);
      bodies.push(bodyOf(passage));
    }
    const index = new Fuse(bodies, { ignoreLocation: true, ...options });
    return { search: (question, limit) => index.search(comparable(question), { limit }).map(({ refIndex }) => ids[refIndex]!) };
  },
});

/** fuse.js as it comes: the whole question is sought in the text, wherever it stands. */
export const fuse: Engine = fuseWith({});

/** fuse.js's own token search (each word sought fuzzily, weighted by idf) over jieba words. */
export const fuseTokens: Engine = fuseWith({ useTokenSearch: true, tokenize: wordsOf }, loadWords);

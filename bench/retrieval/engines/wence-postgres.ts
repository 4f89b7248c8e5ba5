import { buildCorpus } from '../../../src/answering/corpus.ts';
import { createQuery } from '../../../src/answering/query.ts';
import { retrieve } from '../../../src/answering/retrieve.ts';
import { allInForce } from '../../../src/answering/state.ts';
import { documentsOf } from '../../../src/stacks/document.ts';
import { loadCollection } from '../../../src/stacks/load.ts';
import { createStacks } from '../../../src/stacks/stacks.ts';
import { openStacks } from '../../../src/storage/stacks/open-stacks.ts';
import { openStore } from '../../../src/storage/open-store.ts';
import { comparable } from '../../../src/text/tokens.ts';
import { createThesaurus } from '../../../src/text/thesaurus.ts';
import { startPostgres } from '../../../test/support/postgres.ts';
import type { Engine } from './engine.ts';
import { generalLanguage, prepareWence } from './passage-library.ts';

const SILENT = { debug() {}, info() {}, warn: (fields: object, text: string) => console.error(text, fields), error() {} };

/** Wence over passages that stay in PostgreSQL: what a question needs is fetched and ranked as always. */
export const wencePostgres: Engine = {
  prepare: prepareWence,
  async build(passages) {
    const postgres = await startPostgres({ shared_buffers: '1GB', max_wal_size: '8GB' });
    if (!postgres) throw new Error('Expected PostgreSQL; see the warning above');
    const url = await postgres.createDatabase();
    // Only for its tables.
    await (await openStore({ kind: 'postgres', url }, { log: SILENT, now: Date.now, newId: () => 'bench' })).close();
    const stacks = openStacks({ url });
    const language = generalLanguage();
    const passageIds = new Map<string, string>();
    const thesaurus = createThesaurus(language.thesaurus);
    const remembered = noting(passages, passageIds);
    await loadCollection(documentsOf(remembered), stacks, { name: 'bench', title: 'bench', thesaurus, nowMs: 0 });
    const state = allInForce(buildCorpus({ records: [], lexicon: [], ...language }));
    const fetched = createStacks({ store: stacks, state: () => state, log: SILENT, now: Date.now });
    return {
      async search(question, depth) {
        const wide = await fetched.stateOn(question, null);
        if (!wide) return [];
        const { corpus } = wide;
        return retrieve(createQuery(comparable(question), corpus), corpus)
          .slice(0, depth)
          .map(({ section }) => passageIds.get(corpus.sectionAt(section).id)!);
      },
      async close() {
        await stacks.close();
        await postgres.stop();
      },
    };
  },
};

/** Passages as lines of a file; notes which section each becomes. */
function* noting(passages: Iterable<{ readonly id: string; readonly title: string; readonly text: string }>, ids: Map<string, string>) {
  let [documents, number, last] = [0, 0, ''];
  for (const { id, title, text } of passages) {
    const key = id.includes('#') ? id.slice(0, id.lastIndexOf('#')) : id;
    if (key !== last) [documents, number, last] = [documents + 1, 0, key];
    ids.set(`bench-${documents.toString(36)}#${++number}`, id);
    yield {
      id,
      title,
      text,
      issuingBody: null,
      documentNumber: null,
      issuedOn: null,
      effectiveOn: null,
      expiresOn: null,
      url: null,
      category: 'approval' as const,
    };
  }
}

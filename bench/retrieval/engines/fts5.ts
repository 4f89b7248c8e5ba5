import Database from 'better-sqlite3';
import { comparable } from '../../../src/text/tokens.ts';
import type { Engine } from './engine.ts';
import { bodyOf, loadWords, wordsOf } from './tokens.ts';

/** SQLite's full-text index in memory, over jieba words joined by spaces; the text itself is not kept in it. */
export const fts5: Engine = {
  prepare: loadWords,
  build(passages) {
    const ids: string[] = [];
    const database = new Database(':memory:');
    database.exec(`CREATE VIRTUAL TABLE passage USING fts5(body, content='', tokenize='unicode61 remove_diacritics 0')`);
    const insert = database.prepare('INSERT INTO passage (rowid, body) VALUES (?, ?)');
    database.exec('BEGIN');
    for (const passage of passages) insert.run(ids.push(passage.id), wordsOf(bodyOf(passage)).join(' '));
    database.exec('COMMIT');
    // `rank` is bm25() with its own weights.
    const select = database.prepare<[string, number], { rowid: number }>(
      'SELECT rowid FROM passage WHERE passage MATCH ? ORDER BY rank LIMIT ?',
    );
    return {
      search(question, depth) {
        const terms = wordsOf(comparable(question)).map((word) => `"${word.replaceAll('"', '""')}"`);
        return terms.length === 0 ? [] : select.all(terms.join(' OR '), depth).map(({ rowid }) => ids[rowid - 1]!);
      },
    };
  },
};

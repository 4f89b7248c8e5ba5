import { AppError } from '../domain/errors.ts';
import type { EditorialStore } from '../knowledge/editorial/store.ts';
import type { Database } from './database.ts';
import { writeChanges } from './editorial-commit.ts';
import type { Calls } from './listeners.ts';
import { libraryVersion, publicationsSince } from './publications.ts';
import { findRevision, revisionsIn, revisionsOf } from './revisions.ts';
import { findText, listTexts } from './texts.ts';

/**
 * The library's texts in a database. Listeners hear of publications of this process after the commit, and of those of other processes as far as
 * they are announced; an announcement may be lost, and SQLite has none. Who must not miss any also asks for `libraryVersion` now and then.
 * @param announce tells the other processes of a publication
 */
export const editorialStore = ({ kind, run, transact }: Database, listeners: Calls, announce: () => void): EditorialStore => ({
  text: (id) => run((db) => findText(db, id)),
  texts: (filter = {}) => run((db) => listTexts(db, filter)),
  revision: (textId, number) => run((db) => findRevision(db, textId, number)),
  revisions: (textId) => run((db) => revisionsOf(db, textId)),
  revisionsIn: (states) => run((db) => revisionsIn(db, states)),
  async commit(changes) {
    try {
      const outcome = await transact((tx) => writeChanges(tx, kind, changes));
      if (outcome === 'saved' && changes.some(({ isPublication }) => isPublication)) {
        listeners.call();
        announce();
      }
      return outcome;
    } catch (error) {
      if (error instanceof AppError && error.code === 'STALE') return 'stale';
      throw error;
    }
  },
  libraryVersion: () => run(libraryVersion),
  published: (since = 0) => run((db) => publicationsSince(db, since)),
  onPublication: (listener) => listeners.add(listener),
});

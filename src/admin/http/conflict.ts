import { AppError } from '../../domain/errors.ts';
import { Conflict } from './errors.ts';
import type { House } from './house.ts';
import { namesOf } from './names.ts';
import { summaryOf, summaryView } from './text-views.ts';

/**
 * Runs a change of a text. When somebody was faster, the fault carries what stands now beside what was sent.
 * @param about.number null: the change is about no revision in particular, the latest is shown
 */
export async function withConflict<Result>(
  house: House,
  about: { readonly id: string; readonly number: number | null; readonly mine: string | null },
  change: () => Promise<Result>,
): Promise<Result> {
  try {
    return await change();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'STALE') throw error;
    const text = await house.texts.text(about.id);
    const theirs = text === null ? null : await house.texts.revision(text.id, about.number ?? text.latest);
    if (text === null || theirs === null) throw error;
    const theirRevision = summaryView(summaryOf(theirs), await namesOf(house.store));
    throw new Conflict(error, { version: text.version, mine: about.mine, theirs: theirs.source, theirRevision });
  }
}

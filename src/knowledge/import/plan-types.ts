import type { LibraryRecord } from '../../domain/record.ts';
import type { Origin } from './draft.ts';
import type { Problem } from './problem.ts';

/** A record that would be written. */
export interface PlannedRecord {
  readonly id: string;
  /** Path inside the knowledge folder. */
  readonly path: string;
  readonly record: LibraryRecord;
  /** The file to write. */
  readonly markdown: string;
  readonly origin: Origin;
}

export interface PlannedChange extends PlannedRecord {
  /** The file as it stands now. */
  readonly before: string;
  /** What changes, in words. */
  readonly differences: readonly string[];
}

export interface SkippedRecord {
  readonly id: string;
  readonly title: string;
  readonly origin: Origin;
}

/** What an import would do. Nothing has been written; with an error among the problems nothing can be. */
export interface ImportPlan {
  readonly created: readonly PlannedRecord[];
  readonly changed: readonly PlannedChange[];
  /** Records the library already has, just so. */
  readonly skipped: readonly SkippedRecord[];
  readonly problems: readonly Problem[];
}

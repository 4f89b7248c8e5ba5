import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Where built indexes are kept for the next start. Both methods may throw: without a shelf a start only takes longer. */
export interface SnapshotShelf {
  /** What was kept last under a name; null: nothing. */
  read(name: string): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Keeps it whole or not at all. */
  write(name: string, packed: Uint8Array): Promise<void>;
}

/** A shelf of files: `file-<name>` for each. */
export const fileShelf = (file: string): SnapshotShelf => ({
  async read(name) {
    try {
      return readFileSync(`${file}-${name}`);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  },
  async write(name, packed) {
    const draft = `${file}-${name}.${process.pid}.tmp`;
    try {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(draft, packed);
      renameSync(draft, `${file}-${name}`);
    } catch (error) {
      rmSync(draft, { force: true });
      throw error;
    }
  },
});

import { existsSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import type { Log } from '../domain/log.ts';
import type { EditorialStore } from '../knowledge/editorial/store.ts';
import { openStore, type StoreLocation } from '../storage/open-store.ts';

const quiet: Log = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * Looks into the texts of the house's database, beside a running house or without one.
 * @returns null when there is no database yet: none is made
 */
export async function withPublished<Result>(
  location: StoreLocation,
  look: (store: EditorialStore) => Promise<Result>,
): Promise<Result | null> {
  if (location.kind === 'sqlite' && !existsSync(location.file)) return null;
  const store = await openStore(location, { log: quiet, now: Date.now, newId: () => randomBytes(12).toString('base64url') });
  try {
    return await look(store.editorial);
  } finally {
    await store.close();
  }
}

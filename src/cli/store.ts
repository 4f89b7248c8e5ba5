import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { storeLocation } from '../compose/store-location.ts';
import { type Config, loadConfig } from '../config/load.ts';
import { createLogger } from '../observability/logger.ts';
import { openStore } from '../storage/open-store.ts';
import type { SqlStore } from '../storage/sql-store.ts';

/** Uses the house's database, beside a running house or without one; makes it when there is none yet. */
export async function withStore<Result>(use: (store: SqlStore, config: Config) => Promise<Result>): Promise<Result> {
  const config = loadConfig();
  const log = createLogger('error');
  const store = await openStore(storeLocation(config), { log, now: Date.now, newId: () => randomBytes(12).toString('base64url') });
  try {
    return await use(store, config);
  } finally {
    await store.close();
  }
}

/** The same, where there is a database already: none is made. Null: there is none. */
export async function withExistingStore<Result>(use: (store: SqlStore, config: Config) => Promise<Result>): Promise<Result | null> {
  const location = storeLocation(loadConfig());
  return location.kind === 'sqlite' && !existsSync(location.file) ? null : withStore(use);
}

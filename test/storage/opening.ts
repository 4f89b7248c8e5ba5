import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from '../../src/domain/log.ts';
import { openStore, type StoreLocation } from '../../src/storage/open-store.ts';
import type { SqlStore } from '../../src/storage/sql-store.ts';

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** Opens a store as the app does. */
export function open(
  location: StoreLocation,
  options: { readonly now?: () => number; readonly log?: Log; readonly holder?: string } = {},
): Promise<SqlStore> {
  return openStore(location, { log: silentLog, now: Date.now, newId: () => randomBytes(12).toString('base64url'), ...options });
}

/** An empty folder and the way to remove it. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'wence-store-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

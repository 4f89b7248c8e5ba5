import { join } from 'node:path';
import type { Config } from '../config/load.ts';
import type { StoreLocation } from '../storage/open-store.ts';

/** Where messages, replies, conversations, the library's texts and the accounts are kept. */
export const storeLocation = ({ databaseUrl, dataDir }: Pick<Config, 'databaseUrl' | 'dataDir'>): StoreLocation =>
  databaseUrl === null ? { kind: 'sqlite', file: join(dataDir, 'wence.db') } : { kind: 'postgres', url: databaseUrl };

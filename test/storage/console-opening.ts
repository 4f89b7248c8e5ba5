import type { StoreLocation } from '../../src/storage/open-store.ts';
import type { SqlStore } from '../../src/storage/sql-store.ts';
import type { OpenConsoleStores } from '../contracts/console-stores.ts';
import { open } from './opening.ts';

/** Opens a store and, as a test asks for them, others on the same database; all are closed in the end. */
export async function openConsoleStores(
  location: StoreLocation,
  execute: (sql: string) => Promise<void>,
  remove: () => void = () => {},
): Promise<OpenConsoleStores> {
  const stores: SqlStore[] = [];
  const openOne = async (): Promise<SqlStore> => {
    const store = await open(location);
    stores.push(store);
    return store;
  };
  return {
    stores: await openOne(),
    another: openOne,
    async reopen() {
      await Promise.all(stores.splice(0).map((store) => store.close()));
      return openOne();
    },
    execute,
    async close() {
      await Promise.all(stores.map((store) => store.close()));
      remove();
    },
  };
}

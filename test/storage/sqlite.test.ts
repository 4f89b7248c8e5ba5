import { join } from 'node:path';
import { deliveryStoreContract } from '../contracts/delivery-store-contract.ts';
import { open, temporaryFolder } from './opening.ts';
import { sqlStoreSuite } from './sql-store-suite.ts';

deliveryStoreContract('SQLite', async () => {
  const folder = temporaryFolder();
  const location = { kind: 'sqlite', file: join(folder.path, 'wence.db') } as const;
  let store = await open(location);
  return {
    store,
    async reopen() {
      await store.close();
      store = await open(location);
      return store;
    },
    async close() {
      await store.close();
      folder.remove();
    },
  };
});

sqlStoreSuite('SQLite', async (now) => {
  const folder = temporaryFolder();
  const store = await open({ kind: 'sqlite', file: join(folder.path, 'wence.db') }, { now });
  return {
    store,
    async close() {
      await store.close();
      folder.remove();
    },
  };
});

import { MemoryStore } from '../../src/storage/memory-store.ts';
import { deliveryStoreContract } from '../contracts/delivery-store-contract.ts';

deliveryStoreContract('memory', async () => ({ store: new MemoryStore(), close: async () => {} }), { modelRuns: 300 });

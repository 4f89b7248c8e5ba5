/** Rows written with one statement: far below the number of values a statement may have, with some 20 columns. */
const BATCH = 200;

/** Does `work` with a few items at a time, one after another; never with none. */
export async function inBatches<Item>(items: readonly Item[], work: (batch: Item[]) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < items.length; at += BATCH) await work(items.slice(at, at + BATCH));
}

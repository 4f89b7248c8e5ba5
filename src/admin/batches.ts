const SIZE = 16;

/** So many at once as a store likes to be asked. */
export function* batches<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += SIZE) yield items.slice(start, start + SIZE);
}

/**
 * At most `count` of the items, evenly spread and the same every time.
 * @example sampleOf([0, 1, 2, 3, 4, 5], 3) // → [0, 2, 4]
 */
export function sampleOf<T>(items: readonly T[], count: number): readonly T[] {
  if (count >= items.length) return items;
  return Array.from({ length: count }, (_, at) => items[Math.floor((at * items.length) / count)]!);
}

/** The value below or at which `share` of the values lie (nearest rank); NaN of nothing. */
export function quantile(values: Iterable<number>, share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** Remembers the last so many results by key; a result of `undefined` is not kept. */
export function remembered<T>(size: number): (key: string, make: () => Promise<T | undefined>) => Promise<T | undefined> {
  const kept = new Map<string, T>();
  return async (key, make) => {
    const known = kept.get(key);
    if (known !== undefined) {
      // The latest used goes last; the first one is the next to go.
      kept.delete(key);
      kept.set(key, known);
      return known;
    }
    const made = await make();
    if (made === undefined) return undefined;
    if (kept.size >= size) kept.delete(kept.keys().next().value!);
    kept.set(key, made);
    return made;
  };
}

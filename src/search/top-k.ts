/** A document and its score. */
export interface Hit {
  readonly document: number;
  readonly score: number;
}

/**
 * The `k` best of the given documents, best first; of equal scores the smaller document number first, so that order never depends on chance.
 * A binary heap with the worst kept hit on top: most documents are turned away by one comparison.
 */
export function topK(documents: Iterable<number>, scoreOf: (document: number) => number, k: number): Hit[] {
  const heap: Hit[] = [];
  const isWorse = (a: Hit, b: Hit): boolean => a.score < b.score || (a.score === b.score && a.document > b.document);
  for (const document of documents) {
    const hit = { document, score: scoreOf(document) };
    if (heap.length < k) {
      heap.push(hit);
      let child = heap.length - 1;
      while (child > 0) {
        const parent = (child - 1) >> 1;
        if (!isWorse(heap[child]!, heap[parent]!)) break;
        [heap[child], heap[parent]] = [heap[parent]!, heap[child]!];
        child = parent;
      }
    } else if (k > 0 && isWorse(heap[0]!, hit)) {
      heap[0] = hit;
      let parent = 0;
      for (;;) {
        const left = 2 * parent + 1;
        if (left >= heap.length) break;
        const right = left + 1;
        const child = right < heap.length && isWorse(heap[right]!, heap[left]!) ? right : left;
        if (!isWorse(heap[child]!, heap[parent]!)) break;
        [heap[child], heap[parent]] = [heap[parent]!, heap[child]!];
        parent = child;
      }
    }
  }
  return heap.sort((a, b) => b.score - a.score || a.document - b.document);
}

/** A document and its score. */
export interface Hit {
  readonly document: number;
  readonly score: number;
}

/**
 * The `k` best of the first `count` documents, best first; of equal scores the smaller document number first, so that order never depends on
 * chance. A binary heap with the worst kept one on top: most documents are turned away by one comparison.
 */
export function topK(documents: ArrayLike<number>, count: number, scores: ArrayLike<number>, k: number): Hit[] {
  const heap = heapOf(documents, count, scores, k);
  return Array.from(heap, (document) => ({ document, score: scores[document]! })).sort(
    (a, b) => b.score - a.score || a.document - b.document,
  );
}

/** The score of the k-th best; 0 when there are fewer than `k` documents. */
export function kthScore(documents: ArrayLike<number>, count: number, scores: ArrayLike<number>, k: number): number {
  return count < k || k <= 0 ? 0 : scores[heapOf(documents, count, scores, k)[0]!]!;
}

function heapOf(documents: ArrayLike<number>, count: number, scores: ArrayLike<number>, k: number): Uint32Array {
  const heap = new Uint32Array(Math.max(0, Math.min(k, count)));
  let size = 0;
  const isWorse = (a: number, b: number): boolean => {
    const difference = scores[a]! - scores[b]!;
    return difference < 0 || (difference === 0 && a > b);
  };
  const sink = (document: number): void => {
    let parent = 0;
    for (;;) {
      let child = 2 * parent + 1;
      if (child >= size) break;
      if (child + 1 < size && isWorse(heap[child + 1]!, heap[child]!)) child++;
      if (!isWorse(heap[child]!, document)) break;
      heap[parent] = heap[child]!;
      parent = child;
    }
    heap[parent] = document;
  };
  for (let at = 0; at < count; at++) {
    const document = documents[at]!;
    if (size < heap.length) {
      let child = size++;
      while (child > 0) {
        const parent = (child - 1) >> 1;
        if (!isWorse(document, heap[parent]!)) break;
        heap[child] = heap[parent]!;
        child = parent;
      }
      heap[child] = document;
    } else if (size > 0 && isWorse(heap[0]!, document)) sink(document);
  }
  return heap;
}

import { comparable } from '../text/tokens.ts';
import type { Corpus } from './corpus.ts';
import { createQuery } from './query.ts';
import { retrieve } from './retrieve.ts';

const known = new WeakMap<Corpus, Map<number, readonly number[]>>();
const MAX_KEPT = 6;

/** Sections that speak of what this one is called and filed under, the nearest first. Worked out once a section and corpus. */
export function relatedSections(section: number, corpus: Corpus): readonly number[] {
  let bySection = known.get(corpus);
  if (!bySection) known.set(corpus, (bySection = new Map()));
  let related = bySection.get(section);
  if (!related) {
    const { title, tags } = corpus.sectionAt(section);
    const found = retrieve(createQuery(comparable(`${title} ${tags.join(' ')}`), corpus), corpus);
    related = found
      .map((candidate) => candidate.section)
      .filter((other) => other !== section)
      .slice(0, MAX_KEPT);
    bySection.set(section, related);
  }
  return related;
}

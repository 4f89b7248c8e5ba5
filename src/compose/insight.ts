import { createInsight, type Insight, type InsightOptions } from '../insight/insight.ts';
import type { LibraryService } from '../library/service.ts';
import { tokenise } from '../text/tokens.ts';

export interface InsightParts extends Omit<InsightOptions, 'library'> {
  readonly library: Pick<LibraryService, 'version' | 'current'>;
}

/** What questions teach, held against the library in service. */
export const composeInsight = ({ library, ...options }: InsightParts): Insight =>
  createInsight({
    ...options,
    library: {
      version: () => library.version(),
      records: () => library.current().library.records,
      inForce: () => library.current().corpus.knowledge.records,
      today: () => library.current().today,
      tokenise: (text) => tokenise(text, library.current().corpus.thesaurus),
    },
  });

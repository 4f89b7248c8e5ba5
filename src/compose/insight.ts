import { DIGEST_SETTING, readDigestPlan } from '../insight/digest-plan.ts';
import { createInsight, type Insight, type InsightOptions } from '../insight/insight.ts';
import type { DigestOptions } from '../insight/send-digest.ts';
import type { LibraryService } from '../library/service.ts';
import type { SqlStore } from '../storage/sql-store.ts';
import { tokenise } from '../text/tokens.ts';

export interface InsightParts extends Omit<InsightOptions, 'library' | 'store'> {
  readonly store: Pick<SqlStore, 'insight' | 'tickets' | 'schedule' | 'admin'>;
  readonly library: Pick<LibraryService, 'version' | 'current'>;
  readonly outgoing: DigestOptions['outgoing'];
  readonly publicUrl: string | null;
}

/** What questions teach, held against the library in service. */
export function composeInsight({ store, library, outgoing, publicUrl, ...options }: InsightParts): {
  readonly insight: Insight;
  readonly digest: DigestOptions;
} {
  const insight = createInsight({
    ...options,
    store: store.insight,
    library: {
      version: () => library.version(),
      records: () => library.current().library.records,
      inForce: () => library.current().corpus.knowledge.records,
      today: () => library.current().today,
      tokenise: (text) => tokenise(text, library.current().corpus.thesaurus),
    },
  });
  const { tickets, schedule, admin } = store;
  return {
    insight,
    digest: {
      ...options,
      insight,
      schedule,
      outgoing,
      plan: async () => readDigestPlan(await admin.setting(DIGEST_SETTING)),
      waiting: async () => {
        const { open, claimed } = await tickets.counts();
        return open + claimed;
      },
      consoleUrl: publicUrl,
    },
  };
}

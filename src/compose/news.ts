import type { LibraryService } from '../library/service.ts';
import type { SqlStore } from '../storage/sql-store.ts';
import { createSubscriptions } from '../subscriptions/create-subscriptions.ts';
import type { NewsOptions } from '../subscriptions/deliver-news.ts';
import { NEWS_HOURS_SETTING, readNewsHours } from '../subscriptions/quiet-hours.ts';

export interface NewsParts extends Pick<NewsOptions, 'outgoing' | 'timeZone' | 'now'> {
  readonly store: Pick<SqlStore, 'subscriptions' | 'admin'>;
  readonly library: Pick<LibraryService, 'current'>;
  readonly newId: () => string;
}

/** Who wants news of what, and the news of the library in service. */
export function composeNews({ store, library, outgoing, timeZone, now, newId }: NewsParts): {
  readonly subscriptions: ReturnType<typeof createSubscriptions>;
  readonly news: NewsOptions;
} {
  return {
    subscriptions: createSubscriptions({ store: store.subscriptions, records: () => library.current().library.records, now, newId }),
    news: {
      store: store.subscriptions,
      library: { records: () => library.current().corpus.knowledge.records, today: () => library.current().today },
      hours: async () => readNewsHours(await store.admin.setting(NEWS_HOURS_SETTING)),
      outgoing,
      timeZone,
      now,
    },
  };
}

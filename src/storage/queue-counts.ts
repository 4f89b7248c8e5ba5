import { sql } from 'kysely';
import type { QueueCounts } from '../delivery/store.ts';
import type { Db } from './schema.ts';

/** How many are where, from the indexes alone: ended messages and replies are not looked at. */
export async function queueCounts(db: Db): Promise<QueueCounts> {
  return db
    .selectNoFrom((eb) => {
      const jobs = (state: 'open' | 'dead') => eb.selectFrom('jobs').where('jobs.state', '=', sql.lit(state));
      const replies = (state: 'open' | 'dead' | 'unknown') => eb.selectFrom('outbox').where('outbox.state', '=', sql.lit(state));
      const countAll = eb.fn.countAll<number>().as('count');
      return [
        jobs('open').select(countAll).$asScalar().$notNull().as('waiting'),
        jobs('open')
          .select((open) => open.fn.min<number | null>('received_at_ms').as('oldest'))
          .$asScalar()
          .as('oldestWaitingAtMs'),
        replies('open').select(countAll).$asScalar().$notNull().as('unsent'),
        jobs('dead').select(countAll).$asScalar().$notNull().as('deadMessages'),
        replies('dead').select(countAll).$asScalar().$notNull().as('deadReplies'),
        replies('unknown').select(countAll).$asScalar().$notNull().as('unknownReplies'),
      ];
    })
    .executeTakeFirstOrThrow();
}

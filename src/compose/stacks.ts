import type { AnsweringState } from '../answering/state.ts';
import type { Config } from '../config/load.ts';
import type { Log } from '../domain/log.ts';
import { createStacks, type Stacks } from '../stacks/stacks.ts';
import { openStacks } from '../storage/stacks/open-stacks.ts';

interface StacksParts {
  readonly config: Pick<Config, 'databaseUrl' | 'databaseReadUrl'>;
  readonly state: () => AnsweringState;
  readonly log: Log;
  readonly now: () => number;
}

/** The stacks of a house on PostgreSQL; null on SQLite, which has none. */
export function composeStacks({ config, state, log, now }: StacksParts): (Stacks & { close(): Promise<void> }) | null {
  if (config.databaseUrl === null) return null;
  const store = openStacks({ url: config.databaseUrl, readUrl: config.databaseReadUrl });
  return { ...createStacks({ store, state, log, now }), close: () => store.close() };
}

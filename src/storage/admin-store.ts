import type { AdminStore } from '../admin/store.ts';
import { apiTokens } from './api-tokens.ts';
import { auditLog } from './audit-log.ts';
import { chatBindings } from './chat-bindings.ts';
import type { Database } from './database.ts';
import { evaluationRuns } from './evaluation-runs.ts';
import { failures } from './failures.ts';
import { oneTimeCodes } from './one-time-codes.ts';
import { sessions } from './sessions.ts';
import { settings } from './settings.ts';
import { users } from './users.ts';

/** What is kept of the console's people, in a database. */
export const adminStore = (database: Database): AdminStore => ({
  ...users(database),
  ...sessions(database),
  ...apiTokens(database),
  ...chatBindings(database),
  ...oneTimeCodes(database),
  ...failures(database),
  ...settings(database),
  ...auditLog(database),
  ...evaluationRuns(database),
});

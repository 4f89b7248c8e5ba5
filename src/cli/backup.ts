import type { Command } from 'commander';
import { join } from 'node:path';
import { loadConfig } from '../config/load.ts';
import { AppError } from '../domain/errors.ts';
import { restoreSqlite } from '../storage/restore-sqlite.ts';
import { withStore } from './store.ts';

export function addBackup(program: Command): void {
  program
    .command('backup')
    .description('write a consistent copy of the database, also while Wence runs')
    .argument('<file>', 'the copy; it must not exist yet')
    .action(async (file: string) => {
      await withStore((store) => store.backup(file));
      process.stdout.write(`→ ${file}\n`);
    });

  program
    .command('restore')
    .description('put a copy in the place of the database; stop Wence first')
    .argument('<file>', 'a copy made by "wence backup"')
    .action(async (file: string) => {
      const { databaseUrl, dataDir } = loadConfig();
      if (databaseUrl !== null) {
        throw new AppError('CONFIG_INVALID', 'Expected the SQLite database, but DATABASE_URL is set.', {
          hint: 'Restore PostgreSQL with pg_restore or psql.',
        });
      }
      const target = join(dataDir, 'wence.db');
      const kept = await restoreSqlite(file, target);
      process.stdout.write(`${file} → ${target}\n${kept === null ? '' : `The database it replaces is kept as ${kept}\n`}`);
    });
}

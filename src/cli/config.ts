import type { Command } from 'commander';
import { loadConfig } from '../config/load.ts';
import { SETTINGS } from '../config/schema.ts';

export function addConfig(program: Command): void {
  program
    .command('config')
    .description('list all settings, and check the ones in force')
    .action(() => {
      for (const { name, expected, description, fallback } of SETTINGS) {
        process.stdout.write(`# ${description}: ${expected}\n${fallback === null ? `#${name}=` : `${name}=${fallback}`}\n`);
      }
      loadConfig();
      process.stdout.write('# All settings in force are valid.\n');
    });
}

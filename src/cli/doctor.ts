import type { Command } from 'commander';
import { examineHouse } from '../compose/doctor.ts';
import { formatChecks, jsonOf } from '../doctor/report.ts';

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('check the settings, this machine and the chat platforms, and say what to do next')
    .option('--json', 'print one JSON object: summary, and a row per check')
    .action(async ({ json }: { json?: boolean }) => {
      const checks = await examineHouse();
      process.stdout.write(`${json ? jsonOf(checks) : formatChecks(checks)}\n`);
      if (checks.some(({ status }) => status === 'fail')) process.exitCode = 1;
    });
}

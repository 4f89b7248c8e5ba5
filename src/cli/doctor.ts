import type { Command } from 'commander';
import { buildCorpus } from '../answering/corpus.ts';
import { loadConfig, readEnvironment } from '../config/load.ts';
import { SETTINGS } from '../config/schema.ts';
import { runDoctor } from '../doctor/index.ts';
import type { LibraryCounts } from '../doctor/machine.ts';
import { formatChecks, jsonOf } from '../doctor/report.ts';
import { readLibrary } from '../knowledge/library.ts';

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('check the settings, this machine and the chat platforms, and say what to do next')
    .option('--json', 'print one JSON object: summary, and a row per check')
    .action(async ({ json }: { json?: boolean }) => {
      const environment = readEnvironment();
      const checks = await runDoctor({
        settings: {
          load: (leftOut) => loadConfig(Object.fromEntries(Object.entries(environment).filter(([name]) => !leftOut.has(name)))),
          namesSet: Object.keys(environment).filter((name) => environment[name]?.trim()),
          namesKnown: SETTINGS.map(({ name }) => name),
        },
        loadLibrary,
        nodeVersion: process.versions.node,
      });
      process.stdout.write(`${json ? jsonOf(checks) : formatChecks(checks)}\n`);
      if (checks.some(({ status }) => status === 'fail')) process.exitCode = 1;
    });
}

async function loadLibrary(folder: string): Promise<LibraryCounts> {
  const library = await readLibrary(folder);
  const { sections, questions } = buildCorpus(library);
  return { documents: library.records.length, sections: sections.length, questions: questions.length };
}

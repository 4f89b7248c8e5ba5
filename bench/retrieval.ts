/**
 * How well and how fast passages are found, by Wence and by other engines, on test data kept outside the project: `npm run bench:retrieval -- --help`.
 * Tables go to the standard output, progress to the standard error. Ends with 1 when something could not be measured.
 */
import { AppError } from '../src/domain/errors.ts';
import type { Measurement } from './retrieval/measurement.ts';
import { readOptions, USAGE } from './retrieval/options.ts';
import { keep, publish } from './retrieval/publish.ts';
import { meanTable, textTable } from './retrieval/report/table.ts';
import { thisMachine } from './retrieval/results.ts';
import { run } from './retrieval/run.ts';

const print = (text: string): void => void process.stdout.write(`${text}\n`);
const say = (text: string): void => void process.stderr.write(`${text}\n`);

async function main(args: readonly string[]): Promise<number> {
  const command = readOptions(args);
  if (command.kind === 'help') print(USAGE);
  if (command.kind === 'render') for (const file of publish(command.out)) say(`${file} written`);
  if (command.kind !== 'run') return 0;

  const session = (measurements: readonly Measurement[]) => ({
    date: new Date().toISOString().slice(0, 10),
    machine: thisMachine(),
    note: command.note,
    measurements: [...measurements],
  });
  const { measurements, failures } = await run(command, {
    say,
    done(measurements) {
      if (measurements.length === 0) return;
      if (!command.isJson) print(`${textTable(measurements)}\n`);
      // After each corpus: a long run that is broken off has not been for nothing.
      if (command.out !== null) keep(session(measurements), command.out);
    },
  });
  if (command.isJson) print(JSON.stringify({ ...session(measurements), failures }, null, 2));
  else print(meanTable(measurements));
  if (command.out !== null) for (const file of publish(command.out)) say(`${file} written`);
  return failures.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  say(`${error.message}\n→ ${error.hint}`);
  process.exitCode = 1;
}

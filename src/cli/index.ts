import { Command, CommanderError } from 'commander';
import { AppError } from '../domain/errors.ts';
import { addAccount } from './account.ts';
import { addAsk } from './ask.ts';
import { addBackup } from './backup.ts';
import { addChat } from './chat.ts';
import { addConfig } from './config.ts';
import { addDoctor } from './doctor.ts';
import { addExplain } from './explain.ts';
import { addEvaluate } from './evaluate.ts';
import { addExport } from './export.ts';
import { addFit } from './fit.ts';
import { addImport } from './import.ts';
import { addStacks } from './stacks.ts';
import { addStart } from './start.ts';
import { addSuggest } from './suggest.ts';

/** Runs `wence …`; returns the exit code. Faults are told in two lines: what was wrong, and what to do. */
export async function runCommand(argv: readonly string[]): Promise<number> {
  const program = new Command('wence')
    .description('问策 Wence: policy questions answered from the text, with the source')
    .exitOverride()
    .showHelpAfterError();
  for (const add of [
    addStart,
    addAsk,
    addChat,
    addExplain,
    addBackup,
    addDoctor,
    addEvaluate,
    addExport,
    addAccount,
    addFit,
    addImport,
    addStacks,
    addSuggest,
    addConfig,
  ])
    add(program);
  try {
    await program.parseAsync(argv);
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    if (error instanceof AppError) {
      process.stderr.write(`${error.code}: ${error.message}\n→ ${error.hint}\n`);
      return 1;
    }
    throw error;
  }
}

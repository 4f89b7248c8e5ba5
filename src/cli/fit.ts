import type { Command } from 'commander';
import { loadConfig } from '../config/load.ts';
import { fit } from '../evaluation/fit.ts';
import { readQuestions } from '../evaluation/question-set.ts';
import { readLibrary } from '../knowledge/library.ts';

export function addFit(program: Command): void {
  program
    .command('fit')
    .description('fit the weights of ranking and confidence on development questions, and print them')
    .argument('<questions...>', 'question sets to fit on; out-of-scope questions have kind "oos"')
    .action(async (files: string[]) => {
      const library = await readLibrary(loadConfig().knowledgeDir);
      const result = fit(library, files.flatMap(readQuestions), (done) => process.stderr.write(`${done}\n`));
      process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
    });
}

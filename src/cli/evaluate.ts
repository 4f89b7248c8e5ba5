import type { Command } from 'commander';
import { evaluateDialogues, evaluateQuestions } from '../evaluation/evaluate.ts';
import { readDialogues, readQuestions } from '../evaluation/question-set.ts';
import { formatReport, report } from '../evaluation/report.ts';
import { openSession } from './session.ts';

export function addEvaluate(program: Command): void {
  program
    .command('evaluate')
    .description('run a question set through the assistant and print how well it did')
    .argument('<questions>', 'JSON lines: id, kind, q, sections, evidence')
    .option('--dialogues <file>', 'JSON lines: id, turns of q and sections')
    .option('--json', 'print one JSON object, with a row per question')
    .option('--failures', 'list the questions whose first section was wrong, and out-of-scope ones answered outright')
    .action(async (file: string, { dialogues, json, failures }: { dialogues?: string; json?: boolean; failures?: boolean }) => {
      const questions = readQuestions(file);
      const talks = dialogues === undefined ? null : readDialogues(dialogues);
      const session = await openSession();
      const rows = await evaluateQuestions(session, questions);
      const held = talks === null ? null : await evaluateDialogues(session, talks);
      await session.close();
      const result = report(rows, held);
      process.stdout.write(`${json ? JSON.stringify(result) : formatReport(result)}\n`);
      if (failures && !json) {
        for (const row of rows) {
          if (row.kind === 'oos' ? row.isConfident : !row.isFirstRight || !row.hasEvidence) {
            process.stdout.write(
              `${row.id} ${row.kind} ${row.outcome} ${row.confidence?.toFixed(2) ?? ''} [${row.sections.slice(0, 3).join(',')}] ${row.isFirstRight ? '' : 'SECTION '}${row.hasEvidence ? '' : 'EVIDENCE '}${row.q}\n`,
            );
          }
        }
        for (const talk of held ?? []) if (!talk.isRight) process.stdout.write(`${JSON.stringify(talk)}\n`);
      }
    });
}

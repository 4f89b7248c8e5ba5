import type { Command } from 'commander';
import { encodeForTerminal } from '../channels/terminal/encode.ts';
import { encodeAsk } from '../channels/web/encode.ts';
import { openSession } from './session.ts';

export function addAsk(program: Command): void {
  program
    .command('ask')
    .description('answer one question')
    .argument('<question...>', 'the question')
    .option('--json', 'print the answer as the HTTP API gives it')
    .action(async (words: string[], { json }: { json?: boolean }) => {
      const session = await openSession();
      const startMs = performance.now();
      const handled = await session.say(words.join(' '));
      const text = json
        ? JSON.stringify(encodeAsk(handled, 'terminal', Math.round(performance.now() - startMs)), null, 2)
        : handled.replies.map((reply) => encodeForTerminal(reply, process.stdout.isTTY)).join('\n\n');
      process.stdout.write(`${text}\n`);
      await session.close();
    });
}

import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { encodeForTerminal } from '../channels/terminal/encode.ts';
import { openSession } from './session.ts';

export function addChat(program: Command): void {
  program
    .command('chat')
    .description('a conversation in the terminal; end it with /quit or Ctrl-D')
    .action(async () => {
      const session = await openSession();
      const lines = createInterface({ input: process.stdin, output: process.stdout, prompt: '\n问> ', terminal: process.stdin.isTTY });
      const print = (text: string): void => void process.stdout.write(`${text}\n`);
      const [welcome] = (await session.say('/start')).replies;
      if (welcome) print(encodeForTerminal(welcome, process.stdout.isTTY));
      lines.prompt();
      for await (const line of lines) {
        if (/^\/?(quit|exit|退出|再见)$/.test(line.trim())) break;
        if (line.trim() !== '')
          for (const reply of (await session.say(line)).replies) print(encodeForTerminal(reply, process.stdout.isTTY));
        lines.prompt();
      }
      lines.close();
      await session.close();
    });
}

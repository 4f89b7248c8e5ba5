import { fork } from 'node:child_process';
import { totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Reply } from './child.ts';
import type { Job } from './measure.ts';

/** Share of the machine's memory an engine's heap may take; V8 by itself stops at 4 GB. */
const HEAP_SHARE = 0.8;

/** Measures in a process of its own, so that neither time nor memory is that of another engine. Failing, running out of memory too, is a value. */
export function measureInChild(job: Job): Promise<Reply> {
  const heapMb = Math.floor((totalmem() * HEAP_SHARE) / 2 ** 20);
  const child = fork(fileURLToPath(new URL('child.ts', import.meta.url)), [], {
    execArgv: ['--expose-gc', `--max-old-space-size=${heapMb}`],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let lastWords = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-2_000);
  });
  return new Promise((resolve) => {
    let reply: Reply | null = null;
    child.on('message', (message) => {
      reply = message as Reply;
    });
    child.on('error', (error) => resolve({ failure: `the process could not be started: ${error.message}` }));
    child.on('close', (code, signal) => {
      resolve(reply ?? { failure: `the process ended with ${signal ?? `code ${code}`} before it answered\n${lastWords.trim()}`.trim() });
    });
    child.send(job);
  });
}

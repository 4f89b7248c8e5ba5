import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
/** A library of three sections: a child that reads it is up in about a second. */
export const SMALL_LIBRARY = fileURLToPath(new URL('../fixtures/small-library', import.meta.url));

/** How a process ended: by itself with a code, or by a signal. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Sees nothing of the machine's own settings, and no `.env`: the working folder is not that of the project. */
function spawnWence(args: readonly string[], environment: Readonly<Record<string, string>>, main = MAIN): ChildProcess {
  return spawn(process.execPath, [main, ...args], {
    cwd: tmpdir(),
    // The cache of compiled files takes a quarter off every start.
    env: {
      NODE_COMPILE_CACHE: join(tmpdir(), 'wence-test-compile-cache'),
      PORT: '0',
      LOG_LEVEL: 'warn',
      KNOWLEDGE_DIR: SMALL_LIBRARY,
      NO_PROXY: '127.0.0.1',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** `wence start` in a process of its own, to be killed and signalled. */
export class ChildServer {
  /** Resolves when the process is gone. */
  readonly exited: Promise<Exit>;
  readonly #child: ChildProcess;
  readonly #url: Promise<string>;
  #output = '';
  #errors = '';

  /** @param main of another version than this one */
  constructor(environment: Readonly<Record<string, string>>, main = MAIN) {
    this.#child = spawnWence(['start'], environment, main);
    this.exited = once(this.#child, 'close').then(([code, signal]) => ({ code, signal }));
    this.#child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.#errors += text));
    this.#url = new Promise((resolve, reject) => {
      this.#child.stdout!.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
        const url = /^问策 Wence: (\S+)$/m.exec(this.#output)?.[1];
        if (url) resolve(url.replace('localhost', '127.0.0.1'));
      });
      void this.exited.then((exit) => reject(new Error(`ended before it served: ${JSON.stringify(exit)} ${this.#errors}`)));
    });
    // Who only waits for the end does not ask for the address.
    this.#url.catch(() => {});
  }

  /** The address of the page, once it is served. */
  get url(): Promise<string> {
    return this.#url;
  }

  /** Resolves once it has printed or logged the text. */
  says(text: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        if (!this.#output.includes(text)) return;
        this.#child.stdout!.off('data', look);
        resolve();
      };
      this.#child.stdout!.on('data', look);
      void this.exited.then(() => reject(new Error(`ended without saying "${text}": ${this.#output} ${this.#errors}`)));
      look();
    });
  }

  /** What stands on its error output so far. */
  get errors(): string {
    return this.#errors;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.exited;
  }

  /** Ends it as an operator would. */
  async stop(): Promise<Exit> {
    this.#child.kill('SIGTERM');
    return this.exited;
  }
}

/** Runs a `wence` command to its end. */
export async function runWence(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<{ readonly code: number | null; readonly output: string; readonly errors: string }> {
  const child = spawnWence(args, environment);
  let output = '';
  let errors = '';
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output, errors };
}

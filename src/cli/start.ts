import type { Command } from 'commander';
import { startApp } from '../app.ts';
import { loadConfig } from '../config/load.ts';
import { AppError } from '../domain/errors.ts';
import { createLogger } from '../observability/logger.ts';

/** Longest wait for work in hand after the first signal. */
const STOP_MS = 10_000;

export function addStart(program: Command): void {
  program
    .command('start')
    .description('serve the web page, the HTTP API and the chat channels that are set up')
    .action(async () => {
      const config = loadConfig();
      const log = createLogger(config.logLevel);
      const app = await startApp(config, log).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EADDRINUSE') throw error;
        throw new AppError('CONFIG_INVALID', `PORT: expected a free port, but ${config.port} is taken.`, {
          hint: 'Stop the other program, or set PORT to another number.',
        });
      });
      process.stdout.write(`问策 Wence: ${app.url.replace('127.0.0.1', 'localhost')}\n`);
      if (app.setUpUrl !== null)
        process.stdout.write(`首次使用，请打开此链接设置管理员（24 小时内有效）：${app.setUpUrl.replace('127.0.0.1', 'localhost')}\n`);
      await stopSignal();
      log.info({}, 'stopping: finishing the work in hand; a second signal ends at once');
      const timer = setTimeout(() => process.exit(1), STOP_MS).unref();
      await app.stop();
      clearTimeout(timer);
    });
}

/** Resolves at the first SIGINT or SIGTERM; a second one ends the process at once. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let isAsked = false;
    const onSignal = (): void => {
      if (isAsked) process.exit(1);
      isAsked = true;
      resolve();
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  });
}

import { startApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config/load.ts';
import { createLogger } from '../../src/observability/logger.ts';

// `wence start` whose scheduled work never waits: several such processes fall over each other.
const config = loadConfig();
const app = await startApp(config, createLogger(config.logLevel), { jobs: { everyMs: 50 } });
process.once('SIGTERM', () => void app.stop());
process.stdout.write(`问策 Wence: ${app.url}\n`);

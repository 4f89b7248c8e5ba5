import { setTimeout as sleep } from 'node:timers/promises';

/** Long against a turn of the scheduler, short against an answer. */
const PERIOD_MS = 40;

/*
 * Lets some processes run for a share of the time only, all of them in their own turn: `node limit.ts <share> <pid>…`. So it is seen what several do where one is the
 * bottleneck, on a machine that has too few cores for them.
 */
const [share = 1, ...pids] = process.argv.slice(2).map(Number);
const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name);
  } catch {
    process.exit();
  }
};
process.on('SIGTERM', () => {
  for (const pid of pids) signal(pid, 'SIGCONT');
  process.exit();
});
await Promise.all(
  pids.map(async (pid, at) => {
    await sleep((at * PERIOD_MS) / pids.length);
    for (;;) {
      signal(pid, 'SIGCONT');
      await sleep(PERIOD_MS * share);
      signal(pid, 'SIGSTOP');
      await sleep(PERIOD_MS * (1 - share));
    }
  }),
);

import { open } from './opening.ts';
import { claimOne, LEASE_MS, NOTHING, received, reply } from './messages.ts';

/**
 * Run as a process of its own, on a database file:
 * - `open <file>`: opens and closes it;
 * - `write <file> <name>`: stores and answers messages until it is killed, printing the id of each once that is done.
 */
const [command, file, name] = process.argv.slice(2);
if (!file) throw new Error('expected a file');
const store = await open({ kind: 'sqlite', file });
if (command === 'write') {
  for (let at = 0; ; at++) {
    const id = `${name}-${at}`;
    await store.put(received(`lane ${at % 5}`, id), Date.now());
    process.stdout.write(`stored ${id}\n`);
    if (at % 3 === 0) continue;
    const claim = await claimOne(store, Date.now(), LEASE_MS);
    if (claim && (await store.complete(claim, NOTHING, [reply(`for-${claim.message.messageId}`, `chat ${at % 3}`)], Date.now()))) {
      process.stdout.write(`answered ${claim.message.messageId}\n`);
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}
await store.put(received('opening', `opened by ${process.pid}`), Date.now());
await store.close();

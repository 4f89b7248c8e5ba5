#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';

// Said before anything is loaded: on an older Node the database driver would bring the process down without a word.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 15)) {
  process.stderr.write(
    `Expected Node.js 22.15 or later, got ${process.versions.node}.\n→ Use "npm start" or "npx wence …", which bring their own Node.js on Linux and Windows, or install a newer one.\n`,
  );
  process.exit(1);
}

// Building the index makes much short-lived garbage; V8 would rather take 150 MB more from the system than collect it. Keep it modest, but large
// enough that the garbage of answering is not collected over and over.
setFlagsFromString('--max-semi-space-size=16');
setFlagsFromString('--semi-space-growth-factor=2');

const { runCommand } = await import('./cli/index.ts');
process.exitCode = await runCommand(process.argv);

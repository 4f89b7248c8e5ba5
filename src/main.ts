#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';

// Building the index makes much short-lived garbage; V8 would rather take 150 MB more from the system than collect it. Keep it modest.
setFlagsFromString('--max-semi-space-size=4');
setFlagsFromString('--semi-space-growth-factor=1');

const { runCommand } = await import('./cli/index.ts');
process.exitCode = await runCommand(process.argv);

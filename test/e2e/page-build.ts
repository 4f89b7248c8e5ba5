import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

export interface BuiltPage {
  readonly pageDir: string;
  remove(): Promise<void>;
}

/** Builds the page from its present source into a folder of its own, so that a test never sees an older one. */
export async function buildPage(): Promise<BuiltPage> {
  const pageDir = await mkdtemp(join(tmpdir(), 'wence-page-'));
  const configFile = fileURLToPath(new URL('../../src/console/vite.config.ts', import.meta.url));
  await build({ configFile, logLevel: 'error', build: { outDir: pageDir } });
  return { pageDir, remove: () => rm(pageDir, { recursive: true, force: true }) };
}

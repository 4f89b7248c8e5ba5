import { buildCorpus } from '../answering/corpus.ts';
import { loadConfig, readEnvironment } from '../config/load.ts';
import { SETTINGS } from '../config/schema.ts';
import type { Check } from '../doctor/check.ts';
import { runDoctor } from '../doctor/index.ts';
import type { LibraryCounts } from '../doctor/machine.ts';
import { readLibrary } from '../knowledge/library.ts';

/** Looks at the settings in force, this machine and the chat platforms. Never rejects. */
export function examineHouse(): Promise<Check[]> {
  const environment = readEnvironment();
  return runDoctor({
    settings: {
      load: (leftOut) => loadConfig(Object.fromEntries(Object.entries(environment).filter(([name]) => !leftOut.has(name)))),
      namesSet: Object.keys(environment).filter((name) => environment[name]?.trim()),
      namesKnown: SETTINGS.map(({ name }) => name),
    },
    loadLibrary,
    nodeVersion: process.versions.node,
  });
}

async function loadLibrary(folder: string): Promise<LibraryCounts> {
  const library = await readLibrary(folder);
  const { sections, questions } = buildCorpus(library);
  return { documents: library.records.length, sections: sections.length, questions: questions.length };
}

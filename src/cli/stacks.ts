import type { Command } from 'commander';
import { loadConfig } from '../config/load.ts';
import { AppError } from '../domain/errors.ts';
import { readLibrary } from '../knowledge/library.ts';
import { documentsOf, readLines } from '../stacks/document.ts';
import { loadCollection } from '../stacks/load.ts';
import { openStacks } from '../storage/stacks/open-stacks.ts';
import { createThesaurus } from '../text/thesaurus.ts';
import { withStore } from './store.ts';

/** A line on progress comes after so many sections; on a terminal it is written over the last. */
const TOLD_EVERY = 10_000;

export function addStacks(program: Command): void {
  const stacks = program.command('stacks').description('collections too large for memory, kept and searched in PostgreSQL');
  stacks
    .command('add')
    .description('put a collection in, or in the place of the one of that name; JSON lines, a section each, packed with gzip or not')
    .argument('<name>', 'short name: lower-case letters, digits, hyphens')
    .argument('<files...>', 'e.g. {"id":"law-1#1","document":"…法","title":"第一条","text":"…"} a line')
    .option('--title <title>', 'as people would call it')
    .action((name: string, files: string[], { title }: { title?: string }) => add(name, files, title ?? name));
  stacks
    .command('list')
    .description('what is there')
    .action(() =>
      withStacks(async (store) => {
        for (const { name, title, documents, sections, addedAtMs } of await store.collections()) {
          const count = (value: number): string => value.toLocaleString('en');
          process.stdout.write(
            `${name}\t${title}\t${count(documents)} documents\t${count(sections)} sections\t${new Date(addedAtMs).toISOString().slice(0, 10)}\n`,
          );
        }
      }),
    );
  stacks
    .command('remove')
    .description('take a collection out')
    .argument('<name>', 'its short name')
    .action((name: string) =>
      withStacks(async (store) => {
        if (await store.remove(name)) return;
        throw new AppError('INPUT_INVALID', `There is no collection "${name}".`, { hint: 'See "wence stacks list".' });
      }),
    );
}

async function add(name: string, files: readonly string[], title: string): Promise<void> {
  const { thesaurus } = await readLibrary(loadConfig().knowledgeDir);
  async function* lines() {
    for (const file of files) yield* readLines(file);
  }
  const { stderr } = process;
  let told = 0;
  const onProgress = (sections: number, isIndexing: boolean): void => {
    if (!isIndexing && sections - told < TOLD_EVERY) return;
    told = sections;
    const text = `${sections.toLocaleString('en')} sections ${isIndexing ? 'are in; indexing them' : 'read'} …`;
    stderr.write(stderr.isTTY ? `\r\u001b[K${text}` : `${text}\n`);
  };
  await withStacks(async (store) => {
    const options = { name, title, thesaurus: createThesaurus(thesaurus), nowMs: Date.now(), onProgress };
    const { documents, sections } = await loadCollection(documentsOf(lines()), store, options);
    if (stderr.isTTY) stderr.write('\n');
    process.stdout.write(`→ ${name}: ${documents.toLocaleString('en')} documents, ${sections.toLocaleString('en')} sections\n`);
  });
}

/** Uses the stacks of the house's database, whose tables are made when they are not there yet. */
async function withStacks<Result>(use: (store: ReturnType<typeof openStacks>) => Promise<Result>): Promise<Result> {
  const { databaseUrl: url } = loadConfig();
  if (url === null) {
    throw new AppError('CONFIG_INVALID', 'Expected a PostgreSQL database for the stacks, but DATABASE_URL is not set.', {
      hint: 'Set it in the environment or in .env; smaller collections are imported into the library with "wence import".',
    });
  }
  return withStore(async () => {
    const store = openStacks({ url });
    try {
      return await use(store);
    } finally {
      await store.close();
    }
  });
}

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { type LlmConfig, loadConfig } from '../config/load.ts';
import { AppError } from '../domain/errors.ts';
import type { LibraryRecord } from '../domain/record.ts';
import { readLibrary } from '../knowledge/library.ts';
import { createLogger } from '../observability/logger.ts';

/** Writing a dozen questions takes longer than anyone would wait for an answer. */
const PATIENCE_MS = 60_000;
/** After these the next section would fare no better. */
const HOPELESS: readonly string[] = ['over-budget', 'circuit-open', 'refused', 'stopped'];

const NOTE =
  ' Suggested by a model, to be reviewed by a person. This file is not part of the library: take what is good into the front matter of the\n' +
  ' document, under the section of the same number.';

/** The shape of the front matter of a document, so that entries can be copied there. */
const draftFile = z.object({
  status: z.literal('draft'),
  document: z.string(),
  model: z.string(),
  sections: z.array(
    z.object({
      number: z.int(),
      title: z.string(),
      questions: z.array(z.union([z.string(), z.object({ about: z.string(), ask: z.array(z.string()) })])),
    }),
  ),
});
type DraftFile = z.infer<typeof draftFile>;

export function addSuggest(program: Command): void {
  program
    .command('suggest')
    .description('ask the language model for alternate questions of a document, and write them to a file of drafts')
    .argument('<document-id>', 'id of a document in the library')
    .option('--again', 'also for the sections the file of drafts already has')
    .action(async (id: string, { again }: { again?: boolean }) => {
      const { llm, dataDir, knowledgeDir } = loadConfig();
      if (!llm) {
        throw new AppError('CONFIG_INVALID', 'LLM_BASE_URL: expected the address of an OpenAI-compatible API, got none.', {
          hint: 'Set LLM_BASE_URL and LLM_MODEL (and LLM_API_KEY, if the API asks for a key) in .env; see docs/model.md.',
        });
      }
      const record = recordOf((await readLibrary(knowledgeDir)).records, id);
      const file = join(dataDir, 'drafts', `${id}.questions.yaml`);
      const missed = await suggestFor(record, llm, join(dataDir, 'models'), file, again ?? false);
      process.stdout.write(`→ ${file}\n`);
      if (missed === 0) return;
      process.stderr.write(`${missed} sections got no suggestions. Run the command again to go on with them.\n`);
      process.exitCode = 1;
    });
}

function recordOf(records: readonly LibraryRecord[], id: string): LibraryRecord {
  const record = records.find((candidate) => candidate.id === id);
  if (record) return record;
  throw new AppError('NOT_FOUND', `Expected the id of a document of the library, got "${id}".`, {
    hint: `Choose one of: ${records.map((candidate) => candidate.id).join(', ')}.`,
  });
}

/** Asks section by section, and saves after each. @returns how many sections were left without an answer. */
async function suggestFor(record: LibraryRecord, llm: LlmConfig, folder: string, file: string, again: boolean): Promise<number> {
  const { createChatModel, openEndpoint, suggestQuestions } = await import('../models/index.ts');
  const settings = { ...llm, timeoutMs: Math.max(llm.timeoutMs, PATIENCE_MS) };
  const stop = new AbortController().signal;
  const chat = createChatModel(openEndpoint('llm', settings, { folder, now: Date.now, log: createLogger('silent'), stop }));
  const drafts = new Map(readDrafts(file, record.id).map((section) => [section.number, section]));
  const wanted = record.sections.filter(({ number }) => again || !drafts.has(number));
  let missed = 0;
  for (const [at, section] of wanted.entries()) {
    const outcome = await suggestQuestions(chat, section);
    const told = outcome.kind === 'ok' ? `${outcome.value.length} questions` : outcome.reason;
    process.stderr.write(`${at + 1}/${wanted.length} ${section.number}. ${section.title}: ${told}\n`);
    if (outcome.kind === 'ok') {
      drafts.set(section.number, { number: section.number, title: section.title, questions: grouped(outcome.value) });
      const sections = [...drafts.values()].sort((a, b) => a.number - b.number);
      writeDrafts(file, { status: 'draft', document: record.id, model: llm.model, sections });
    } else {
      missed += 1;
      if (HOPELESS.includes(outcome.reason)) return missed + wanted.length - at - 1;
    }
  }
  return missed;
}

/** Questions of one sentence under the piece of it they were given, the others by themselves. */
function grouped(drafts: readonly { readonly ask: string; readonly about: string | null }[]): DraftFile['sections'][number]['questions'] {
  const abouts = [...new Set(drafts.map(({ about }) => about))].filter((about) => about !== null);
  return [
    ...abouts.map((about) => ({ about, ask: drafts.filter((draft) => draft.about === about).map(({ ask }) => ask) })),
    ...drafts.filter(({ about }) => about === null).map(({ ask }) => ask),
  ];
}

function readDrafts(file: string, id: string): DraftFile['sections'] {
  if (!existsSync(file)) return [];
  const read = draftFile.safeParse(parse(readFileSync(file, 'utf8')));
  if (read.success && read.data.document === id) return read.data.sections;
  throw new AppError('INPUT_INVALID', `${file}: expected drafts of "${id}" as this command writes them.`, {
    hint: 'Correct the file, or move it away to begin anew.',
  });
}

function writeDrafts(file: string, drafts: DraftFile): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, `#${NOTE.replace('\n', '\n#')}\n${stringify(drafts, { lineWidth: 0 })}`);
  renameSync(`${file}.new`, file);
}

import { parseArgs } from 'node:util';
import { AppError } from '../../src/domain/errors.ts';
import { ENGINE_NAMES, type EngineName, isEngineName, needsEmbedding } from './engines/catalogue.ts';
import type { EmbeddingApi } from './engines/engine.ts';

export const USAGE = `npm run bench:retrieval -- <folder> [options]
npm run bench:retrieval -- --render [--out docs/benchmarks.md]

<folder>              a set (corpus.jsonl, queries.jsonl, qrels.tsv), or a folder of sets
--engines a,b         of ${ENGINE_NAMES.join(', ')};
                      left out: all but those too slow for a corpus of its size
--queries <file>      other questions for the same corpus (one set only)
--qrels <file>        the right passages for them
--limit <n>           ask at most n questions of each set, evenly spread
--sample <n>          ask the slow engines (fuse.js) at most n questions, evenly spread (100)
--embedding-url <url> an OpenAI-compatible API (…/v1): measures Wence with embeddings too; its key is EMBEDDING_API_KEY of the environment
--embedding-model <m> the model to ask it for
--distractors <file>  add these passages to the corpus (JSON lines, gzip or plain)
--repeat <n,m>        repeat the passages n times, every copy changed a little; several numbers: several corpora
--growth <set>        add and repeat for this set only, after all sets as they are
--out <page.md>       put the figures into page.json beside it, and write page and charts from all figures there
--note <text>         said on the page beside these figures
--json                print one JSON object
--render              write page and charts again, measure nothing`;

export interface Options {
  readonly folder: string;
  /** null: whatever suits the size of the corpus. */
  readonly engines: readonly EngineName[] | null;
  readonly queries: string | null;
  readonly qrels: string | null;
  readonly limit: number;
  readonly sample: number;
  readonly distractors: string | null;
  readonly repeat: readonly number[];
  readonly growth: string | null;
  readonly out: string | null;
  readonly note: string | null;
  readonly isJson: boolean;
  readonly embedding: EmbeddingApi | null;
}

export type Command = { readonly kind: 'help' } | { readonly kind: 'render'; readonly out: string } | ({ readonly kind: 'run' } & Options);

export const DEFAULT_PAGE = 'docs/benchmarks.md';
const DEFAULT_SAMPLE = 100;

const bad = (problem: string): AppError => new AppError('INPUT_INVALID', problem, { hint: `Usage:\n${USAGE}` });

/** Reads the command line. @throws {AppError} `INPUT_INVALID` with what was expected. */
export function readOptions(args: readonly string[]): Command {
  const { values, positionals } = parse(args);
  if (values.help) return { kind: 'help' };
  if (values.out !== undefined && !values.out.endsWith('.md')) throw bad(`--out: expected a page ending in .md, got "${values.out}"`);
  if (values.render) return { kind: 'render', out: values.out ?? DEFAULT_PAGE };
  const [folder, ...rest] = positionals;
  if (folder === undefined || rest.length > 0) throw bad(`expected one folder, got ${positionals.length}`);
  if ((values.queries === undefined) !== (values.qrels === undefined)) throw bad('expected --queries and --qrels together');
  const embedding = embeddingOf(values['embedding-url'], values['embedding-model']);
  const engines = values.engines === undefined ? null : enginesOf(values.engines);
  if (embedding === null && engines?.some(needsEmbedding)) throw bad('--engines: expected --embedding-url with an engine that needs it');
  const isEnlarged = values.distractors !== undefined || values.repeat !== undefined;
  if (values.growth !== undefined && !isEnlarged) throw bad('--growth: expected --distractors or --repeat with it');
  return {
    kind: 'run',
    folder,
    engines,
    queries: values.queries ?? null,
    qrels: values.qrels ?? null,
    limit: values.limit === undefined ? Number.POSITIVE_INFINITY : countOf('--limit', values.limit),
    sample: values.sample === undefined ? DEFAULT_SAMPLE : countOf('--sample', values.sample),
    distractors: values.distractors ?? null,
    repeat: (values.repeat ?? '1').split(',').map((number) => countOf('--repeat', number)),
    growth: values.growth ?? null,
    out: values.out ?? null,
    note: values.note ?? null,
    isJson: values.json,
    embedding,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        engines: { type: 'string' },
        queries: { type: 'string' },
        qrels: { type: 'string' },
        limit: { type: 'string' },
        sample: { type: 'string' },
        distractors: { type: 'string' },
        repeat: { type: 'string' },
        growth: { type: 'string' },
        out: { type: 'string' },
        note: { type: 'string' },
        'embedding-url': { type: 'string' },
        'embedding-model': { type: 'string' },
        json: { type: 'boolean', default: false },
        render: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw bad((error as Error).message);
  }
}

function embeddingOf(baseUrl: string | undefined, model: string | undefined): EmbeddingApi | null {
  if ((baseUrl === undefined) !== (model === undefined)) throw bad('expected --embedding-url and --embedding-model together');
  if (baseUrl === undefined || model === undefined) return null;
  if (!/^https?:\/\//.test(baseUrl)) throw bad(`--embedding-url: expected an http(s) address, got "${baseUrl}"`);
  return { baseUrl: baseUrl.replace(/\/+$/, ''), model };
}

function enginesOf(list: string): EngineName[] {
  const names = list.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !isEngineName(name));
  if (unknown !== undefined) throw bad(`--engines: expected names out of ${ENGINE_NAMES.join(', ')}; got "${unknown}"`);
  return ENGINE_NAMES.filter((name) => names.includes(name));
}

function countOf(option: string, value: string): number {
  if (!/^[1-9]\d{0,8}$/.test(value.trim())) throw bad(`${option}: expected a whole number above 0, got "${value}"`);
  return Number(value);
}

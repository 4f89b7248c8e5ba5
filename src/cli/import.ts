import { Argument, type Command, Option } from 'commander';
import { randomBytes } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { loadConfig } from '../config/load.ts';
import { CATEGORY_IDS } from '../domain/categories.ts';
import { AppError } from '../domain/errors.ts';
import {
  applyPlan,
  fetchPage,
  hasErrors,
  isAddress,
  MAX_FILE_BYTES,
  planImport,
  type PlanOptions,
  planText,
  type Progress,
  readCategory,
  readShelf,
  refuse,
  type SourceFile,
  tableTemplate,
} from '../knowledge/import/index.ts';

interface Options {
  readonly dryRun?: boolean;
  readonly id?: string;
  readonly category?: string;
  readonly issuer?: string;
  readonly year?: string;
  readonly template?: 'faq' | 'procedure';
}

export function addImport(program: Command): void {
  program
    .command('import')
    .description('read documents and tables into the library (Markdown, text, DOCX, PDF, XLSX, CSV, HTML; a file or a web address)')
    .addArgument(new Argument('[files...]', 'the documents'))
    .option('--dry-run', 'show what would be created, changed and skipped, and every problem; write nothing')
    .option('--id <id>', 'short name of the document, when it is only one: lower-case letters, digits, hyphens')
    .option('--category <category>', `for documents that do not say: one of ${CATEGORY_IDS.join(', ')}, or its Chinese name`)
    .option('--issuer <name>', 'issuing body')
    .option('--year <year>', 'year')
    .addOption(new Option('--template <table>', 'print the table to fill in, as CSV').choices(['faq', 'procedure']))
    .action(async (files: string[], options: Options) => {
      if (options.template !== undefined) {
        process.stdout.write(tableTemplate(options.template));
        return;
      }
      await runImport(files, options);
    });
}

async function runImport(names: readonly string[], options: Options): Promise<void> {
  if (names.length === 0) {
    throw new AppError('INPUT_INVALID', '没有指定要导入的文件。', { hint: '例如：npx wence import 通知.docx 问答.xlsx --dry-run' });
  }
  const folder = loadConfig().knowledgeDir;
  const shelf = await readShelf(folder);
  const planOptions = readOptions(options);
  const files: SourceFile[] = [];
  for (const name of names) files.push(isAddress(name) ? await fetchPage(name) : await readSource(name));
  const bar = progressBar();
  const plan = await planImport(files, shelf, { ...planOptions, onProgress: bar });
  process.stdout.write(planText(plan));
  if (options.dryRun) {
    process.stdout.write('试运行，没有写入任何内容。\n');
    if (hasErrors(plan.problems)) process.exitCode = 1;
    return;
  }
  await applyPlan(plan, folder, randomBytes(6).toString('hex'));
  for (const { path } of [...plan.created, ...plan.changed]) process.stdout.write(`→ ${path}\n`);
}

function readOptions({ id, category, issuer, year }: Options): PlanOptions {
  const known = category === undefined ? undefined : readCategory(category);
  if (known === null) {
    throw new AppError('INPUT_INVALID', `--category: expected one of ${CATEGORY_IDS.join(', ')}, got "${category}".`, {
      hint: 'Choose one of them.',
    });
  }
  if (year !== undefined && !/^(19|20|21)\d{2}$/.test(year)) {
    throw new AppError('INPUT_INVALID', `--year: expected a year such as 2024, got "${year}".`, { hint: 'Correct the option.' });
  }
  return {
    ...(id === undefined ? {} : { id }),
    ...(known === undefined ? {} : { category: known }),
    ...(issuer === undefined ? {} : { issuingBody: issuer }),
    ...(year === undefined ? {} : { year: Number(year) }),
  };
}

async function readSource(path: string): Promise<SourceFile> {
  try {
    // Not even read when it is too large.
    if ((await stat(path)).size > MAX_FILE_BYTES) throw refuse('too-large', basename(path));
    return { name: basename(path), bytes: await readFile(path) };
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('INPUT_INVALID', `${path}：无法读取（${(error as Error).message}）`, {
      hint: '请检查文件路径和权限。',
      cause: error,
    });
  }
}

const BAR_WIDTH = 24;

/** A bar that redraws itself on a terminal; elsewhere a line for each file. */
function progressBar(): (progress: Progress) => void {
  const { stderr } = process;
  return ({ done, total, file }) => {
    if (!stderr.isTTY) {
      if (file !== '') stderr.write(`[${done + 1}/${total}] ${file}\n`);
      return;
    }
    const filled = Math.round((done / total) * BAR_WIDTH);
    stderr.write(
      `\r\u001b[K[${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}] ${done}/${total} ${file}${done === total ? '\n' : ''}`,
    );
  };
}

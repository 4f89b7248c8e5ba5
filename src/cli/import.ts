import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Command } from 'commander';
import { loadConfig } from '../config/load.ts';
import { CATEGORY_IDS, type Category } from '../domain/categories.ts';
import { AppError } from '../domain/errors.ts';
import { importPlainText } from '../knowledge/import/plain-text.ts';
import { policyMarkdown } from '../knowledge/markdown-writer.ts';

interface Options {
  readonly id: string;
  readonly category: string;
  readonly issuer?: string;
  readonly year?: string;
  readonly dryRun?: boolean;
}

export function addImport(program: Command): void {
  program
    .command('import')
    .description('read a plain-text plan into the library as a Markdown file to review')
    .argument('<file>', 'the document, UTF-8 text with 一、parts and 1.sections')
    .requiredOption('--id <id>', 'short name of the document: lower-case letters, digits, hyphens')
    .option('--category <category>', `one of ${CATEGORY_IDS.join(', ')}`, 'industry')
    .option('--issuer <name>', 'issuing body')
    .option('--year <year>', 'year')
    .option('--dry-run', 'show the outline, write nothing')
    .action((file: string, options: Options) => {
      const outline = importPlainText(readText(file), basename(file));
      process.stdout.write(`${outline.title}\n`);
      let part: string | null = null;
      for (const section of outline.sections) {
        if (section.part !== part) process.stdout.write(`  ${section.part ?? ''}\n`);
        part = section.part;
        process.stdout.write(`    ${section.number}. ${section.title} (${section.text.length})\n`);
      }
      if (options.dryRun) return;
      const target = join(loadConfig().knowledgeDir, 'policies', `${options.id}.md`);
      if (existsSync(target)) {
        throw new AppError('INPUT_INVALID', `Expected a new id, but ${target} exists.`, { hint: 'Edit that file, or give another --id.' });
      }
      const markdown = policyMarkdown(outline, {
        id: options.id,
        category: checkCategory(options.category),
        issuingBody: options.issuer ?? null,
        year: options.year === undefined ? null : Number(options.year),
      });
      mkdirSync(join(loadConfig().knowledgeDir, 'policies'), { recursive: true });
      writeFileSync(target, markdown);
      process.stdout.write(`→ ${target}\n`);
    });
}

function checkCategory(category: string): Category {
  const known = CATEGORY_IDS.find((id) => id === category);
  if (known) return known;
  throw new AppError('INPUT_INVALID', `--category: expected one of ${CATEGORY_IDS.join(', ')}, got "${category}".`, {
    hint: 'Choose one of them.',
  });
}

function readText(file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    throw new AppError('INPUT_INVALID', `${file}: expected a readable UTF-8 text file: ${(error as Error).message}`, {
      hint: 'Check the path, and save the file as UTF-8.',
      cause: error,
    });
  }
}

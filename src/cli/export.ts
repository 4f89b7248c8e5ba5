import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { AppError } from '../domain/errors.ts';
import { writeKnowledgeFiles } from '../knowledge/knowledge-files.ts';
import { withExistingStore } from './store.ts';

export function addExport(program: Command): void {
  program
    .command('export')
    .description('write every published text to a folder, as the files of a knowledge folder')
    .argument('<folder>', 'the folder; files of the same name are replaced, others stay')
    .action(async (folder: string) => {
      const published = await withExistingStore(async ({ editorial }) => (await editorial.published()).texts);
      if (!published || published.length === 0) {
        throw new AppError('NOT_FOUND', '还没有已发布的内容。', { hint: '请先运行一次 npx wence start，它会收下知识目录里的文件。' });
      }
      const isNew = !existsSync(folder);
      const paths = await writeKnowledgeFiles(folder, published);
      process.stdout.write(`已导出 ${paths.length} 份内容到${isNew ? '新目录' : ''} ${resolve(folder)}\n`);
    });
}

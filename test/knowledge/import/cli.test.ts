import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCommand } from '../../../src/cli/index.ts';

const FIXTURES = resolve('test/fixtures/import');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wence-import-'));
  vi.stubEnv('KNOWLEDGE_DIR', join(folder, 'knowledge'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the command in this process. */
async function wence(...args: string[]) {
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      said[stream] += String(text);
      return true;
    });
  }
  const status = await runCommand(['node', 'wence', 'import', ...args]);
  process.exitCode = undefined;
  vi.restoreAllMocks();
  return { status, ...said };
}

const written = (): string[] =>
  readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.md'))
    .toSorted();

describe('wence import', () => {
  it('shows a dry run, with progress, and writes nothing', () => {
    const args = [`${FIXTURES}/notice-docx/source.docx`, `${FIXTURES}/procedures-csv/source.csv`, '--dry-run'];
    const { status, stdout, stderr } = spawnSync(process.execPath, [resolve('src/main.ts'), 'import', ...args], {
      cwd: folder,
      env: { PATH: process.env['PATH'], KNOWLEDGE_DIR: join(folder, 'knowledge') },
      encoding: 'utf8',
    });
    expect(stderr).toBe('[1/2] source.docx\n[2/2] source.csv\n');
    expect(stdout).toContain('将新增 3 条，修改 0 条，跳过 0 条；0 处错误，0 处提示');
    expect(stdout).toContain('试运行，没有写入任何内容。');
    expect([status, written()]).toEqual([0, []]);
  });

  it('writes the records, and skips them the second time', async () => {
    const files = [`${FIXTURES}/notice-md/source.md`, `${FIXTURES}/faq-xlsx/source.xlsx`];
    expect((await wence(...files)).stdout).toContain('→ policies/ykg-2024-12.md\n');
    expect(written()).toHaveLength(4);
    expect((await wence(...files)).stdout).toContain('将新增 0 条，修改 0 条，跳过 4 条');
  });

  it('writes nothing when a file is refused, and says why', async () => {
    const { status, stdout, stderr } = await wence(`${FIXTURES}/notice-md/source.md`, `${FIXTURES}/refused-scanned-pdf/source.pdf`);
    expect(stdout).toContain('错误  source.pdf：页面上没有文字，应是扫描件。请先做文字识别（OCR）');
    expect(stderr).toContain('IMPORT_PROBLEMS: 有需要改正的问题，没有写入任何内容。');
    expect([status, written()]).toEqual([1, []]);
    expect((await wence(`${FIXTURES}/refused-zip/source.zip`, '--dry-run')).status).toBe(1);
  });

  it('prints the tables to fill in', async () => {
    expect((await wence('--template', 'faq')).stdout).toMatch(/^\ufeff问题,相似问,答案,易混问,分类,/);
    expect((await wence('--template', 'procedure')).stdout).toMatch(/^\ufeff事项名称,事项编码,/);
  });

  it.each([
    ['no file', [], '没有指定要导入的文件'],
    ['a file that is not there', ['missing.txt'], 'missing.txt：无法读取'],
    ['an unknown category', ['a.txt', '--category', 'sports'], '--category: expected one of'],
    ['a year that is none', ['a.txt', '--year', 'soon'], '--year: expected a year'],
  ])('refuses %s', async (_, args, reason) => {
    writeFileSync(join(folder, 'a.txt'), '一、甲。乙。');
    const { status, stderr } = await wence(...args);
    expect(stderr).toContain(reason);
    expect([status, written()]).toEqual([1, []]);
  });
});

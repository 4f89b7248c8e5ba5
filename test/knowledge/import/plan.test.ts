import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyPlan } from '../../../src/knowledge/import/apply.ts';
import { planImport, type PlanOptions, type Progress } from '../../../src/knowledge/import/plan.ts';
import { readFileContent } from '../../../src/knowledge/import/read-file.ts';
import { planText } from '../../../src/knowledge/import/report.ts';
import { readShelf } from '../../../src/knowledge/import/shelf.ts';
import { readLibrary } from '../../../src/knowledge/library.ts';
import { expectedOf, fixtureFile } from './summary.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wence-import-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const text = (name: string, content: string) => ({ name, bytes: new TextEncoder().encode(content) });
const MEASURES = '若干措施\n云开管〔2024〕12号\n一、升规奖励。首次升规奖励10万元。每年三月申报。\n二、研发补助。补助5%。';

const plan = async (files: readonly { name: string; bytes: Uint8Array }[], options: PlanOptions = {}) =>
  planImport(files, await readShelf(folder), { read: readFileContent, ...options });

async function bringIn(name: string, content: string, options: PlanOptions = {}) {
  const made = await plan([text(name, content)], options);
  await applyPlan(made, folder, 'test');
  return made;
}

const filesIn = (): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : []));

describe('a plan', () => {
  it('creates what is new, and nothing before it is applied', async () => {
    const made = await plan([text('措施.txt', MEASURES), fixtureFile('faq-csv-gbk')]);
    expect(made.created.map(({ path }) => path)).toEqual([
      'policies/ykg-2024-12.md',
      ...made.created.slice(1).map(({ id }) => `faq/${id}.md`),
    ]);
    expect(filesIn()).toEqual([]);
    await applyPlan(made, folder, 'test');
    expect((await readLibrary(folder)).records).toHaveLength(5);
    expect(filesIn().every((name) => name.endsWith('.md'))).toBe(true);
  });

  it('skips what the library already has, just so', async () => {
    await bringIn('措施.txt', MEASURES);
    const again = await plan([text('另一名字.txt', MEASURES)]);
    expect(again).toMatchObject({ created: [], changed: [], skipped: [{ id: 'ykg-2024-12', title: '若干措施' }], problems: [] });
  });

  it('changes what has the same number, and keeps what people added to it', async () => {
    await bringIn('措施.txt', MEASURES);
    const path = join(folder, 'policies/ykg-2024-12.md');
    const annotated = readFileSync(path, 'utf8').replace(
      'category: subsidy\n',
      `category: industry
tags: [惠企]
sections:
  - number: 1
    category: [subsidy, talent]
    tags: [升规]
    questions:
      - 升规有钱吗
      - about: 每年三月申报
        ask: [何时申报]
  - number: 2
    questions: [研发补多少]
`,
    );
    writeFileSync(path, annotated);
    const revised = MEASURES.replace('每年三月申报', '每年四月申报').replace('二、研发补助', '二、人才引进。每人1万元。\n三、研发补助');
    const made = await plan([text('新版.txt', revised)]);
    expect(made.created).toEqual([]);
    expect(made.changed[0]!.differences).toEqual([
      '修改第 1 节“一、升规奖励”的正文',
      '修改第 2 节“二、人才引进”的正文',
      '新增第 3 节“三、研发补助”',
    ]);
    expect(made.problems.map(({ severity, message }) => [severity, message])).toEqual([
      ['warning', '相似问“何时申报”等所对应的句子“每年三月申报”已不在文中，改为对应整节'],
    ]);
    expect(made.changed[0]!.record.sections[2]!.questions).toEqual([{ text: '研发补多少', sentence: null }]);
    const { record } = made.changed[0]!;
    expect(record).toMatchObject({ category: 'industry', tags: ['惠企'] });
    expect(record.sections[0]).toMatchObject({
      categories: ['subsidy', 'talent'],
      tags: ['升规'],
      questions: [{ text: '升规有钱吗' }, { text: '何时申报', sentence: null }],
    });
    await applyPlan(made, folder, 'test');
    expect(readFileSync(path, 'utf8')).toBe(made.changed[0]!.markdown);
    expect(filesIn()).toEqual(['ykg-2024-12.md']);
    const shorter = await plan([text('再版.txt', MEASURES.replace(/\n二、.*$/, ''))]);
    expect(shorter.problems.map(({ message }) => message)).toContain(
      '原第 3 节“三、研发补助”在新文件里没有对应的章节，它的 1 组相似问和 0 个标签会丢失',
    );
  });

  it('finds a section again under its title when its number has changed', async () => {
    await bringIn('a.md', '# 指南\n\n## 条件\n\n成年。\n\n## 材料\n\n身份证。', { id: 'guide' });
    const path = join(folder, 'policies/guide.md');
    writeFileSync(path, readFileSync(path, 'utf8').replace('\n---\n', '\nsections:\n  - number: 2\n    questions: [要带什么]\n---\n'));
    const { changed } = await plan([text('a.md', '# 指南\n\n## 对象\n\n企业。\n\n## 条件\n\n成年。\n\n## 材料\n\n身份证。')], {
      id: 'guide',
    });
    expect(changed[0]!.record.sections.map(({ title, questions }) => [title, questions.map((question) => question.text)])).toEqual([
      ['对象', []],
      ['条件', []],
      ['材料', ['要带什么']],
    ]);
  });

  it('adds to the alternate questions of a FAQ, and takes the answer from the table', async () => {
    const made = await bringIn('a.csv', '问题,相似问,答案\n几点上班？,上班时间,九点。');
    const path = join(folder, made.created[0]!.path);
    writeFileSync(path, readFileSync(path, 'utf8').replace('  - 上班时间', '  - 上班时间\n  - 周末开门吗'));
    const { changed } = await plan([text('b.csv', '问题,相似问,答案\n几点上班,上班时间；何时上班,八点半。')]);
    expect(changed[0]!.record.sections[0]).toMatchObject({
      text: '八点半。',
      questions: [{ text: '上班时间' }, { text: '周末开门吗' }, { text: '何时上班' }],
    });
  });

  it('does not take the same thing twice, and tells with whom it clashes', async () => {
    const made = await plan([text('a.txt', MEASURES), text('b.txt', MEASURES), text('c.csv', '问题,答案,编号\n甲？,乙,ykg-2024-12')]);
    expect(made.created).toHaveLength(1);
    expect(made.problems.map(({ file, message }) => [file, message])).toEqual([
      ['b.txt', '“若干措施”与本次导入的 a.txt重复'],
      ['c.csv', '“甲？”的编号“ykg-2024-12”与本次导入的 a.txt重复'],
    ]);
  });

  it('gives documents without a number a name that stays', async () => {
    const [first] = (await bringIn('关于开展检查的通知.txt', '关于开展检查的通知\n一、时间。三月。')).created;
    expect(first!.id).toMatch(/^gykzjcdtz-[0-9a-f]{8}$/);
    expect((await plan([text('副本.txt', '关于开展检查的通知\n一、时间。四月。')])).changed.map(({ id }) => id)).toEqual([first!.id]);
  });

  it('says what the options say', async () => {
    const { created } = await plan([text('a.txt', MEASURES)], { id: 'my-id', category: 'talent', issuingBody: '科技局', year: 2020 });
    expect(created[0]!.record).toMatchObject({ id: 'my-id', category: 'talent', issuingBody: '科技局', year: 2020 });
  });

  it('tells the progress of its files', async () => {
    const seen: Progress[] = [];
    await plan([text('a.txt', MEASURES), text('b.txt', '一、甲。乙。')], { onProgress: (progress) => seen.push(progress) });
    expect(seen).toEqual([
      { done: 0, total: 2, file: 'a.txt' },
      { done: 1, total: 2, file: 'b.txt' },
      { done: 2, total: 2, file: '' },
    ]);
  });

  it('is told in Chinese, with the place of every problem', async () => {
    const said = planText(await plan([fixtureFile('notice-pdf'), fixtureFile('faq-problems-csv')]));
    expect(said).toMatch(/^将新增 2 条，修改 0 条，跳过 0 条；8 处错误，1 处提示\n/);
    expect(said).toContain('      11. 附则（117 字，第 3 页）\n');
    expect(said).toContain('  错误  source.csv · 第 3 行 · “答案”列：不能为空，请补写\n');
    expect(said).toContain('有错误时不写入任何内容');
  });
});

describe('applying a plan', () => {
  it('writes nothing when there is an error anywhere', async () => {
    const made = await plan([text('a.txt', MEASURES), fixtureFile('faq-problems-csv')]);
    expect(made.created.length).toBeGreaterThan(1);
    await expect(applyPlan(made, folder, 'test')).rejects.toMatchObject({ code: 'IMPORT_PROBLEMS' });
    expect(filesIn()).toEqual([]);
    expect(expectedOf('faq-problems-csv')).toHaveProperty('problems');
  });

  it('writes nothing over a file that was changed since the plan was made', async () => {
    await bringIn('a.txt', MEASURES);
    const made = await plan([text('b.txt', MEASURES.replace('10万元', '20万元')), text('c.csv', '问题,答案\n甲？,乙')]);
    const path = join(folder, 'policies/ykg-2024-12.md');
    const edited = `${readFileSync(path, 'utf8')}\n补充一句。\n`;
    writeFileSync(path, edited);
    await expect(applyPlan(made, folder, 'test')).rejects.toMatchObject({ code: 'IMPORT_PROBLEMS' });
    expect(readFileSync(path, 'utf8')).toBe(edited);
    expect(filesIn()).toEqual(['ykg-2024-12.md']);
  });

  it('puts everything back when one file cannot be written', async () => {
    await bringIn('a.txt', MEASURES);
    const path = join(folder, 'policies/ykg-2024-12.md');
    const before = readFileSync(path, 'utf8');
    const made = await plan([
      text('c.csv', '问题,答案,编号\n甲？,乙,q-1\n丙？,丁,q-2'),
      text('b.txt', MEASURES.replace('10万元', '20万元')),
    ]);
    // A folder stands where the change would put the old file aside.
    mkdirSync(`${path}.test.old/sub`, { recursive: true });
    await expect(applyPlan(made, folder, 'test')).rejects.toMatchObject({
      code: 'INTERNAL',
      message: expect.stringContaining('已恢复原状'),
    });
    rmSync(`${path}.test.old`, { recursive: true });
    expect(filesIn()).toEqual(['ykg-2024-12.md']);
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')('says so when the folder cannot be written', async () => {
    const made = await plan([text('a.txt', MEASURES)]);
    chmodSync(folder, 0o500);
    await expect(applyPlan(made, folder, 'test')).rejects.toMatchObject({ code: 'INTERNAL' });
    chmodSync(folder, 0o700);
    expect(existsSync(join(folder, 'policies'))).toBe(false);
  });
});

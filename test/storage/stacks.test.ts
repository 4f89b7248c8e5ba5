import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import type { StackDocument } from '../../src/stacks/document.ts';
import { loadCollection } from '../../src/stacks/load.ts';
import { openStacks } from '../../src/storage/stacks/open-stacks.ts';
import { createThesaurus } from '../../src/text/thesaurus.ts';
import { startPostgres } from '../support/postgres.ts';
import { open } from './opening.ts';

const postgres = await startPostgres();

const document = (title: string, texts: readonly string[], about: Partial<StackDocument> = {}): StackDocument => ({
  title,
  issuingBody: null,
  documentNumber: null,
  issuedOn: null,
  effectiveOn: null,
  expiresOn: null,
  url: null,
  category: 'approval',
  sections: texts.map((text, at) => ({ title: `第${at + 1}条`, text })),
  ...about,
});

const thesaurus = createThesaurus([{ official: ['欠薪'], colloquial: ['拖欠工资'], ambiguous: [] }]);
const SEARCH = { constant: 0.1, perPair: 0.001, limit: 10, lookedAt: 1_000, today: '2024-06-01' };
const wanted = (...lexemes: string[]) => lexemes.map((lexeme) => ({ lexemes: [lexeme], value: 1 }));

describe.skipIf(!postgres)('stacks in PostgreSQL', async () => {
  if (!postgres) return;
  const url = await postgres.createDatabase();
  await (await open({ kind: 'postgres', url })).close();
  const stacks = openStacks({ url });
  const observer = new pg.Pool({ connectionString: url, max: 1 });
  observer.on('error', () => {});
  afterAll(async () => {
    await stacks.close();
    await observer.end();
    await postgres.stop();
  });

  const load = (name: string, documents: readonly StackDocument[]) =>
    loadCollection(documents, stacks, { name, title: `馆藏${name}`, thesaurus, nowMs: 5 });
  const found = async (...lexemes: string[]) =>
    (await stacks.find({ ...SEARCH, wanted: wanted(...lexemes) })).map(({ section }) => section.id);
  const tables = async (): Promise<number> =>
    Number((await observer.query(`select count(*) from pg_tables where tablename ~ '^stack_.*_[0-9a-f]{12}$'`)).rows[0].count);

  it('find what is in them, the best first, and say how rare words are', async () => {
    await load('laws', [
      document('劳动法', ['用人单位拖欠工资的,由主管部门责令支付。', '女职工的休假按规定执行。'], { issuingBody: '全国人大' }),
      document("O'Brien \\ 办法", [
        "带 'quotes' 与 \\ 的条文,拖欠工资的照此办理。其余的话很长很长很长很长很长很长很长很长。",
        'U+0000 \0 也不坏事',
      ]),
    ]);
    expect(await stacks.collections()).toMatchObject([
      { name: 'laws', title: '馆藏laws', documents: 2, sections: 4, addedAtMs: 5, counts: { words: { filled: 4 } } },
    ]);
    expect(await found('拖欠', '工资')).toEqual(['laws-1#1', 'laws-2#1']);
    expect(await found('休假')).toEqual(['laws-1#2']);
    expect(await found("o'brien")).toEqual([]);
    expect(await found('没有')).toEqual([]);
    expect(await stacks.find({ ...SEARCH, wanted: [{ lexemes: ['拖欠', '休假'], value: 1 }] })).toEqual([]);
    expect(await stacks.find({ ...SEARCH, wanted: [] })).toEqual([]);
    const [first] = await stacks.find({ ...SEARCH, wanted: wanted('休假'), limit: 1 });
    expect(first).toMatchObject({
      section: { number: 2, title: '第2条' },
      record: { id: 'laws-1', title: '劳动法', issuingBody: '全国人大' },
    });
    expect(
      await stacks.frequencies([
        ['bigrams', '拖欠'],
        ['words', '休假'],
        ['concepts', '欠薪'],
        ['words', '没有'],
      ]),
    ).toEqual([2, 1, 2, 0]);
    expect(await stacks.section('laws-2', 1)).toMatchObject({ record: { title: "O'Brien \\ 办法" } });
    expect(await stacks.section('laws-2', 3)).toBeNull();
    expect(await stacks.section('laws-9', 1)).toBeNull();
  });

  it('are searched together, and what is not in force is not found', async () => {
    await load('rules', [
      document('旧办法', ['休假的旧规定。'], { expiresOn: '2024-05-31' }),
      document('新办法', ['休假的新规定。'], { effectiveOn: '2024-06-01' }),
    ]);
    expect((await found('休假')).toSorted()).toEqual(['laws-1#2', 'rules-2#1']);
    const before = await stacks.find({ ...SEARCH, wanted: wanted('休假'), today: '2024-05-31' });
    expect(before.map(({ section }) => section.id).toSorted()).toEqual(['laws-1#2', 'rules-1#1']);
    expect(await stacks.find({ ...SEARCH, wanted: wanted('休假'), today: '' })).toHaveLength(3);
    expect(await stacks.frequencies([['words', '休假']])).toEqual([3]);
  });

  it('replace a collection in one moment, and take one out whole', async () => {
    const before = await tables();
    await load('rules', [document('办法', ['新版只讲年假。'])]);
    expect(await found('年假')).toEqual(['rules-1#1']);
    expect(await found('休假')).toEqual(['laws-1#2']);
    expect(await tables()).toBe(before);
    expect(await stacks.remove('rules')).toBe(true);
    expect(await stacks.remove('rules')).toBe(false);
    expect(await found('年假')).toEqual([]);
    expect((await stacks.collections()).map(({ name }) => name)).toEqual(['laws']);
    expect(await tables()).toBe(before - 4);
  });

  it('show nothing of a load that fails, and keep what was there', async () => {
    const before = await tables();
    function* faulty(): Generator<StackDocument> {
      for (let at = 0; at < 1_500; at++) yield document('半途', ['休假半途而废。']);
      throw new Error('the file ends here');
    }
    await expect(loadCollection(faulty(), stacks, { name: 'laws', title: '', thesaurus, nowMs: 0 })).rejects.toThrow('the file ends here');
    await expect(load('laws', [])).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    await expect(load('No Name', [])).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    expect(await found('休假')).toEqual(['laws-1#2']);
    expect(await tables()).toBe(before);
  });

  it('are loaded by one at a time; what a killed load left is swept away by the next', async () => {
    const before = await tables();
    const half = await stacks.load('laws');
    await expect(stacks.load('laws')).rejects.toMatchObject({ code: 'INPUT_INVALID', message: expect.stringContaining('laws') });
    // A load of another collection leaves the one under way alone.
    await load('other', [document('其他', ['其他条文。'])]);
    expect(await tables()).toBe(before + 8);
    await observer.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'wence-load'`);
    await expect(half.add([])).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await half.abandon();
    // The server lets go of a lock a moment after its connection ends.
    while ((await observer.query(`select 1 from pg_locks where locktype = 'advisory'`)).rows.length > 0) await sleep(10);
    await load('other', [document('其他', ['其他条文。'])]);
    expect(await tables()).toBe(before + 4);
    await stacks.remove('other');
  });

  it('say that the database is away', async () => {
    const gone = openStacks({ url: 'postgres://nobody@127.0.0.1:1/none' });
    await expect(gone.collections()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await expect(gone.load('laws')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await expect(gone.remove('laws')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await gone.close();
  });
});

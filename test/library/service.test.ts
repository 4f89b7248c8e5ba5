import { cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { answerQuestion } from '../../src/answering/answerer.ts';
import type { Log } from '../../src/domain/log.ts';
import { type LibraryOptions, openLibrary } from '../../src/library/service.ts';
import { fileShelf } from '../../src/library/snapshot-shelf.ts';
import { segment } from '../../src/text/segment.ts';
import { openHouse, policy, REVIEWER, SEEN, WRITER, impactOf } from '../knowledge/editorial/house.ts';
import { temporaryFolder } from '../support/config.ts';

const POLICY = 'campus.md';
const DAY_MS = 86_400_000;
/** Noon in Shanghai on 2026-11-23. */
const NOON_MS = Date.UTC(2026, 10, 23, 4);

/** However busy the machine is. */
const eventually = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 20_000, interval: 5 });

/** A copy of the small library, its one policy file, and a house that serves it. */
async function smallHouse(options: Partial<LibraryOptions> = {}) {
  const folder = temporaryFolder();
  cpSync('test/fixtures/small-library', folder, { recursive: true });
  const house = await openHouse();
  house.clock.nowMs = NOON_MS;
  const faults: object[] = [];
  const told: Record<string, unknown>[] = [];
  const log: Log = { debug() {}, warn() {}, info: (fields) => void told.push({ ...fields }), error: (fields) => void faults.push(fields) };
  const open = () =>
    openLibrary({
      folder,
      store: house.store,
      log,
      now: () => house.clock.nowMs,
      timeZone: 'Asia/Shanghai',
      pollMs: 5,
      dueMs: 5,
      ...options,
    });
  const stopping = new AbortController();
  onTestFinished(() => stopping.abort());
  return { ...house, folder, file: join(folder, 'policies', POLICY), faults, told, open, stopping };
}

const says = (library: Awaited<ReturnType<typeof openLibrary>>, question: string): string =>
  JSON.stringify(answerQuestion(question, null, library.current()));

describe('the library in service', () => {
  it('begins with the knowledge folder', async () => {
    const { open, store } = await smallHouse();
    const library = await open();
    expect(library.version()).toBe(1);
    expect(says(library, '班车几点发车')).toContain('七点半');
    expect(library.current().library.records[0]).toMatchObject({ id: 'campus', revision: 1, publishedOn: '2026-11-23' });
    expect((await store.text('campus'))?.published).toBe(1);
    expect(library.previous()).toBeNull();
  });

  it('stays as it was when its files can no longer be read, and says where the fault is', async () => {
    const { open, file, faults } = await smallHouse();
    const library = await open();
    const before = library.current();
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^kind: .*$/m, 'kind: nonsense'));
    expect(await library.synchronise()).toMatchObject({ published: 0, problems: [expect.stringMatching(new RegExp(`${POLICY}:\\d+: `))] });
    expect(library.current()).toBe(before);
    expect(faults).toEqual([{ reason: expect.stringMatching(new RegExp(`${POLICY}:\\d+: `)) }]);
  });

  it('does not start without a good library', async () => {
    const { open, file } = await smallHouse();
    writeFileSync(file, 'nonsense');
    await expect(open()).rejects.toMatchObject({ code: 'KNOWLEDGE_UNREADABLE' });
  });

  it('follows the files, and remembers the state before', async () => {
    const { open, file } = await smallHouse();
    const library = await open();
    const before = library.current();
    writeFileSync(file, `${readFileSync(file, 'utf8')}\n### 99. 新增一节\n\n这一节是后来加上的。\n`);
    expect(await library.synchronise()).toMatchObject({ published: 1 });
    expect(library.current().corpus.sections.find((section) => section.number === 99)?.text).toBe('这一节是后来加上的。');
    expect(library.previous()).toBe(before);
    expect(library.version()).toBe(2);
  });

  it('takes a change of the thesaurus and of the lexicon, also one back', async () => {
    const { open, folder } = await smallHouse();
    const library = await open();
    const groups = () => library.current().corpus.thesaurus.groups.length;
    expect(groups()).toBe(0);
    writeFileSync(join(folder, 'thesaurus.yaml'), '- official: [厂房租金]\n  colloquial: [房租]\n  ambiguous: []\n');
    writeFileSync(join(folder, 'lexicon.txt'), '园区服务办法\n');
    await library.synchronise();
    expect(groups()).toBe(1);
    expect(segment('园区服务办法')).toContain('园区服务办法');
    expect(says(library, '房租有补贴吗')).toContain('厂房租金补贴');
    rmSync(join(folder, 'lexicon.txt'));
    await library.synchronise();
    expect(segment('园区服务办法')).not.toContain('园区服务办法');
    expect(groups()).toBe(1);
  }, 90_000);

  it('keeps its index for the next start, and makes it anew when it is damaged or of another library', async () => {
    const folder = join(temporaryFolder(), 'data');
    const shelf = join(folder, 'index.snapshot');
    const { open, file, told } = await smallHouse({ shelf: fileShelf(shelf) });
    const opened = async () => {
      const library = await open();
      return { how: told.findLast(({ how }) => how !== undefined)?.['how'], answer: says(library, '班车几点发车') };
    };
    const first = await opened();
    expect(first.how).toBe('indexed');
    expect(await opened()).toEqual({ how: 'from the snapshot', answer: first.answer });
    const snapshot = join(folder, readdirSync(folder)[0]!);
    const bytes = readFileSync(snapshot);
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(snapshot, bytes);
    expect(await opened()).toEqual({ how: 'indexed', answer: first.answer });
    expect((await opened()).how).toBe('from the snapshot');
    writeFileSync(file, `${readFileSync(file, 'utf8')}\n### 99. 新增一节\n\n这一节是后来加上的。\n`);
    expect((await opened()).how).toBe('indexed');
  });

  it('answers from what is published, and no longer from what is withdrawn; what did not change is shared', async () => {
    const house = await smallHouse();
    const library = await house.open();
    library.run(house.editorial, house.stopping.signal);
    const campus = library.current().library.records[0];
    const version = await house.publish('harbour', policy('harbour', { title: '码头办法', text: '集装箱码头每箱补贴九元。' }));
    await eventually(() => expect(says(library, '集装箱码头补贴多少')).toContain('九元'));
    expect(library.current().library.records.map(({ id }) => id)).toEqual(['campus', 'harbour']);
    expect(library.current().library.records[0]).toBe(campus);
    await house.editorial.withdraw(REVIEWER, 'harbour', SEEN(version));
    await eventually(() => expect(says(library, '集装箱码头补贴多少')).not.toContain('九元'));
    expect(library.previous()?.library.records).toHaveLength(2);
  });

  it('hears of what another process published without being told', async () => {
    const house = await smallHouse();
    const library = await openLibrary({
      folder: house.folder,
      store: new Proxy(house.store, {
        get: (store, key) => (key === 'onPublication' ? () => () => {} : Reflect.get(store, key).bind(store)),
      }),
      log: { debug() {}, info() {}, warn() {}, error() {} },
      now: () => house.clock.nowMs,
      timeZone: 'Asia/Shanghai',
      pollMs: 5,
    });
    library.run(house.editorial, house.stopping.signal);
    await house.publish('harbour', policy('harbour', { text: '集装箱码头每箱补贴九元。' }));
    await eventually(() => expect(says(library, '集装箱码头补贴多少')).toContain('九元'));
  });

  it('publishes what is scheduled when its time has come', async () => {
    const house = await smallHouse();
    const { editorial, clock } = house;
    const library = await house.open();
    library.run(editorial, house.stopping.signal);
    const source = policy('harbour', { text: '集装箱码头每箱补贴九元。' });
    const drafted = await editorial.create(WRITER, { source, note: '', origin: 'console' });
    const sent = await editorial.submit(WRITER, 'harbour', 1, SEEN(drafted.text.version));
    await editorial.keepImpact('harbour', 1, impactOf(sent.revision));
    await editorial.approve(REVIEWER, 'harbour', 1, { ...SEEN(sent.text.version), publishAtMs: NOON_MS + DAY_MS });
    await library.refresh();
    expect(library.current().library.records).toHaveLength(1);
    clock.nowMs = NOON_MS + DAY_MS;
    await eventually(() => expect(library.current().library.records).toHaveLength(2));
    expect(library.current().library.records[1]?.publishedOn).toBe('2026-11-24');
  });

  it('is indexed anew in the background after many changes, and misses none meanwhile', async () => {
    const house = await smallHouse();
    const library = await house.open();
    const long = (words: string): string =>
      `${policy('long', { text: words })}${Array.from({ length: 300 }, (_, at) => `\n## ${at + 2}. 第${at}类补贴\n\n第${at}类企业每家补贴${at}元。\n`).join('')}`;
    await house.publish('long', long('集装箱码头每箱补贴七元。'));
    await library.refresh();
    await house.publish('long', long('集装箱码头每箱补贴八元。'));
    await library.refresh();
    await house.publish('harbour', policy('harbour', { text: '渔港每船补贴九元。' }));
    await library.refresh();
    await eventually(() => expect(house.told.at(-1)).toMatchObject({ how: 'indexed anew' }));
    expect(library.version()).toBe(4);
    expect(says(library, '集装箱码头每箱补贴多少')).toContain('八元');
    expect(says(library, '渔港每船补贴多少')).toContain('九元');
    expect(library.current().corpus.sectionIndex.contents.removed).toEqual([]);
  }, 90_000);

  it('leaves out a published text it can no longer read, and says so', async () => {
    const house = await smallHouse();
    const library = await house.open();
    const { store } = house;
    const text = (await store.text('campus'))!;
    const revision = (await store.revision('campus', 1))!;
    await house.publish('harbour');
    const broken = { ...revision, number: 2, source: 'written by another program' };
    await store.commit([
      {
        text: { ...text, published: 2, latest: 2, version: text.version + 1 },
        expectedVersion: text.version,
        revisions: [{ ...revision, state: 'superseded' }, broken],
        isPublication: true,
        audit: {
          atMs: 1,
          actor: { kind: 'house', userId: null, name: '系统', from: null },
          action: 'text.published',
          target: null,
          detail: {},
        },
      },
    ]);
    expect(await library.refresh()).toBe(true);
    expect(library.current().library.records.map(({ id }) => id)).toEqual(['harbour']);
    expect(house.faults).toMatchObject([{ text: 'campus', revision: 2 }]);
  });
});

describe('the day of the library', () => {
  const dated = (id: string, dates: string, words: string): string =>
    policy(id, { title: `${id}办法`, text: words }).replace('category:', `${dates}\ncategory:`);

  it('puts into force and lets lapse with the first use on a new day in its time zone', async () => {
    const house = await smallHouse();
    const { folder, clock } = house;
    writeFileSync(join(folder, 'policies', 'ending.md'), dated('ending', 'expiresOn: 2026-11-23', '旧码头每箱补贴七元。'));
    writeFileSync(join(folder, 'policies', 'coming.md'), dated('coming', 'effectiveOn: 2026-11-24', '新码头每箱补贴八元。'));
    const library = await house.open();
    const inForce = () =>
      library
        .current()
        .corpus.knowledge.records.map(({ id }) => id)
        .sort();
    const lapsed = () =>
      library
        .current()
        .lapsed?.knowledge.records.map(({ id }) => id)
        .sort();
    const campus = library.current().corpus.record('campus');
    expect([inForce(), lapsed()]).toEqual([['campus', 'ending'], ['coming']]);
    // One minute before and after midnight in Shanghai.
    clock.nowMs = Date.UTC(2026, 10, 23, 15, 59);
    expect(inForce()).toEqual(['campus', 'ending']);
    clock.nowMs = Date.UTC(2026, 10, 23, 16, 1);
    expect([inForce(), lapsed()]).toEqual([['campus', 'coming'], ['ending']]);
    expect(library.current().today).toBe('2026-11-24');
    expect(library.current().corpus.record('campus')).toBe(campus);
    expect(says(library, '新码头每箱补贴多少')).toContain('八元');
    expect(library.version()).toBe(1);
    expect(library.previous()).toBeNull();
  });

  it('changes by itself too when nobody asks', async () => {
    const house = await smallHouse();
    const library = await house.open();
    library.run(house.editorial, house.stopping.signal);
    house.clock.nowMs += DAY_MS;
    await eventually(() => expect(house.told.at(-1)).toMatchObject({ how: 'another day' }));
  });
});

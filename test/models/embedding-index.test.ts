import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Section } from '../../src/domain/record.ts';
import { createEmbeddingModel } from '../../src/models/embed.ts';
import { createEmbeddingIndex, type EmbeddingIndexOptions, type IndexProgress } from '../../src/models/embedding-index.ts';
import type { UnavailableReason } from '../../src/models/outcome.ts';
import { passagesOf } from '../../src/models/passages.ts';
import type { Trial } from '../../src/models/trial.ts';
import { openVectorCache } from '../../src/models/vector-cache.ts';
import { temporaryFolder } from '../support/config.ts';
import { smallKnowledge } from '../support/corpus.ts';
import type { FakeModel } from '../fakes/model-server.ts';
import { endpointOf, fakeModel } from './support.ts';

const small = (change?: (source: string) => string): readonly Section[] => smallKnowledge(change).records[0]!.sections;
const SMALL = small();
const unchanged = (): readonly Section[] => SMALL;
/** A library that takes several batches. */
const large = (): readonly Section[] => {
  const [section] = small();
  return Array.from({ length: 100 }, (_, at) => ({ ...section!, id: `plan#${at}`, title: `第${at}节`, number: at }));
};

/** Whatever the model is worth: these are about getting its vectors. */
const PASSED: Trial = { texts: () => [], isPassed: async () => true };

async function indexOf(
  model: FakeModel,
  sections: () => readonly Section[],
  options: Partial<EmbeddingIndexOptions> & { file?: string } = {},
) {
  const stopping = new AbortController();
  onTestFinished(() => stopping.abort());
  const { file = join(temporaryFolder(), 'vectors.bin'), ...others } = options;
  const progress: IndexProgress[] = [];
  const pauses: UnavailableReason[] = [];
  const index = createEmbeddingIndex({
    model: createEmbeddingModel(
      endpointOf(model, { stop: stopping.signal, maxAnswerBytes: 8_000_000, breaker: { failures: 1_000, restMs: 1 } }),
    ),
    cache: await openVectorCache(file),
    sections,
    stop: stopping.signal,
    trial: PASSED,
    pauseMs: 1,
    onProgress: (step) => progress.push(step),
    onPause: (reason) => pauses.push(reason),
    ...others,
  });
  return { index, progress, pauses, stopping };
}

describe('the passages of a library', () => {
  it('hold every sentence, each under the title of its section', () => {
    const sections = small();
    const passages = passagesOf(sections);
    for (const section of sections) {
      const own = passages.filter(({ id }) => id === section.id);
      expect(own.every(({ text }) => text.startsWith(`${section.title}\n`))).toBe(true);
      for (const { start, end } of section.sentences)
        expect(own.some(({ text }) => text.includes(section.text.slice(start, end)))).toBe(true);
    }
  });

  it('are short enough for a small model', () => {
    const [section] = small();
    const text = '这是一个很长的句子。'.repeat(200);
    const sentences = Array.from({ length: 200 }, (_, at) => ({ start: at * 10, end: at * 10 + 10 }));
    const passages = passagesOf([{ ...section!, text, sentences }]);
    expect(passages.length).toBeGreaterThan(4);
    for (const passage of passages) expect(passage.text.length).toBeLessThan(400);
  });
});

describe('similarities', () => {
  it('are highest for the section that speaks of the same', async () => {
    const model = await fakeModel();
    const { index } = await indexOf(model, unchanged);
    index.refresh();
    await index.ready();
    const found = (await index.similarities('优化欠薪治理模式,化解劳资纠纷'))!;
    expect([...found.keys()].sort()).toEqual(['small-plan#0', 'small-plan#1', 'small-plan#2', 'small-plan#3']);
    expect([...found].sort((a, b) => b[1] - a[1])[0]![0]).toBe('small-plan#3');
    for (const cosine of found.values()) expect(Math.abs(cosine)).toBeLessThanOrEqual(1);
  });

  it('are none while vectors are missing, and there when they have come', async () => {
    const model = await fakeModel('hanging');
    const { index } = await indexOf(model, unchanged);
    index.refresh();
    await model.waitForCalls(1);
    expect(await index.similarities('欠薪')).toBeNull();
    expect(model.calls).toHaveLength(1);
  });

  it('are none when the endpoint fails at the question', async () => {
    const model = await fakeModel();
    const { index } = await indexOf(model, unchanged);
    index.refresh();
    await index.ready();
    model.mode = 'error';
    expect(await index.similarities('欠薪')).toBeNull();
    model.mode = 'malformed';
    expect(await index.similarities('欠薪')).toBeNull();
    model.mode = 'honest';
    expect(await index.similarities('欠薪')).not.toBeNull();
  });

  it('end with the signal', async () => {
    const model = await fakeModel();
    const { index } = await indexOf(model, unchanged);
    index.refresh();
    await index.ready();
    model.mode = 'hanging';
    const asker = new AbortController();
    const asked = index.similarities('欠薪', asker.signal);
    await model.waitForCalls(model.calls.length + 1);
    asker.abort();
    expect(await asked).toBeNull();
  });

  it('ask for the same question once', async () => {
    const model = await fakeModel();
    const { index } = await indexOf(model, unchanged);
    index.refresh();
    await index.ready();
    const before = model.calls.length;
    await index.similarities('欠薪');
    await index.similarities('欠薪');
    expect(model.calls).toHaveLength(before + 1);
  });
});

describe('a model that failed its trial', () => {
  it('is not asked, and says nothing', async () => {
    const model = await fakeModel();
    const { index } = await indexOf(model, unchanged, { trial: { texts: () => ['一句', '另一句'], isPassed: async () => false } });
    index.refresh();
    await index.ready();
    const sent = model.calls.flatMap(({ body }) => body.input!);
    expect(sent).toEqual(expect.arrayContaining(['一句', '另一句']));
    expect(await index.similarities('欠薪')).toBeNull();
    expect(model.calls.flatMap(({ body }) => body.input!)).toEqual(sent);
  });
});

describe('the work in the background', () => {
  it('goes in batches, tells how far it is, and asks for nothing again after a restart', async () => {
    const model = await fakeModel();
    const file = join(temporaryFolder(), 'vectors.bin');
    const sections = large();
    const first = await indexOf(model, () => sections, { file });
    first.index.refresh();
    await first.index.ready();
    expect(first.progress.at(-1)).toEqual({ done: 100, total: 100 });
    expect(first.progress.length).toBeGreaterThan(2);
    const calls = model.calls.length;

    const second = await indexOf(model, () => sections, { file });
    second.index.refresh();
    await second.index.ready();
    expect(model.calls).toHaveLength(calls);
    expect(await second.index.similarities('欠薪')).not.toBeNull();
  });

  it('goes on where it was after an interruption', async () => {
    const model = await fakeModel();
    const file = join(temporaryFolder(), 'vectors.bin');
    const sections = large();
    const first = await indexOf(model, () => sections, { file, onProgress: () => first.stopping.abort() });
    first.index.refresh();
    await first.index.ready();
    expect(model.calls).toHaveLength(1);

    const second = await indexOf(model, () => sections, { file });
    second.index.refresh();
    await second.index.ready();
    const sent = model.calls.flatMap(({ body }) => body.input!);
    expect(sent).toHaveLength(100);
    expect(new Set(sent).size).toBe(100);
  });

  it('survives failures of the endpoint', async () => {
    const model = await fakeModel('error');
    let failures = 0;
    const { index, pauses } = await indexOf(model, unchanged, {
      onPause(reason) {
        pauses.push(reason);
        failures += 1;
        model.mode = failures === 1 ? 'garbage' : failures === 2 ? 'rate-limited' : 'honest';
      },
    });
    index.refresh();
    await index.ready();
    expect(pauses).toEqual(['failed', 'unreadable', 'rate-limited']);
    expect(await index.similarities('欠薪')).not.toBeNull();
  });

  it('leaves out a text the endpoint will not take, and gets all the others', async () => {
    const model = await fakeModel();
    model.unfitText = '欠薪';
    const { index } = await indexOf(model, unchanged);
    index.refresh();
    await index.ready();
    const found = (await index.similarities('展会'))!;
    expect([...found.keys()].sort()).toEqual(['small-plan#0', 'small-plan#1', 'small-plan#2']);
  });

  it('notices a changed library at the next question, and gets only what is new', async () => {
    const model = await fakeModel();
    let sections = small();
    const { index } = await indexOf(model, () => sections);
    index.refresh();
    await index.ready();
    model.calls.length = 0;
    sections = small((source) => source.replace('举办新春招聘活动', '举办夏季招聘活动'));
    expect(await index.similarities('招聘')).toBeNull();
    await index.ready();
    expect(model.calls.map(({ body }) => body.input!.length)).toEqual([1]);
    expect(await index.similarities('招聘')).not.toBeNull();
  });

  it('starts over when the model behind the name has changed', async () => {
    const model = await fakeModel();
    const { index } = await indexOf(model, unchanged);
    index.refresh();
    await index.ready();
    model.dimensions = 48;
    expect(await index.similarities('欠薪')).toBeNull();
    await index.ready();
    expect(await index.similarities('展会')).not.toBeNull();
  });
});

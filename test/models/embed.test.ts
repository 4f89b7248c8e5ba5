import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BATCH, createEmbeddingModel, normalised } from '../../src/models/embed.ts';
import { endpointOf, fakeModel } from './support.ts';

describe('embeddings', () => {
  it('are vectors of length 1, in the order of the texts', async () => {
    const model = await fakeModel();
    const embedding = createEmbeddingModel(endpointOf(model));
    const texts = ['参展补贴', '拖欠工资', '参展奖励'];
    const outcome = await embedding.embed(texts);
    if (outcome.kind !== 'ok') throw new Error(`Expected vectors, got ${outcome.reason}`);
    for (const vector of outcome.value) expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
    for (const [at, text] of texts.entries()) {
      const alone = await embedding.embed([text]);
      expect(alone.kind === 'ok' && alone.value[0]).toEqual(outcome.value[at]);
    }
    expect(model.calls[0]!.body).toEqual({ model: 'test-model', input: texts, encoding_format: 'float' });
  });

  it('that are garbage are none', async () => {
    const model = await fakeModel('garbage');
    const embedding = createEmbeddingModel(endpointOf(model, { breaker: { failures: 100, restMs: 1 } }));
    for (let kind = 0; kind < 6; kind++) expect(await embedding.embed(['一', '二'])).toEqual({ kind: 'unavailable', reason: 'unreadable' });
  });

  it('are asked for in batches of a bounded size', async () => {
    const model = await fakeModel();
    expect(() => createEmbeddingModel(endpointOf(model)).embed(Array.from({ length: BATCH + 1 }, () => '一'))).toThrow(RangeError);
  });
});

describe('a normalised vector', () => {
  it('has length 1, or is none', () => {
    const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 20 }), (numbers) => {
        const vector = normalised(numbers);
        if (numbers.some((value) => Math.abs(value) > 1e-6)) expect(vector).not.toBeNull();
        if (vector) expect(Math.hypot(...vector)).toBeCloseTo(1, 4);
      }),
    );
    for (const bad of [[Number.NaN], [Number.POSITIVE_INFINITY], [0, 0], []]) expect(normalised(bad)).toBeNull();
  });
});

import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openVectorCache, vectorFile } from '../../src/models/vector-cache.ts';
import { normalised } from '../../src/models/embed.ts';
import { temporaryFolder } from '../support/config.ts';

const vector = (...numbers: number[]): Float32Array => normalised(numbers)!;
const [one, two, three] = [vector(1, 2, 3), vector(-4, 5, 6), vector(7, 8, -9)];
const newFile = (): string => join(temporaryFolder(), 'models', 'vectors.bin');

async function filled(file: string): Promise<void> {
  const cache = await openVectorCache(file);
  await cache.add([
    { text: '一', vector: one },
    { text: '二', vector: two },
  ]);
  await cache.add([{ text: '三', vector: three }]);
}

describe('vectors on disk', () => {
  it('are there after a restart, bit for bit', async () => {
    const file = newFile();
    await filled(file);
    const again = await openVectorCache(file);
    expect(['一', '二', '三', '四'].map((text) => again.get(text))).toEqual([one, two, three, undefined]);
  });

  it('do not hold the texts', async () => {
    const file = newFile();
    await (await openVectorCache(file)).add([{ text: '机密的句子', vector: one }]);
    expect(readFileSync(file).includes(Buffer.from('机密'))).toBe(false);
  });

  it('survive a write that was cut off: what was whole stays, and more can be added', async () => {
    const file = newFile();
    await filled(file);
    truncateSync(file, readFileSync(file).length - 5);
    const cut = await openVectorCache(file);
    expect(['一', '二', '三'].map((text) => cut.get(text))).toEqual([one, two, undefined]);
    await cut.add([{ text: '三', vector: three }]);
    const again = await openVectorCache(file);
    expect(['一', '二', '三'].map((text) => again.get(text))).toEqual([one, two, three]);
  });

  it('that are damaged are left out', async () => {
    const file = newFile();
    await filled(file);
    const bytes = readFileSync(file);
    bytes.fill(0xff, 12 + 16, 12 + 16 + 12);
    writeFileSync(file, bytes);
    const read = await openVectorCache(file);
    expect(['一', '二', '三'].map((text) => read.get(text))).toEqual([undefined, two, three]);
  });

  it.each(['', 'WENCEV1\n', 'not a file of vectors at all', 'WENCEV1\n\0\0\0\0rest', `WENCEV1\n\xff\xff\xff\xff`])(
    'are none in a file of something else: %j',
    async (content) => {
      const file = join(temporaryFolder(), 'vectors.bin');
      writeFileSync(file, content, 'latin1');
      const cache = await openVectorCache(file);
      expect(cache.get('一')).toBeUndefined();
      await cache.add([{ text: '一', vector: one }]);
      expect((await openVectorCache(file)).get('一')).toEqual(one);
    },
  );

  it('of another dimension replace all there were', async () => {
    const file = newFile();
    await filled(file);
    const cache = await openVectorCache(file);
    await cache.add([{ text: '四', vector: vector(1, 2) }]);
    const again = await openVectorCache(file);
    expect(['一', '四'].map((text) => again.get(text))).toEqual([undefined, vector(1, 2)]);
  });

  it('of texts that are gone are forgotten, and their room is given back', async () => {
    const file = newFile();
    await filled(file);
    const before = readFileSync(file).length;
    const cache = await openVectorCache(file);
    await cache.keepOnly(['二']);
    expect(['一', '二'].map((text) => cache.get(text))).toEqual([undefined, two]);
    expect(readFileSync(file).length).toBeLessThan(before);
    expect((await openVectorCache(file)).get('二')).toEqual(two);
  });

  it('are kept in memory where there is no disk to write to', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    const cache = await openVectorCache(join(folder, 'file', 'vectors.bin'));
    await cache.add([{ text: '一', vector: one }]);
    await cache.keepOnly(['一']);
    expect(cache.get('一')).toEqual(one);
  });

  it('of each endpoint and model have a file of their own', () => {
    const files = [
      ['http://a/v1', 'm'],
      ['http://a/v1', 'n'],
      ['http://b/v1', 'm'],
    ].map(([baseUrl, model]) => vectorFile('folder', baseUrl!, model!));
    expect(new Set(files).size).toBe(3);
  });
});

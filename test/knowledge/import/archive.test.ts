import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ARCHIVE_LIMITS, listArchive, unpackEntry } from '../../../src/knowledge/import/archive.ts';
import { storeArchive } from '../../../src/knowledge/import/archive-writer.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const CENTRAL = 0x02014b50;

/** Changes the first directory entry of an archive. */
function tamper(archive: Uint8Array, change: (view: DataView, at: number) => void): Uint8Array {
  const copy = archive.slice();
  const view = new DataView(copy.buffer);
  for (let at = 0; at + 4 <= copy.length; at++) {
    if (view.getUint32(at, true) !== CENTRAL) continue;
    change(view, at);
    return copy;
  }
  throw new Error('no directory entry');
}

describe('an archive', () => {
  it('gives back what was stored, whatever it is', () => {
    const entries = fc.uniqueArray(fc.tuple(fc.stringMatching(/^[a-z]{1,8}\/[a-z]{1,8}\.xml$/), fc.uint8Array({ maxLength: 200 })), {
      selector: ([path]) => path,
      maxLength: 6,
    });
    fc.assert(
      fc.property(entries, (all) => {
        const archive = storeArchive(all);
        const listed = listArchive(archive, 'a');
        expect(listed.map(({ path }) => path)).toEqual(all.map(([path]) => path));
        for (const [at, entry] of listed.entries()) expect([...unpackEntry(archive, entry, 'a')]).toEqual([...all[at]![1]]);
      }),
      { seed: 1 },
    );
  });

  it('is refused with more entries than an Office file has', () => {
    const many = Array.from({ length: ARCHIVE_LIMITS.entries + 1 }, (_, at) => [`${at}.xml`, bytes('')] as const);
    expect(() => listArchive(storeArchive(many), 'a')).toThrow(expect.objectContaining({ code: 'IMPORT_UNSAFE' }));
  });

  const one = storeArchive([['a/b.xml', bytes('inhalt')]]);

  it.each<[string, string, (view: DataView, at: number) => void]>([
    ['a total beyond the limit', 'IMPORT_UNSAFE', (view, at) => view.setUint32(at + 24, ARCHIVE_LIMITS.totalBytes + 1, true)],
    ['a ratio beyond the limit', 'IMPORT_UNSAFE', (view, at) => view.setUint32(at + 24, 2_000_000, true)],
    ['sizes of ZIP64', 'IMPORT_UNSAFE', (view, at) => view.setUint32(at + 24, 0xffffffff, true)],
    ['an encrypted entry', 'IMPORT_ENCRYPTED', (view, at) => view.setUint16(at + 8, 1, true)],
    ['a path that begins at the root', 'IMPORT_UNSAFE', (view, at) => view.setUint8(at + 46, '/'.charCodeAt(0))],
    ['a name longer than the directory', 'IMPORT_DAMAGED', (view, at) => view.setUint16(at + 28, 60_000, true)],
  ])('is refused with %s', (_, code, change) => {
    expect(() => listArchive(tamper(one, change), 'a')).toThrow(expect.objectContaining({ code }));
  });

  it.each<[string, string, (view: DataView, at: number) => void]>([
    ['a wrong checksum', 'IMPORT_DAMAGED', (view, at) => view.setUint32(at + 16, 1, true)],
    ['an unknown method', 'IMPORT_UNSAFE', (view, at) => view.setUint16(at + 10, 14, true)],
    ['a place outside the file', 'IMPORT_DAMAGED', (view, at) => view.setUint32(at + 42, 1_000_000, true)],
    ['content that does not unpack', 'IMPORT_DAMAGED', (view, at) => view.setUint16(at + 10, 8, true)],
  ])('is not unpacked with %s', (_, code, change) => {
    const archive = tamper(one, change);
    expect(() => unpackEntry(archive, listArchive(archive, 'a')[0]!, 'a')).toThrow(expect.objectContaining({ code }));
  });
});

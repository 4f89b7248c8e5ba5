import { crc32 } from 'node:zlib';
import type { FieldSegment, Segment } from './segment.ts';

/** What a snapshot is made of: bytes by name. */
export type Chunks = ReadonlyMap<string, Uint8Array>;

const MAGIC = Buffer.from('wence-s1');
/** Chunks begin at multiples of this, so that arrays of numbers can be read where they lie. */
const ALIGNMENT = 8;

const aligned = (length: number): number => Math.ceil(length / ALIGNMENT) * ALIGNMENT;

/** Chunks as one block of bytes: magic, checksum, a table of contents, and the chunks. */
export function pack(chunks: Chunks): Buffer<ArrayBuffer> {
  let offset = 0;
  const table: [string, number, number][] = [];
  for (const [name, bytes] of chunks) {
    table.push([name, offset, bytes.byteLength]);
    offset += aligned(bytes.byteLength);
  }
  const contents = Buffer.from(JSON.stringify(table));
  const head = aligned(MAGIC.length + 8 + contents.length);
  const packed = Buffer.alloc(head + offset);
  MAGIC.copy(packed);
  packed.writeUInt32LE(contents.length, MAGIC.length + 4);
  contents.copy(packed, MAGIC.length + 8);
  let at = 0;
  for (const bytes of chunks.values()) packed.set(bytes, head + table[at++]![1]);
  packed.writeUInt32LE(crc32(packed.subarray(MAGIC.length + 4)), MAGIC.length);
  return packed;
}

/** The chunks of a packed block, as views of it; null when it is not one, was cut short or damaged. */
export function unpack(packed: Uint8Array<ArrayBuffer>): Chunks | null {
  // Views of numbers must start at a multiple of their size.
  const source = packed.byteOffset % ALIGNMENT === 0 ? packed : packed.slice();
  const bytes = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  if (bytes.length < MAGIC.length + 8 || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) return null;
  if (crc32(bytes.subarray(MAGIC.length + 4)) !== bytes.readUInt32LE(MAGIC.length)) return null;
  const length = bytes.readUInt32LE(MAGIC.length + 4);
  const table = JSON.parse(bytes.toString('utf8', MAGIC.length + 8, MAGIC.length + 8 + length)) as [string, number, number][];
  const head = aligned(MAGIC.length + 8 + length);
  return new Map(table.map(([name, offset, size]) => [name, new Uint8Array(bytes.buffer, bytes.byteOffset + head + offset, size)]));
}

const NUMBERS = ['starts', 'documents', 'lengths', 'shortestLength'] as const;
const BYTES = ['frequencies', 'highestFrequency'] as const;

/** Strings as bytes. @throws {RangeError} when one of them has a line end in it. */
export function packStrings(strings: Iterable<string>): Uint8Array {
  const all = [...strings];
  const joined = all.join('\n');
  if (all.length > 0 && joined.split('\n').length !== all.length) throw new RangeError('Expected terms without line ends, got one with');
  return Buffer.from(joined);
}

export const unpackStrings = (bytes: Uint8Array, count: number): string[] =>
  count === 0 ? [] : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8').split('\n');

/** A segment as chunks whose names begin with `name`. */
export function packSegment(name: string, { size, fields }: Segment<string>): [string, Uint8Array][] {
  const chunks: [string, Uint8Array][] = [[`${name}/size`, new Uint8Array(Uint32Array.of(size).buffer)]];
  for (const [field, own] of Object.entries(fields)) {
    chunks.push([`${name}/${field}/terms`, packStrings(own.terms.keys())]);
    for (const key of [...NUMBERS, ...BYTES]) {
      const { buffer, byteOffset, byteLength } = own[key];
      chunks.push([`${name}/${field}/${key}`, new Uint8Array(buffer, byteOffset, byteLength)]);
    }
  }
  return chunks;
}

/** The segment packed under `name`, its numbers lying where the chunks do; null when there is none with these fields. */
export function unpackSegment<Field extends string>(name: string, fields: readonly Field[], chunks: Chunks): Segment<Field> | null {
  const size = chunks.get(`${name}/size`);
  if (!size) return null;
  const read = {} as Record<Field, FieldSegment>;
  for (const field of fields) {
    const bytes = (key: string): Uint8Array | undefined => chunks.get(`${name}/${field}/${key}`);
    const numbers = (key: string): Uint32Array => {
      const { buffer, byteOffset, byteLength } = bytes(key)!;
      return new Uint32Array(buffer, byteOffset, byteLength / 4);
    };
    const terms = bytes('terms');
    if (!terms) return null;
    const starts = numbers('starts');
    read[field] = {
      terms: new Map(unpackStrings(terms, starts.length - 1).map((term, number) => [term, number])),
      starts,
      documents: numbers('documents'),
      frequencies: bytes('frequencies')!,
      lengths: numbers('lengths'),
      highestFrequency: bytes('highestFrequency')!,
      shortestLength: numbers('shortestLength'),
    };
  }
  return { size: new Uint32Array(size.buffer, size.byteOffset, 1)[0]!, fields: read };
}

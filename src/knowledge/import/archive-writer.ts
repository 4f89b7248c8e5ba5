import { crc32 } from 'node:zlib';

/**
 * A zip file that stores its entries unpacked: what the Office readers are given, so that they see only what was checked here.
 * @param entries paths and contents, in the order written.
 */
export function storeArchive(entries: Iterable<readonly [string, Uint8Array]>): Uint8Array {
  const locals: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  let offset = 0;
  let count = 0;
  for (const [path, content] of entries) {
    const name = new TextEncoder().encode(path);
    // Version needed, flags (UTF-8 names), method, time and date, checksum, both sizes, length of the name and of the extra field.
    const common = new DataView(new ArrayBuffer(26));
    common.setUint16(0, 20, true);
    common.setUint16(2, 0x0800, true);
    common.setUint32(10, crc32(content), true);
    common.setUint32(14, content.length, true);
    common.setUint32(18, content.length, true);
    common.setUint16(22, name.length, true);
    const shared = new Uint8Array(common.buffer);
    const head = new DataView(new ArrayBuffer(4));
    head.setUint32(0, 0x04034b50, true);
    locals.push(new Uint8Array(head.buffer), shared, name, content);
    const start = new DataView(new ArrayBuffer(6));
    start.setUint32(0, 0x02014b50, true);
    start.setUint16(4, 20, true);
    const tail = new DataView(new ArrayBuffer(14));
    tail.setUint32(10, offset, true);
    central.push(new Uint8Array(start.buffer), shared, new Uint8Array(tail.buffer), name);
    offset += 30 + name.length + content.length;
    count++;
  }
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(8, count, true);
  end.setUint16(10, count, true);
  end.setUint32(
    12,
    central.reduce((sum, piece) => sum + piece.length, 0),
    true,
  );
  end.setUint32(16, offset, true);
  return new Uint8Array(Buffer.concat([...locals, ...central, new Uint8Array(end.buffer)]));
}

/** A field of a message as it stands on the wire: a number (varint, fixed64, fixed32) or bytes. */
export interface Field {
  readonly number: number;
  readonly value: bigint | Buffer;
}

/** The fields of a protobuf message, read by hand so that no library is tested against its own codec. */
export function readFields(bytes: Buffer): Field[] {
  const fields: Field[] = [];
  let at = 0;
  const readVarint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes.readUInt8(at++);
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    const tag = readVarint();
    const number = Number(tag >> 3n);
    switch (tag & 7n) {
      case 0n:
        fields.push({ number, value: readVarint() });
        break;
      case 1n:
        fields.push({ number, value: bytes.readBigUInt64LE(at) });
        at += 8;
        break;
      case 2n: {
        const length = Number(readVarint());
        fields.push({ number, value: bytes.subarray(at, at + length) });
        at += length;
        break;
      }
      case 5n:
        fields.push({ number, value: BigInt(bytes.readUInt32LE(at)) });
        at += 4;
        break;
      default:
        throw new RangeError(`Expected wire type 0, 1, 2 or 5, got ${tag & 7n}`);
    }
  }
  return fields;
}

import { readFields } from './protobuf.ts';

/** A frame of the long connection: protobuf `pbbp2.Frame`, written out by hand so that the SDK is not tested against its own codec. */
export interface Frame {
  readonly seqId: bigint;
  readonly logId: bigint;
  readonly service: number;
  /** 0 control (ping, pong), 1 data (events and their acknowledgements). */
  readonly method: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: Buffer;
}

/** @example decodeFrame(encodeFrame(frame)) // → the same frame */
export function encodeFrame(frame: Frame): Buffer {
  const headers = Object.entries(frame.headers).map(([key, value]) =>
    bytesField(5, Buffer.concat([textField(1, key), textField(2, value)])),
  );
  return Buffer.concat([
    varintField(1, frame.seqId),
    varintField(2, frame.logId),
    varintField(3, BigInt(frame.service)),
    varintField(4, BigInt(frame.method)),
    ...headers,
    ...(frame.payload.length === 0 ? [] : [bytesField(8, frame.payload)]),
  ]);
}

export function decodeFrame(bytes: Uint8Array): Frame {
  const fields = readFields(Buffer.from(bytes));
  const varint = (number: number) => (fields.find((field) => field.number === number)?.value as bigint | undefined) ?? 0n;
  const buffers = (number: number) => fields.filter((field) => field.number === number).map((field) => field.value as Buffer);
  const headers = buffers(5).map((header) => {
    const pair = readFields(header);
    const text = (number: number) => (pair.find((field) => field.number === number)?.value as Buffer | undefined)?.toString() ?? '';
    return [text(1), text(2)] as const;
  });
  return {
    seqId: varint(1),
    logId: varint(2),
    service: Number(varint(3)),
    method: Number(varint(4)),
    headers: Object.fromEntries(headers),
    payload: buffers(8)[0] ?? Buffer.alloc(0),
  };
}

function varint(value: bigint): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7n) {
    if (rest < 0x80n) return Buffer.from([...bytes, Number(rest)]);
    bytes.push(Number(rest & 0x7fn) | 0x80);
  }
}

const varintField = (number: number, value: bigint) => Buffer.concat([varint(BigInt(number) << 3n), varint(value)]);
const bytesField = (number: number, value: Buffer) =>
  Buffer.concat([varint((BigInt(number) << 3n) | 2n), varint(BigInt(value.length)), value]);
const textField = (number: number, value: string) => bytesField(number, Buffer.from(value));

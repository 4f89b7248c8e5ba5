import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Field, readFields } from './protobuf.ts';

/** A span as it arrived; ids in hexadecimal, `parentSpanId` empty at the first of a trace. */
export interface SeenSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  readonly startNs: bigint;
  readonly endNs: bigint;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly isError: boolean;
  /** Attributes of the process it comes from. */
  readonly resource: Readonly<Record<string, string | number>>;
}

/** How the collector behaves. */
export type CollectorMode =
  | 'taking'
  /** Never answers. */
  | 'hanging'
  /** 500 to everything. */
  | 'failing';

/** A loopback collector for the OpenTelemetry protocol over HTTP with protobuf (opentelemetry-proto, trace/v1). */
export class FakeCollector {
  mode: CollectorMode = 'taking';
  readonly requests: { readonly path: string; readonly headers: IncomingMessage['headers']; readonly bytes: Buffer }[] = [];
  readonly spans: SeenSpan[] = [];
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    server.on('request', (request: IncomingMessage, response: ServerResponse) => void this.#take(request, response));
  }

  static async start(): Promise<FakeCollector> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new FakeCollector(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** How many spans were sent to it in all, taken or not. */
  offered(): number {
    return this.requests.reduce((count, { bytes }) => count + spansOf(bytes).length, 0);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    this.requests.push({ path: request.url ?? '', headers: request.headers, bytes });
    if (this.mode === 'taking') this.spans.push(...spansOf(bytes));
    if (this.mode !== 'hanging') response.writeHead(this.mode === 'taking' ? 200 : 500, { 'content-type': 'application/x-protobuf' }).end();
  }
}

/** Fields of a message by their number. */
function fieldsOf(bytes: Buffer) {
  const fields: Field[] = readFields(bytes);
  const all = (number: number): Buffer[] => fields.filter((field) => field.number === number).map(({ value }) => value as Buffer);
  const one = (number: number): bigint | Buffer | undefined => fields.find((field) => field.number === number)?.value;
  return {
    all,
    text: (number: number): string => String((one(number) as Buffer | undefined) ?? ''),
    hex: (number: number): string => (one(number) as Buffer | undefined)?.toString('hex') ?? '',
    number: (number: number): bigint => (one(number) as bigint | undefined) ?? 0n,
    one,
  };
}

/** `ExportTraceServiceRequest`: resource spans (1), their resource (1) and scopes (2), and of each the spans (2). */
function spansOf(request: Buffer): SeenSpan[] {
  return fieldsOf(request)
    .all(1)
    .flatMap((resourceSpans) => {
      const { all } = fieldsOf(resourceSpans);
      const resource = attributesOf(fieldsOf(all(1)[0] ?? Buffer.alloc(0)).all(1));
      return all(2)
        .flatMap((scope) => fieldsOf(scope).all(2))
        .map((span) => spanOf(span, resource));
    });
}

function spanOf(bytes: Buffer, resource: SeenSpan['resource']): SeenSpan {
  const span = fieldsOf(bytes);
  const status = span.all(15)[0];
  return {
    traceId: span.hex(1),
    spanId: span.hex(2),
    parentSpanId: span.hex(4),
    name: span.text(5),
    startNs: span.number(7),
    endNs: span.number(8),
    attributes: attributesOf(span.all(9)),
    isError: status !== undefined && fieldsOf(status).number(3) === 2n,
    resource,
  };
}

/** `KeyValue`: a key (1) and a value (2), which is a text (1) or a whole number (3) here. */
const attributesOf = (pairs: readonly Buffer[]): Record<string, string | number> =>
  Object.fromEntries(
    pairs.map((pair) => {
      const { text, all } = fieldsOf(pair);
      const value = fieldsOf(all(2)[0]!);
      return [text(1), value.one(1) === undefined ? Number(value.number(3)) : value.text(1)];
    }),
  );

import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the endpoint behaves. All but `honest` and `slow` give nothing that may be used. */
export type ModelMode =
  | 'honest'
  /** Answers in the form asked for, but changes numbers and adds names. */
  | 'lying'
  /** Does what texts in the data tell it to: 「请输出：…」. */
  | 'obedient'
  /** Answers only after `slowMs`. */
  | 'slow'
  /** Never answers. */
  | 'hanging'
  /** Sends a byte now and then, and never ends. */
  | 'dribbling'
  | 'error'
  | 'rate-limited'
  | 'unauthorised'
  /** Refuses all but the bare request, as some models do. */
  | 'picky'
  /** Refuses this input. */
  | 'unfit'
  /** A body that is no JSON. */
  | 'malformed'
  /** A completion whose text is no JSON, or JSON of another form. */
  | 'chatty'
  | 'huge'
  | 'closing'
  | 'redirecting'
  /** Embeddings that are none: too few, of several dimensions, zero, not numbers. */
  | 'garbage';

/** A request as it came. */
export interface ModelCall {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: {
    readonly model?: string;
    readonly messages?: readonly { readonly role: string; readonly content: string }[];
    readonly input?: readonly string[];
    readonly [name: string]: unknown;
  };
}

/** What the data of a task holds, as the prompts send it. */
export interface TaskData {
  readonly question?: string;
  readonly evidence?: readonly { readonly title: string; readonly text: string }[];
  readonly title?: string;
  readonly text?: string;
}

export const MODEL_KEY = 'sk-test-0123456789abcdefghijklmnop';
const DIMENSIONS = 64;

/** A loopback server that speaks the OpenAI API: chat completions and embeddings. */
export class FakeModel {
  mode: ModelMode = 'honest';
  slowMs = 20;
  /** Tokens each answer reports; null: none. */
  usage: number | null = 100;
  /** Rewritten questions the honest model knows. */
  readonly rewrites = new Map<string, string>();
  /** What the honest model makes of evidence; its first sentence unless set. */
  summary: ((data: TaskData) => string) | null = null;
  /** What the lying model makes of a text; every number is one too large unless set. */
  lie: (text: string) => string = (text) => text.replaceAll(/\d+/g, (number) => String(Number(number) + 1));
  /** What every completion says, whatever was asked. */
  content: string | null = null;
  suggestions: readonly { readonly ask: string; readonly about?: string | null }[] = [];
  /** Texts with this in them get 400 from the embeddings endpoint. */
  unfitText: string | null = null;
  dimensions = DIMENSIONS;
  readonly calls: ModelCall[] = [];
  readonly #server: Server;
  readonly #open = new Set<ServerResponse>();
  #waiting: { readonly count: number; readonly done: () => void }[] = [];

  private constructor(server: Server) {
    this.#server = server;
    server.on('request', (request, response) => void this.#serve(request, response));
  }

  static async start(): Promise<FakeModel> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new FakeModel(server);
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
  }

  /** Calls of one endpoint: `chat/completions` or `embeddings`. */
  callsTo(path: string): ModelCall[] {
    return this.calls.filter((call) => call.path === `/v1/${path}`);
  }

  /** Resolves once so many requests have come. */
  waitForCalls(count: number): Promise<void> {
    if (this.calls.length >= count) return Promise.resolve();
    return new Promise((done) => this.#waiting.push({ count, done }));
  }

  async close(): Promise<void> {
    for (const response of this.#open) response.destroy();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#open.add(response);
    response.on('close', () => this.#open.delete(response));
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const call: ModelCall = { path: request.url ?? '', headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString()) };
    this.calls.push(call);
    const isDone = ({ count }: { readonly count: number }): boolean => this.calls.length >= count;
    for (const { done } of this.#waiting.filter(isDone)) done();
    this.#waiting = this.#waiting.filter((waiting) => !isDone(waiting));
    this.#answer(call, response);
  }

  #answer(call: ModelCall, response: ServerResponse): void {
    const json = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    };
    // Endpoints like to repeat the key and the input in what they say.
    const fault = (status: number): void =>
      json(status, {
        error: { message: `status ${status} for ${call.headers.authorization}: ${JSON.stringify(call.body)}`, type: 'fault' },
      });
    switch (this.mode) {
      case 'hanging':
        return;
      case 'dribbling': {
        response.writeHead(200, { 'content-type': 'application/json' });
        const timer = setInterval(() => response.write(' '), 2);
        response.on('close', () => clearInterval(timer));
        return;
      }
      case 'error':
        return fault(500);
      case 'rate-limited':
        return fault(429);
      case 'unauthorised':
        return fault(401);
      case 'unfit':
        return fault(400);
      case 'picky':
        return 'response_format' in call.body || 'temperature' in call.body || 'max_tokens' in call.body
          ? fault(400)
          : json(200, this.#completion(this.#honest(dataOf(call))));
      case 'malformed':
        return json(200, '{"choices": [{"message"');
      case 'chatty':
        return json(200, this.#completion('好的，这是改写后的问题：……'));
      case 'huge':
        // A good answer, and then no end of white space.
        return json(200, JSON.stringify(this.#completion(this.#honest(dataOf(call)))) + ' '.repeat(4_000_000));
      case 'closing':
        return void response.destroy();
      case 'redirecting':
        if (call.path.endsWith('/elsewhere')) return json(200, this.#completion(this.#honest(dataOf(call))));
        response.writeHead(307, { location: `${this.baseUrl}/elsewhere` });
        return void response.end();
      case 'garbage':
        return json(200, this.#garbage(call.body.input ?? []));
      case 'slow':
        setTimeout(() => response.destroyed || this.#useful(call, json, fault), this.slowMs);
        return;
      case 'honest':
      case 'lying':
      case 'obedient':
        return this.#useful(call, json, fault);
    }
  }

  #useful(call: ModelCall, json: (status: number, body: unknown) => void, fault: (status: number) => void): void {
    if (call.path.endsWith('/embeddings')) {
      const input = call.body.input ?? [];
      if (this.unfitText !== null && input.some((text) => text.includes(this.unfitText!))) return fault(400);
      const data = input.map((text, index) => ({ object: 'embedding', index, embedding: bagOfBigrams(text, this.dimensions) }));
      // In any order: `index` says which is which.
      return json(200, { object: 'list', data: data.toReversed(), ...this.#usage() });
    }
    const data = dataOf(call);
    if (this.mode === 'lying') return json(200, this.#completion(this.#lying(data)));
    return json(200, this.#completion(this.mode === 'obedient' ? this.#obedient(data) : this.#honest(data)));
  }

  #usage(): object {
    return this.usage === null ? {} : { usage: { prompt_tokens: this.usage, completion_tokens: 0, total_tokens: this.usage } };
  }

  #completion(content: unknown): object {
    const text = this.content ?? (typeof content === 'string' ? content : JSON.stringify(content));
    return {
      id: 'c',
      object: 'chat.completion',
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: text } }],
      ...this.#usage(),
    };
  }

  #honest(data: TaskData): unknown {
    if (data.evidence) return { text: this.summary ? this.summary(data) : firstSentence(data.evidence[0]?.text ?? '') };
    if (data.question !== undefined) return { question: this.rewrites.get(data.question) ?? '' };
    return { questions: this.suggestions };
  }

  #lying(data: TaskData): unknown {
    if (data.evidence) return { text: this.lie(firstSentence(data.evidence[0]?.text ?? '')) };
    if (data.question !== undefined) return { question: `${data.question}2019年300万元` };
    return { questions: [{ ask: '补贴999万元怎么领', about: '原文没有的话' }] };
  }

  #obedient(data: TaskData): unknown {
    const told = /请输出[：:]([^"\\]+)/.exec(JSON.stringify(data))?.[1] ?? '';
    return { text: told, question: told, questions: [{ ask: told }] };
  }

  #garbage(input: readonly string[]): object {
    const kinds = [
      () => [],
      () => input.map((_, index) => ({ index, embedding: Array.from({ length: DIMENSIONS }, () => 0) })),
      () => input.map((_, index) => ({ index, embedding: Array.from({ length: DIMENSIONS }, () => 'nan') })),
      () => input.map((_, index) => ({ index, embedding: Array.from({ length: 8 + index }, () => 1) })),
      () => input.map(() => ({ index: 7, embedding: [1, 2, 3] })),
      () => input.map((_, index) => ({ index, embedding: 'AACAPwAAgD8=' })),
    ];
    return { data: kinds[this.calls.length % kinds.length]!() };
  }
}

/** The data of a task: the last line of the last message. */
export function dataOf(call: ModelCall): TaskData {
  return JSON.parse(call.body.messages?.at(-1)?.content.split('\n').at(-1) ?? '{}') as TaskData;
}

const firstSentence = (text: string): string => /^.*?[。；;！？]/.exec(text)?.[0] ?? text;

/** The same for the same text, nearer for texts that share more pairs of characters. */
function bagOfBigrams(text: string, dimensions: number): number[] {
  const vector = Array.from({ length: dimensions }, () => 0.001);
  const characters = [...text];
  for (let at = 0; at + 1 < characters.length; at++) {
    const hash = createHash('md5')
      .update(characters[at]! + characters[at + 1]!)
      .digest();
    vector[hash.readUInt32LE(0) % dimensions]! += hash[4]! % 2 === 0 ? 1 : -1;
  }
  return vector;
}

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Channel, Receive } from '../../src/channels/channel.ts';
import { AppError } from '../../src/domain/errors.ts';
import type { Log } from '../../src/domain/log.ts';
import type { Delivery, Incoming, OutgoingReply, Received, ReplyMessage } from '../../src/domain/message.ts';

/**
 * How the platform is to treat the next send:
 * - `rate-limited`: refused, come back later;
 * - `forbidden`: we were blocked or thrown out of the chat;
 * - `bad-form`: the rich form is refused, a plainer one would be taken;
 * - `server-error`: answered with a 5xx;
 * - `connection-lost`: taken, but the connection breaks before the answer;
 * - `nonsense`: answered 200 with something that is not the platform's JSON.
 */
export const SEND_FAULTS = ['rate-limited', 'forbidden', 'bad-form', 'server-error', 'connection-lost', 'nonsense'] as const;
export type SendFault = (typeof SEND_FAULTS)[number];

/**
 * How the platform is to treat the next download:
 * - `server-error`: answered with a 5xx;
 * - `connection-lost`: the connection breaks in the middle of the file;
 * - `silence`: the middle of the file never comes.
 */
export const FILE_FAULTS = ['server-error', 'connection-lost', 'silence'] as const;
export type FileFault = (typeof FILE_FAULTS)[number];

/**
 * A fake platform on loopback and the channel that talks to it. Every `push…` resolves once the platform has the event to deliver,
 * without waiting for its acknowledgement: `settled()` waits for that.
 */
export interface FakePlatform {
  /** A new channel for this platform, not started. Called once a test. */
  createChannel(log: Log): Channel;
  /** Tokens, secrets and keys that must never be logged or returned. */
  readonly secrets: readonly string[];

  /** A person writes to the bot in private. */
  pushPrivateText(text: string): Promise<void>;
  /** A person writes in a group; with `mention` the bot is mentioned in front of the text, the platform's way. */
  pushGroupText(text: string, options?: { readonly mention?: boolean }): Promise<void>;
  /** A person sends a file, in private or in a group. */
  pushFile(name: string, bytes: Uint8Array, options?: { readonly isInGroup?: boolean }): Promise<void>;
  /** From now on the platform tells no sizes of files. */
  hideFileSizes(): void;
  failNextFile(fault: FileFault): void;
  /** The bot's own message comes back, in a place where a person's text would be received. */
  pushOwnMessage(): Promise<void>;
  /** Another bot writes, in a place where a person's text would be received. */
  pushOtherBotMessage(): Promise<void>;
  /** The last pushed event once more, as the platform repeats it. */
  pushDuplicate(): Promise<void>;
  /** Events pushed and not acknowledged yet; the platform delivers them again by itself, without long pauses. */
  unacknowledged(): number;
  /** Resolves once every pushed event is acknowledged. */
  settled(): Promise<void>;

  /** What a reader sees of every message the platform took, oldest first: markup interpreted, button labels left out. */
  sentTexts(): readonly string[];
  /** People the messages taken so far would mention, by whatever name the platform knows them. */
  sentMentions(): readonly string[];
  failNextSend(fault: SendFault): void;

  /** Resolves once the channel holds no request and no connection open. */
  quiet(): Promise<void>;
  /** Ends the fake platform and everything it holds. */
  stop(): Promise<void>;
}

/** What every channel promises, run against a fake of its platform. `setup` is called before each test. */
export function channelContract(name: string, setup: () => Promise<FakePlatform>): void {
  describe(`channel contract: ${name}`, () => {
    let platform: FakePlatform;
    let channel: Channel;
    let inbox: MemoryInbox;
    let stop: AbortController;
    let logged: string[];

    beforeEach(async () => {
      platform = await setup();
      logged = [];
      channel = platform.createChannel(recordingLog(logged));
      inbox = new MemoryInbox();
      stop = new AbortController();
    });

    afterEach(async () => {
      stop.abort();
      await platform.quiet();
      await platform.stop();
      const output = logged.join('\n');
      for (const secret of platform.secrets) expect(output.includes(secret), 'a secret was logged').toBe(false);
    });

    const start = () => channel.start(inbox.receive, stop.signal);

    /** Starts, lets one private message in and gives it back: the place to send a reply to. */
    async function conversation(): Promise<Incoming> {
      await start();
      await platform.pushPrivateText('有什么优惠政策？');
      await platform.settled();
      return inbox.only();
    }

    it('says in its state whether it runs', async () => {
      expect(channel.state().status).toBe('idle');
      await start();
      expect(channel.state().status).toBe('connected');
      stop.abort();
      await platform.quiet();
      expect(channel.state().status).toBe('idle');
    });

    it('receives a private text, decoded', async () => {
      const incoming = await conversation();
      expect(incoming).toMatchObject({
        channel: channel.name,
        content: { kind: 'text', text: '有什么优惠政策？' },
        address: { chatKind: 'private', threadId: null },
      });
      expect(incoming.lane).toBe(`${channel.name}:${incoming.address.chatId}`);
      expect(incoming.messageId).not.toBe('');
      expect(incoming.senderId).not.toBe('');
      expect(incoming.sentAtMs).toBeGreaterThan(0);
      expect(inbox.stored[0]?.dedupeKeys.length).toBeGreaterThan(0);
    });

    it('leaves a group alone until it is mentioned', async () => {
      await start();
      await platform.pushGroupText('中午吃什么？');
      await platform.settled();
      expect(inbox.stored).toEqual([]);
    });

    it('receives a mention in a group, without the mention', async () => {
      await start();
      await platform.pushGroupText('人才公寓怎么申请？', { mention: true });
      await platform.settled();
      expect(inbox.only()).toMatchObject({ content: { kind: 'text', text: '人才公寓怎么申请？' }, address: { chatKind: 'group' } });
      expect(inbox.only().address.replyTo).not.toBeNull();
    });

    it('hears neither itself nor other bots', async () => {
      await start();
      await platform.pushOwnMessage();
      await platform.pushOtherBotMessage();
      await platform.settled();
      expect(inbox.stored).toEqual([]);
    });

    it('gives a repeated message a key it had before', async () => {
      await start();
      await platform.pushPrivateText('有什么优惠政策？');
      await platform.settled();
      await platform.pushDuplicate();
      await platform.settled();
      expect(inbox.stored).toHaveLength(1);
    });

    it('acknowledges nothing before it is stored, and loses nothing while the store is down', async () => {
      await start();
      inbox.isDown = true;
      await platform.pushPrivateText('有什么优惠政策？');
      await inbox.attempted(2);
      expect(platform.unacknowledged()).toBe(1);
      inbox.isDown = false;
      await platform.settled();
      expect(inbox.only().content).toEqual({ kind: 'text', text: '有什么优惠政策？' });
    });

    it('sends a rich reply whole, every quote verbatim', async () => {
      const { address } = await conversation();
      const delivery = await channel.send(reply(channel, address, RICH), stop.signal);
      expect(delivery.status).toBe('sent');
      expect(delivery.status === 'sent' && delivery.platformMessageId).toBeTruthy();
      expect(platform.sentTexts()).toHaveLength(1);
      for (const block of RICH.blocks) {
        if (block.kind === 'quote') expect(platform.sentTexts()[0]).toContain(block.text);
      }
    });

    it.each(['rich', 'simple', 'text'] as const)('keeps text that looks like markup or a mention literal in the %s form', async (form) => {
      const { address } = await conversation();
      const delivery = await channel.send({ ...reply(channel, address, HOSTILE), form }, stop.signal);
      expect(delivery.status).toBe('sent');
      for (const block of HOSTILE.blocks) {
        if (block.kind === 'paragraph' || block.kind === 'quote') expect(platform.sentTexts()[0]).toContain(block.text);
        if (block.kind === 'facts') for (const { value } of block.items) expect(platform.sentTexts()[0]).toContain(value);
      }
      expect(platform.sentMentions()).toEqual([]);
    });

    it.each(SEND_FAULTS)('answers a send that meets "%s" with a value', async (fault) => {
      const { address } = await conversation();
      platform.failNextSend(fault);
      const delivery = await channel.send(reply(channel, address, RICH), stop.signal);
      expect(delivery).toSatisfy((value: Delivery) => ACCEPTABLE[fault](value), `an acceptable delivery for ${fault}`);
      for (const secret of platform.secrets) expect(JSON.stringify(delivery)).not.toContain(secret);
    });

    it('sends again after a fault', async () => {
      const { address } = await conversation();
      platform.failNextSend('rate-limited');
      await channel.send(reply(channel, address, RICH), stop.signal);
      expect((await channel.send(reply(channel, address, RICH), stop.signal)).status).toBe('sent');
    });

    it('does not send once it is stopped', async () => {
      const { address } = await conversation();
      stop.abort();
      expect((await channel.send(reply(channel, address, RICH), stop.signal)).status).not.toBe('sent');
      expect(platform.sentTexts()).toEqual([]);
    });

    /** Starts, lets one file in and gives its content back. */
    async function fileReceived(): Promise<Extract<Incoming['content'], { kind: 'file' }>> {
      await start();
      await platform.pushFile('2026年 申报指南.pdf', FILE);
      await platform.settled();
      const { content } = inbox.only();
      if (content.kind !== 'file') throw new Error(`expected a file, got ${content.kind}`);
      return content;
    }

    /** The fault of a download that is expected to fail. */
    async function faultOf(download: Promise<Uint8Array>): Promise<AppError> {
      const fault: unknown = await download.then(
        () => null,
        (error: unknown) => error,
      );
      if (!(fault instanceof AppError)) throw new Error('expected an AppError', { cause: fault });
      for (const secret of platform.secrets) expect(JSON.stringify(dump(fault))).not.toContain(secret);
      return fault;
    }

    it('receives a private file and gives its bytes', async () => {
      const content = await fileReceived();
      expect(content).toMatchObject({ name: '2026年 申报指南.pdf', caption: '' });
      expect([null, FILE.length]).toContain(content.bytes);
      expect(await channel.fetchFile(content.fileId, FILE.length, stop.signal)).toEqual(FILE);
    });

    it('leaves files in a group alone', async () => {
      await start();
      await platform.pushFile('a.pdf', FILE, { isInGroup: true });
      await platform.settled();
      expect(inbox.stored).toEqual([]);
    });

    it.each([true, false])('reads no more of a file than it may, whether its size is told: %s', async (isTold) => {
      const { fileId } = await fileReceived();
      if (!isTold) platform.hideFileSizes();
      expect((await faultOf(channel.fetchFile(fileId, FILE.length - 1, stop.signal))).code).toBe('INPUT_TOO_LARGE');
    });

    it.each(['', 'unknown', 'om_x:../../../bot/v3/info', 'om_unknown:file_unknown'])(
      'gives no bytes for the unknown file "%s"',
      async (fileId) => {
        await start();
        expect((await faultOf(channel.fetchFile(fileId, FILE.length, stop.signal))).code).toBe('CHANNEL_REJECTED');
      },
    );

    it.each(FILE_FAULTS)('says so when a download meets "%s", and gives the file when asked again', async (fault) => {
      const { fileId } = await fileReceived();
      platform.failNextFile(fault);
      expect((await faultOf(channel.fetchFile(fileId, FILE.length, stop.signal))).code).toBe('CHANNEL_REJECTED');
      expect(await channel.fetchFile(fileId, FILE.length, stop.signal)).toEqual(FILE);
    });

    it('breaks a download off when it is stopped', async () => {
      const { fileId } = await fileReceived();
      const download = faultOf(channel.fetchFile(fileId, FILE.length, stop.signal));
      stop.abort();
      expect((await download).code).toBe('CHANNEL_REJECTED');
    });

    it.each(['bind K7Q2-M4TX', 'unbind', 'whoami'])('reads the command "/%s" in private', async (words) => {
      await start();
      await platform.pushPrivateText(`/${words}`);
      await platform.settled();
      const [name, args = ''] = words.split(' ');
      expect(inbox.only().content).toEqual({ kind: 'command', name, args });
    });

    it('reads no one-time code aloud in a group', async () => {
      await start();
      await platform.pushGroupText('/bind K7Q2-M4TX', { mention: true });
      await platform.settled();
      expect(JSON.stringify(inbox.stored)).not.toContain('"bind"');
    });

    it('takes nothing more in once it is stopped', async () => {
      await start();
      stop.abort();
      await platform.quiet();
      await platform.pushPrivateText('还在吗？');
      await platform.stop();
      expect(inbox.stored).toEqual([]);
    });
  });
}

const isUncertainOrLater = (delivery: Delivery): boolean =>
  delivery.status === 'unknown' || (delivery.status === 'rejected' && delivery.retryable);

const ACCEPTABLE: Record<SendFault, (delivery: Delivery) => boolean> = {
  'rate-limited': (d) => d.status === 'rejected' && d.retryable && (d.retryAfterMs === null || d.retryAfterMs > 0),
  forbidden: (d) => d.status === 'rejected' && !d.retryable,
  'bad-form': (d) => d.status === 'degrade' && d.form !== 'rich',
  'server-error': isUncertainOrLater,
  'connection-lost': isUncertainOrLater,
  nonsense: isUncertainOrLater,
};

/** An inbox in memory that can be down: stores a message once, whichever of its keys comes back. */
class MemoryInbox {
  readonly stored: Received[] = [];
  isDown = false;
  #attempts = 0;
  readonly #seen = new Set<string>();
  readonly #waiting: { readonly attempts: number; readonly resolve: () => void }[] = [];

  readonly receive: Receive = async (received) => {
    this.#attempts += 1;
    for (const waiter of this.#waiting) if (waiter.attempts <= this.#attempts) waiter.resolve();
    if (this.isDown) throw new Error('the store is down');
    const isKnown = received.dedupeKeys.some((key) => this.#seen.has(key));
    for (const key of received.dedupeKeys) this.#seen.add(key);
    if (!isKnown) this.stored.push(received);
  };

  /** Resolves once `receive` was called `attempts` times. */
  attempted(attempts: number): Promise<void> {
    if (this.#attempts >= attempts) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ attempts, resolve }));
  }

  /** The one message stored. */
  only(): Incoming {
    expect(this.stored).toHaveLength(1);
    const [first] = this.stored;
    if (first === undefined) throw new Error('nothing was stored');
    return first.message;
  }
}

/** A log that keeps every line as JSON, errors with all their properties. */
export function recordingLog(lines: string[]): Log {
  const record = (level: string) => (fields: object, message: string) => {
    lines.push(JSON.stringify({ level, message, ...fields }, (_, value: unknown) => (value instanceof Error ? dump(value) : value)));
  };
  return { debug: record('debug'), info: record('info'), warn: record('warn'), error: record('error') };
}

function dump(error: Error): object {
  return Object.fromEntries(Object.getOwnPropertyNames(error).map((key) => [key, Reflect.get(error, key) as unknown]));
}

function reply(channel: Channel, address: Incoming['address'], message: ReplyMessage): OutgoingReply {
  return { id: 'reply-1', channel: channel.name, address, message, form: 'rich' };
}

/** Some bytes no text decoder leaves as they are, in several pieces. */
const FILE = Uint8Array.from({ length: 300_000 }, (_, index) => (index * 31) % 256);

/** One block of every kind and a keyboard, as an answer has them. */
export const RICH: ReplyMessage = {
  title: '优化金融服务',
  tone: 'answer',
  blocks: [
    { kind: 'paragraph', text: '相关的规定是：' },
    { kind: 'quote', text: '对符合条件的企业，给予不超过实际融资额2%的贴息补助。' },
    {
      kind: 'source',
      citation: {
        documentId: '2024-plan',
        documentTitle: '2024年总体工作思路',
        section: 6,
        sectionTitle: '优化金融服务',
        part: '一、坚持创新驱动引领',
        quote: '对符合条件的企业，给予不超过实际融资额2%的贴息补助。',
        issued: '泉州经济技术开发区 · 2024年',
        page: 3,
        asOf: '2026-11-20',
        revision: 4,
      },
    },
    { kind: 'quote', text: '每家企业每年最高100万元；连续支持3年（含2024年）。' },
    {
      kind: 'facts',
      items: [
        { label: '扶持金额', value: '最高100万元' },
        { label: '申报时间', value: '截至2026-12-31' },
      ],
    },
    { kind: 'list', title: '相关内容', items: ['搭建银企对接平台', '培育上市后备企业'], numbered: false },
    { kind: 'note', text: '以发文机关的解释为准' },
  ],
  buttons: [
    [
      { label: '查看全文', action: { kind: 'full-text', documentId: '2024-plan', section: 6, revision: 4 } },
      { label: '转人工', action: { kind: 'hand-off', turnId: null } },
    ],
    [
      { label: '条件', action: { kind: 'choose', documentId: '2024-plan', section: 1 } },
      { label: '材料', isCurrent: true, action: { kind: 'choose', documentId: '2024-plan', section: 2 } },
    ],
    [{ label: '有帮助', action: { kind: 'feedback', turnId: 'turn-1', vote: 'up' } }],
  ],
};

/** Text as a stranger or a careless document may bring it. */
const HOSTILE: ReplyMessage = {
  title: '*标题* <b>x</b> @all',
  tone: 'answer',
  blocks: [
    { kind: 'paragraph', text: '**粗** _斜_ `码` [链接](https://example.com) ~删~ #标签 &amp; &lt;' },
    { kind: 'quote', text: '<at id=all></at> <at user_id="all">所有人</at> <b>粗</b> <script>alert(1)</script>' },
    { kind: 'facts', items: [{ label: '<b>标签</b>', value: '<at user_id="all">所有人</at> [链接](https://example.com) **粗**' }] },
    { kind: 'paragraph', text: '> 引用 | 表 | 格 | \\* --- ${x} {{y}} <font color="red">红</font>' },
  ],
  buttons: [],
};

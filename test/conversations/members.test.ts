import { beforeEach, describe, expect, it } from 'vitest';
import { type Assistant, createAssistant } from '../../src/conversations/assistant.ts';
import type { Librarian, Member } from '../../src/conversations/librarian.ts';
import type { FileOutcome } from '../../src/domain/file-outcome.ts';
import { DEFAULT_SAMPLES } from '../../src/conversations/notices.ts';
import type { ChannelName, Incoming, IncomingContent } from '../../src/domain/message.ts';
import { renderText } from '../../src/domain/render.ts';
import type { Role } from '../../src/domain/role.ts';
import { MemoryStore } from '../../src/storage/memory-store.ts';
import { smallAnswerer } from '../support/corpus.ts';

const CODE = 'ABCD2345';
const FILE: IncomingContent = { kind: 'file', fileId: 'f-1', name: '通知.docx', bytes: 2_048, caption: '' };
const answerer = smallAnswerer();
const member = (role: Role): Member => ({ userId: 'u-1', displayName: '王编辑', role });

/** A house with one good code. */
class House implements Librarian {
  readonly bound = new Map<string, Member>();
  readonly taken: unknown[] = [];
  outcome: FileOutcome = { status: 'drafted', drafts: [{ title: '新办法', textId: 'new', isNew: true }], skipped: 0, warnings: [] };
  role: Role = 'editor';
  fault: Error | null = null;

  async memberOf({ channel, senderId }: { channel: ChannelName; senderId: string }) {
    return this.bound.get(`${channel}:${senderId}`) ?? null;
  }
  async bind({ channel, senderId }: { channel: ChannelName; senderId: string }, code: string) {
    if (this.fault) throw this.fault;
    if (code !== CODE) return null;
    const bound = member(this.role);
    this.bound.set(`${channel}:${senderId}`, bound);
    return bound;
  }
  async unbind({ channel, senderId }: { channel: ChannelName; senderId: string }) {
    return this.bound.delete(`${channel}:${senderId}`);
  }
  async take(...args: Parameters<Librarian['take']>) {
    if (this.fault) throw this.fault;
    this.taken.push(args);
    return this.outcome;
  }
}

let house: House;
let assistant: Assistant;
let faults: object[];
beforeEach(() => {
  house = new House();
  faults = [];
  assistant = withLibrarian(house);
});

const withLibrarian = (librarian: Librarian | null): Assistant =>
  createAssistant({
    answerer,
    store: new MemoryStore(),
    words: { sampleQuestions: DEFAULT_SAMPLES, contact: '窗口' },
    now: () => 0,
    newId: () => 'turn',
    log: { error: (fields) => void faults.push(fields) },
    ...(librarian ? { librarian } : {}),
  });

const command = (name: string, args = ''): IncomingContent => ({ kind: 'command', name, args });
const text = (words: string): IncomingContent => ({ kind: 'text', text: words });

async function say(
  content: IncomingContent,
  { channel = 'telegram', kind = 'private' }: { channel?: ChannelName; kind?: 'private' | 'group' } = {},
) {
  const message: Incoming = {
    channel,
    lane: `${channel}:chat`,
    messageId: 'm',
    senderId: 'zhang',
    content,
    sentAtMs: 0,
    address: { chatId: 'chat', chatKind: kind, threadId: null, replyTo: null },
  };
  const { replies, turn } = await assistant.handle(message);
  return { title: replies[0]?.title ?? null, said: replies.map(renderText).join('\n'), turn };
}

describe('a member of the house', () => {
  it.each([
    ['by command', command('bind', ` ${CODE} `)],
    ['in words', text(`绑定 ${CODE}`)],
    ['in words with a colon', text(`绑定：${CODE}`)],
  ])('binds a chat account %s', async (_, content) => {
    const { title, said, turn } = await say(content);
    expect(title).toBe('绑定成功');
    expect(said).toContain('王编辑');
    expect(said).toContain('“编辑”');
    expect(said).not.toContain(CODE);
    expect(turn).toBeNull();
    expect(house.bound.size).toBe(1);
  });

  it('is told when the code is not good, and how to get one', async () => {
    expect((await say(command('bind', 'WRONG234'))).title).toBe('绑定未成功');
    expect((await say(command('bind'))).said).toContain('个人设置 → 绑定聊天账号');
    expect(house.bound.size).toBe(0);
  });

  it('is told who they are', async () => {
    expect((await say(command('whoami'))).title).toBe('尚未绑定');
    await say(command('bind', CODE));
    for (const content of [command('whoami'), text('我是谁？')]) expect((await say(content)).said).toContain('王编辑，角色为“编辑”');
  });

  it('unbinds, once', async () => {
    await say(command('bind', CODE));
    expect((await say(text('解除绑定'))).title).toBe('已解除绑定');
    expect((await say(command('unbind'))).title).toBe('没有绑定');
  });

  it('is not served in a group, and the code is not repeated', async () => {
    for (const content of [command('bind', CODE), command('unbind'), command('whoami'), text(`绑定 ${CODE}`)]) {
      const { title, said } = await say(content, { kind: 'group' });
      expect(title).toBe('请私聊发送');
      expect(said).not.toContain(CODE);
    }
    expect(house.bound.size).toBe(0);
  });

  it('is not served where nobody vouches for who writes', async () => {
    for (const channel of ['web', 'terminal'] as const) expect((await say(command('bind', CODE), { channel })).title).toBe('请私聊发送');
    expect((await say(FILE, { channel: 'web' })).title).toBe('暂时只能看文字');
    expect(house.bound.size).toBe(0);
  });

  it('hears of a fault, which is logged, and nothing is thrown', async () => {
    house.fault = new Error('the disk is full');
    expect((await say(command('bind', CODE))).title).toBe('抱歉');
    expect(faults).toEqual([{ reason: 'the disk is full' }]);
  });
});

describe('a file', () => {
  const send = async (role: Role) => {
    house.role = role;
    await say(command('bind', CODE));
    return say(FILE);
  };

  it.each(['editor', 'reviewer', 'admin'] as const)('of a member who is %s becomes drafts', async (role) => {
    house.outcome = {
      status: 'drafted',
      drafts: [
        { title: '新办法', textId: 'new', isNew: true },
        { title: '旧办法', textId: 'old', isNew: false },
      ],
      skipped: 3,
      warnings: ['通知.docx 第2页：没有写明文号'],
    };
    const { title, said } = await send(role);
    expect(title).toBe('已整理成草稿');
    for (const piece of ['2 份草稿', '管理后台', '新增：新办法', '修改：旧办法', '另有 3 条内容没有变化', '没有写明文号']) {
      expect(said).toContain(piece);
    }
    expect(house.taken).toEqual([
      [{ channel: 'telegram', senderId: 'zhang' }, member(role), { fileId: 'f-1', name: '通知.docx', bytes: 2_048 }],
    ]);
  });

  it('that cannot be taken is told with its problems', async () => {
    house.outcome = { status: 'refused', problems: ['通知.docx：文件是扫描件，没有文字'] };
    expect(await send('editor')).toMatchObject({ title: '文件没有导入', said: expect.stringContaining('没有文字') as string });
  });

  it('with nothing new is told so', async () => {
    house.outcome = { status: 'drafted', drafts: [], skipped: 2, warnings: [] };
    expect((await send('editor')).title).toBe('没有变化');
  });

  it('with very many drafts is told in few lines', async () => {
    const drafts = Array.from({ length: 40 }, (_, at) => ({ title: `问答${at}`, textId: `faq-${at}`, isNew: true }));
    house.outcome = { status: 'drafted', drafts, skipped: 0, warnings: [] };
    const { said } = await send('editor');
    expect(said).toContain('40 份草稿');
    expect(said).toContain('另有 28 条');
  });

  it('of a viewer, or of nobody known, is declined politely', async () => {
    expect((await say(FILE)).said).toContain('/bind 绑定码');
    expect((await send('viewer')).title).toBe('没有编辑权限');
    expect(house.taken).toEqual([]);
  });

  it('in a group is passed over in silence', async () => {
    await say(command('bind', CODE));
    expect((await say(FILE, { kind: 'group' })).title).toBeNull();
    expect(house.taken).toEqual([]);
  });

  it('whose handling fails is told so', async () => {
    await say(command('bind', CODE));
    house.fault = new Error('no connection');
    expect((await say(FILE)).title).toBe('抱歉');
    expect(faults).toHaveLength(1);
  });
});

describe('an assistant without a librarian', () => {
  it('takes files for what it cannot read, and the words for a question', async () => {
    assistant = withLibrarian(null);
    expect((await say(FILE)).title).toBe('暂时只能看文字');
    expect((await say(FILE, { kind: 'group' })).title).toBeNull();
    expect((await say(command('bind', CODE))).title).toBe('怎么用问策');
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { createAssistant } from '../../src/conversations/assistant.ts';
import type { ChatHandOff, ToHandOver } from '../../src/conversations/hand-off.ts';
import { DEFAULT_SAMPLES } from '../../src/conversations/notices.ts';
import type { Action, ChannelName, Incoming, IncomingContent, ReplyMessage } from '../../src/domain/message.ts';
import { renderText } from '../../src/domain/render.ts';
import type { Handled } from '../../src/domain/turn.ts';
import { insists } from '../../src/hand-off/additions.ts';
import { MemoryStore } from '../../src/storage/memory-store.ts';
import { smallAnswerer } from '../support/corpus.ts';

const UNKNOWN = '公积金怎么提取？';
const said = (text: string): ReplyMessage => ({ title: text, tone: 'plain', blocks: [{ kind: 'paragraph', text }], buttons: [] });

let store: MemoryStore;
let handedOver: ToHandOver[];
let erased: string[];
let wishes: string[];
let hasDesk: boolean;
let say: (content: string | IncomingContent, part?: Partial<Incoming>) => Promise<Handled>;
beforeEach(() => {
  store = new MemoryStore();
  handedOver = [];
  erased = [];
  wishes = [];
  hasDesk = true;
  let ids = 0;
  const handOff: ChatHandOff = {
    async open(given) {
      if (!hasDesk) return null;
      handedOver.push(given);
      return { replies: [said('已转给工作人员')], turn: null, feedback: null };
    },
    take: async ({ repliesTo }) => (repliesTo?.includes('card') ? { replies: [said('收到')], turn: null, feedback: null } : null),
    insists,
    add: async (message) => (message.isOverheard ? { replies: [], turn: null, feedback: null } : null),
  };
  const assistant = createAssistant({
    answerer: smallAnswerer(),
    store,
    words: { sampleQuestions: DEFAULT_SAMPLES, contact: '窗口 12345' },
    now: () => 1_700_000_000_000,
    newId: () => `turn-${++ids}`,
    handOff,
    interests: { addInterest: async ({ question }) => void wishes.push(question) },
    erasure: { erasePerson: async (asker) => erased.push(asker) },
  });
  say = async (content, part = {}) => {
    const handled = await assistant.handle({
      channel: 'telegram',
      lane: 'telegram:1',
      messageId: 'm',
      senderId: 'zhang',
      content: typeof content === 'string' ? { kind: 'text', text: content } : content,
      sentAtMs: 0,
      address: { chatId: '1', chatKind: 'private', threadId: null, replyTo: null },
      ...part,
    });
    await store.save(handled);
    return handled;
  };
});
const press = (action: Action, part?: Partial<Incoming>) => say({ kind: 'action', action }, part);
const textOf = ({ replies }: Handled): string => replies.map(renderText).join('\n');
const questions = (): string[] => handedOver.map(({ reason, question }) => `${reason}: ${question}`);

describe('asking for a person', () => {
  it('hands over the question asked before, or the one asked along', async () => {
    await say(UNKNOWN);
    expect(textOf(await say('转人工'))).toContain('已转给工作人员');
    await say('转人工，我的补贴怎么还没到账');
    expect(questions()).toEqual([`asked: ${UNKNOWN}`, 'asked: 我的补贴怎么还没到账']);
  });

  it('asks for the question first, and takes the next words for it', async () => {
    expect(textOf(await say({ kind: 'command', name: 'staff', args: '' }))).toContain('请把您的问题发给我');
    await say('厂房漏水找谁修');
    expect(questions()).toEqual(['asked: 厂房漏水找谁修']);
  });

  it('can be given up', async () => {
    await say({ kind: 'command', name: 'staff', args: '' });
    expect(textOf(await say('算了'))).toContain('需要时可以随时再转人工');
    expect(handedOver).toEqual([]);
  });

  it('by a button hands over the question below which it stands, whoever presses it', async () => {
    const { turn } = await say(UNKNOWN);
    await press({ kind: 'hand-off', turnId: turn!.id }, { senderId: 'li' });
    expect(questions()).toEqual([`asked: ${UNKNOWN}`]);
    expect(handedOver[0]).toMatchObject({ asker: 'telegram:li', turn: { id: turn!.id } });
  });

  it('without any desk says how else to reach one', async () => {
    hasDesk = false;
    await say(UNKNOWN);
    expect(textOf(await say('转人工'))).toContain('窗口 12345');
  });
});

describe('insisting', () => {
  it('on what was refused opens a ticket', async () => {
    await say(UNKNOWN);
    expect(textOf(await say('请问公积金怎么提取'))).toContain('已转给工作人员');
    expect(questions()).toEqual([`insisted: ${UNKNOWN}`]);
  });

  it('without a desk is refused again', async () => {
    hasDesk = false;
    await say(UNKNOWN);
    expect(textOf(await say(UNKNOWN))).toContain('不便随意作答');
  });
});

describe('an answer that did not help', () => {
  it('asks why, and goes to a person the first time', async () => {
    const { turn } = await say(UNKNOWN);
    const down = { kind: 'feedback', turnId: turn!.id, vote: 'down' } as const;
    expect(textOf(await press(down))).toContain('点一下原因');
    expect(questions()).toEqual([`not-helpful: ${UNKNOWN}`]);
    await press(down);
    expect(handedOver).toHaveLength(1);
  });
});

describe('being told later', () => {
  it('is possible where the asker can be reached', async () => {
    const { turn } = await say(UNKNOWN);
    const wish = { kind: 'notify-me', turnId: turn!.id } as const;
    expect(textOf(await press(wish))).toContain('通知您一次');
    expect(textOf(await press(wish, { channel: 'web' as ChannelName }))).toContain('网页关闭后我就联系不上您了');
    expect(wishes).toEqual([UNKNOWN]);
  });
});

describe('being forgotten', () => {
  it('is asked for twice', async () => {
    expect(textOf(await say('删除我的记录'))).toContain('不能恢复');
    expect(erased).toEqual([]);
    expect(textOf(await press({ kind: 'forget' }))).toContain('1 条记录已删除');
    expect(erased).toEqual(['telegram:zhang']);
  });
});

describe('what was not said to us', () => {
  it('is answered only by those it is about', async () => {
    const overheard = { isOverheard: true, address: { chatId: '1', chatKind: 'group', threadId: null, replyTo: null } } as const;
    expect(textOf(await say('下班了', { ...overheard, repliesTo: ['card'] }))).toBe('收到');
    expect(await say(UNKNOWN, { ...overheard, repliesTo: ['other'] })).toEqual({ replies: [], turn: null, feedback: null });
    expect(await say('删除我的记录', { ...overheard, repliesTo: ['other'] })).toEqual({ replies: [], turn: null, feedback: null });
  });
});

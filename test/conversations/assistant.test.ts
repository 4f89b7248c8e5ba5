import { beforeEach, describe, expect, it } from 'vitest';
import type { Answerer } from '../../src/answering/answerer.ts';
import { type Assistant, createAssistant } from '../../src/conversations/assistant.ts';
import { DEFAULT_SAMPLES } from '../../src/conversations/notices.ts';
import type { Answer, Citation } from '../../src/domain/answer.ts';
import type { Action, Incoming, IncomingContent, ReplyMessage } from '../../src/domain/message.ts';
import { renderText } from '../../src/domain/render.ts';
import type { Handled } from '../../src/domain/turn.ts';
import { MemoryStore } from '../../src/storage/memory-store.ts';
import { smallAnswerer } from '../support/corpus.ts';

const MINUTE_MS = 60_000;
const words = { sampleQuestions: DEFAULT_SAMPLES, contact: '窗口 12345' };
const real = smallAnswerer();
const citation = (section: number, quote = '…'): Citation => ({
  documentId: 'small-plan',
  documentTitle: '小镇年度计划',
  section,
  sectionTitle: `第${section}节`,
  part: null,
  quote,
  issued: null,
  page: null,
  asOf: null,
  revision: null,
});
const options = [1, 2, 3].map((section) => ({ documentId: 'small-plan', section, title: `标题${section}` }));
const clarify: Answer = { outcome: 'clarify', nearest: [citation(1)], options, missingTerms: [], confidence: 0.3, understoodAs: null };
const refused: Answer = { outcome: 'refused', reason: 'unknown-terms', missingTerms: ['火锅'], suggestions: options, confidence: 0.1 };
const answered: Answer = {
  outcome: 'answered',
  aspects: [],
  facts: [],
  citations: [citation(2)],
  related: [],
  confidence: 0.9,
  understoodAs: null,
};

/** The small library's answerer, whose reactions to a few words are fixed; `asked` is what it was asked. */
function scripted(): { answerer: Answerer; asked: Parameters<Answerer['answer']>[] } {
  const asked: Parameters<Answerer['answer']>[] = [];
  const script: Record<string, Answer> = { 含糊: clarify, 没有: refused, 清楚: answered };
  const answerer: Answerer = {
    ...real,
    answer(message, context) {
      asked.push([message, context]);
      const answer = script[message];
      return answer ? { intent: 'question', answer } : real.answer(message, context);
    },
  };
  return { answerer, asked };
}

let store: MemoryStore;
let assistant: Assistant;
let asked: Parameters<Answerer['answer']>[];
let nowMs: number;
beforeEach(() => {
  let id = 0;
  nowMs = 1_700_000_000_000;
  store = new MemoryStore();
  const script = scripted();
  asked = script.asked;
  assistant = createAssistant({ answerer: script.answerer, store, words, now: () => nowMs, newId: () => `turn-${++id}` });
});

const incoming = (content: IncomingContent, from: { person?: string; chat?: string; kind?: 'private' | 'group' } = {}): Incoming => ({
  channel: 'telegram',
  lane: `telegram:${from.chat ?? 'chat'}`,
  messageId: 'm',
  senderId: from.person ?? 'zhang',
  content,
  sentAtMs: nowMs,
  address: { chatId: from.chat ?? 'chat', chatKind: from.kind ?? 'private', threadId: null, replyTo: 'm' },
});

/** Handles a message and remembers what came of it, as the worker does. */
async function handle(content: IncomingContent, from?: Parameters<typeof incoming>[1]): Promise<Handled> {
  const handled = await assistant.handle(incoming(content, from));
  await store.save(handled);
  return handled;
}
const say = (text: string, from?: Parameters<typeof incoming>[1]) => handle({ kind: 'text', text }, from);
const press = (action: Action) => handle({ kind: 'action', action });
const only = ({ replies }: Handled): ReplyMessage => {
  expect(replies).toHaveLength(1);
  return replies[0]!;
};
const actionsOf = (reply: ReplyMessage): Action[] => reply.buttons.flat().map(({ action }) => action);

describe('a question', () => {
  it('is answered with quote and source, and remembered', async () => {
    const handled = await say('融资白名单怎么进');
    expect(renderText(only(handled))).toContain('推动符合条件企业列入融资“白名单”');
    expect(renderText(only(handled))).toContain('出处：《小镇年度计划》第1节「优化金融服务」（一、发展经济） · 小镇管委会 · 2024年');
    expect(handled.turn).toMatchObject({ id: 'turn-1', contextKey: 'telegram:chat/zhang', question: '融资白名单怎么进', atMs: nowMs });
    expect(handled.turn!.answer!.outcome).toBe('answered');
  });

  it('that is answered offers the full text and a vote on this very turn', async () => {
    const actions = actionsOf(only(await say('清楚')));
    expect(actions).toContainEqual({ kind: 'full-text', documentId: 'small-plan', section: 2, revision: null });
    expect(actions).toContainEqual({ kind: 'feedback', turnId: 'turn-1', vote: 'up' });
    expect(actions).toContainEqual({ kind: 'feedback', turnId: 'turn-1', vote: 'down' });
  });

  it('that is unclear offers its readings and a person', async () => {
    const reply = only(await say('含糊'));
    expect(reply.tone).toBe('question');
    expect(actionsOf(reply)).toEqual([
      ...options.map(({ documentId, section }) => ({ kind: 'choose', documentId, section })),
      { kind: 'hand-off', turnId: 'turn-1' },
    ]);
    expect(renderText(reply)).toContain('2. 第2节 标题2');
  });

  it('that the library cannot answer is refused by the name of what is missing', async () => {
    const reply = only(await say('没有'));
    expect(reply.tone).toBe('refusal');
    expect(renderText(reply)).toContain('没有关于“火锅”的内容');
    expect(actionsOf(reply).slice(-2)).toEqual([
      { kind: 'hand-off', turnId: 'turn-1' },
      { kind: 'notify-me', turnId: 'turn-1' },
    ]);
  });

  it.each([
    ['你好', '问策'],
    ['谢谢', '不客气'],
    ['帮助', '怎么用问策'],
    ['转人工', '转人工'],
    ['？？', '问策'],
  ])('%s is none: it gets a notice and leaves no turn', async (text, title) => {
    const handled = await say(text);
    expect(only(handled).title).toBe(title);
    expect(handled.turn).toBeNull();
  });
});

describe('a number', () => {
  it.each([
    ['2', 2],
    ['第三个', 3],
    ['一', 1],
  ])('%s chooses that reading, and the question asked before is answered from it', async (text, section) => {
    await say('含糊');
    const { turn } = await say(text);
    expect(turn).toMatchObject({ question: '含糊', answer: { outcome: 'answered', aspects: [], facts: [], citations: [{ section }] } });
    expect(asked).toHaveLength(1);
  });

  it('chooses a suggestion of a refusal', async () => {
    await say('没有');
    expect((await say('1')).turn!.answer).toMatchObject({ outcome: 'answered', aspects: [], facts: [], citations: [{ section: 1 }] });
  });

  it('chooses from a topic, where the section is the question', async () => {
    await press({ kind: 'topic', category: 'livelihood' });
    expect((await say('1')).turn).toMatchObject({ question: '优化就业环境', answer: { citations: [{ section: 3 }] } });
  });

  it('that was not offered is a question like any other', async () => {
    await say('含糊');
    await say('7');
    expect(asked.at(-1)![0]).toBe('7');
  });

  it('chooses nothing after an answer', async () => {
    await say('清楚');
    await say('1');
    expect(asked.at(-1)![0]).toBe('1');
  });
});

describe('what was said before', () => {
  it('is the context of the next question', async () => {
    await say('清楚');
    await say('那上市呢');
    expect(asked.map(([, context]) => context)).toEqual([null, { question: '清楚', sections: ['small-plan#2'] }]);
  });

  it('counts for thirty minutes, and no longer', async () => {
    await say('清楚');
    nowMs += 30 * MINUTE_MS;
    await assistant.handle(incoming({ kind: 'text', text: '那上市呢' }));
    nowMs += 1;
    await assistant.handle(incoming({ kind: 'text', text: '那上市呢' }));
    expect(asked.slice(1).map(([, context]) => context?.question ?? null)).toEqual(['清楚', null]);
  });

  it('offers no choice any more after thirty minutes', async () => {
    await say('含糊');
    nowMs += 30 * MINUTE_MS + 1;
    await say('2');
    expect(asked.at(-1)![0]).toBe('2');
  });

  it('is each person’s own in a group', async () => {
    const group = { kind: 'group', chat: 'group' } as const;
    await say('含糊', { ...group, person: 'zhang' });
    await say('清楚', { ...group, person: 'li' });
    expect((await say('2', { ...group, person: 'zhang' })).turn).toMatchObject({ contextKey: 'telegram:group/zhang', question: '含糊' });
    await say('2', { ...group, person: 'li' });
    expect(asked.at(-1)).toEqual(['2', { question: '清楚', sections: ['small-plan#2'] }]);
  });

  it('in one chat is not carried to another', async () => {
    await say('含糊', { chat: 'one' });
    await say('2', { chat: 'two' });
    expect(asked.at(-1)).toEqual(['2', null]);
  });

  it('is not forgotten over a full text or a notice in between', async () => {
    await say('含糊');
    await press({ kind: 'full-text', documentId: 'small-plan', section: 1, revision: null });
    await say('谢谢');
    expect((await say('2')).turn).toMatchObject({ question: '含糊' });
  });
});

describe('a button', () => {
  it('shows the full text with its source', async () => {
    const handled = await press({ kind: 'full-text', documentId: 'small-plan', section: 1, revision: null });
    const [quote, source] = only(handled).blocks;
    expect(quote).toEqual({
      kind: 'quote',
      text: '畅通政银企对接渠道。推动符合条件企业列入融资“白名单”,扩大技改贷投放规模。密切关注金融风险。',
    });
    expect(source).toMatchObject({ kind: 'source', citation: { section: 1 } });
    expect(handled.turn).toBeNull();
  });

  it('lists related sections to choose from', async () => {
    const reply = only(await press({ kind: 'related', documentId: 'small-plan', section: 1 }));
    const sections = actionsOf(reply).map((action) => (action.kind === 'choose' ? action.section : null));
    expect(sections.length).toBeGreaterThan(0);
    expect(sections).not.toContain(1);
  });

  it('chooses a reading: the question stays the one that was asked', async () => {
    await say('含糊');
    const { turn } = await press({ kind: 'choose', documentId: 'small-plan', section: 3 });
    expect(turn).toMatchObject({
      question: '含糊',
      answer: { outcome: 'answered', aspects: [], facts: [], citations: [{ section: 3 }], confidence: 1 },
    });
  });

  it('chooses a section out of the blue: its title is the question', async () => {
    expect((await press({ kind: 'choose', documentId: 'small-plan', section: 2 })).turn).toMatchObject({ question: '提升外贸外资' });
  });

  it('asks a sample question, or shows help when there is no such one', async () => {
    await press({ kind: 'sample', index: 0 });
    expect(asked.at(-1)![0]).toBe(DEFAULT_SAMPLES[0]);
    expect(only(await press({ kind: 'sample', index: 99 })).title).toBe('怎么用问策');
  });

  it('opens a topic, or the list of topics when it is unknown', async () => {
    expect(only(await press({ kind: 'topic', category: 'subsidy' })).title).toBe('补贴与奖励');
    const topics = only(await press({ kind: 'topic', category: 'sports' }));
    expect(actionsOf(topics).map((action) => (action.kind === 'topic' ? action.category : null))).toEqual([
      'subsidy',
      'financing',
      'industry',
      'livelihood',
    ]);
  });

  it('votes, and says why when asked', async () => {
    const handled = await press({ kind: 'feedback', turnId: 'turn-9', vote: 'down' });
    expect(handled).toMatchObject({ turn: null, feedback: { turnId: 'turn-9', vote: 'down', asker: 'telegram:zhang', reason: null } });
    const [why] = handled.replies;
    expect(why?.buttons.flat().map(({ label }) => label)).toEqual(['不对', '过时', '没答到', '看不懂']);
    const said = await press({ kind: 'feedback-reason', turnId: 'turn-9', reason: 'outdated' });
    expect(said).toMatchObject({ replies: [], feedback: { turnId: 'turn-9', vote: 'down', reason: 'outdated' } });
    expect(await store.voteOf('turn-9', 'telegram:zhang')).toBe('down');
  });

  it('tells how to reach a person', async () => {
    expect(renderText(only(await press({ kind: 'hand-off', turnId: null })))).toContain('窗口 12345');
  });

  it.each(['full-text', 'related', 'choose'] as const)('%s to a section that is gone says so', async (kind) => {
    for (const [documentId, section] of [
      ['small-plan', 99],
      ['gone', 1],
    ] as const) {
      const handled = await press(kind === 'full-text' ? { kind, documentId, section, revision: null } : { kind, documentId, section });
      expect(only(handled).title).toBe('内容已更新');
      expect(handled.turn).toBeNull();
    }
  });
});

describe('a command', () => {
  const command = (name: string, args = '') => handle({ kind: 'command', name, args });
  it.each([
    ['start', '问策'],
    ['help', '怎么用问策'],
    ['topics', '主题'],
    ['ask', '怎么用问策'],
    ['unheard-of', '怎么用问策'],
  ])('/%s shows 「%s」', async (name, title) => {
    expect(only(await command(name)).title).toBe(title);
  });

  it('/ask asks what stands after it', async () => {
    expect((await command('ask', '清楚')).turn).toMatchObject({ question: '清楚' });
  });
});

describe('a message that is no text', () => {
  const content = { kind: 'unsupported', what: 'sticker' } as const;
  it('gets a word in private and none in a group', async () => {
    expect(only(await handle(content, { kind: 'private' })).title).toBe('暂时只能看文字');
    expect(await handle(content, { kind: 'group' })).toEqual({ replies: [], turn: null, feedback: null });
  });
});

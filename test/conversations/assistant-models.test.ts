import { describe, expect, it, vi } from 'vitest';
import type { Answerer } from '../../src/answering/answerer.ts';
import { createAssistant } from '../../src/conversations/assistant.ts';
import type { ModelHelp } from '../../src/conversations/model-ports.ts';
import { DEFAULT_SAMPLES } from '../../src/conversations/notices.ts';
import type { Incoming, IncomingContent } from '../../src/domain/message.ts';
import { renderText } from '../../src/domain/render.ts';
import { MemoryStore } from '../../src/storage/memory-store.ts';
import { smallAnswerer } from '../support/corpus.ts';

const real = smallAnswerer();
const NEAR = new Map([['small-plan#3', 0.9]]);

function assistantWith(models: Partial<ModelHelp>) {
  const asked: Parameters<Answerer['answer']>[] = [];
  const answerer: Answerer = {
    ...real,
    answer(...args) {
      asked.push(args);
      return real.answer(...args);
    },
  };
  const help = { rewriter: null, wording: null, embedder: null, timeoutMs: 1_000, embeddingTimeoutMs: 1_000, ...models };
  const store = new MemoryStore();
  let id = 0;
  const assistant = createAssistant({
    answerer,
    store,
    words: { sampleQuestions: DEFAULT_SAMPLES, contact: '12345' },
    now: () => 0,
    newId: () => `turn-${++id}`,
    models: help,
  });
  const handle = async (content: IncomingContent) => {
    const message: Incoming = {
      channel: 'telegram',
      lane: 'telegram:chat',
      messageId: 'm',
      senderId: 'zhang',
      content,
      sentAtMs: 0,
      address: { chatId: 'chat', chatKind: 'private', threadId: null, replyTo: null },
    };
    const handled = await assistant.handle(message);
    await store.save(handled);
    return handled;
  };
  return { asked, handle, say: (text: string) => handle({ kind: 'text', text }) };
}

describe('the assistant with models', () => {
  it('hands likeness of meaning to the answerer, in the same context', async () => {
    const { asked, say } = assistantWith({ embedder: { similarities: async () => NEAR } });
    await say('融资白名单怎么进');
    await say('那参展呢');
    expect(asked.map(([question, , hints]) => [question, hints?.similarities ?? null])).toEqual([
      ['融资白名单怎么进', null],
      ['融资白名单怎么进', NEAR],
      ['那参展呢', null],
      ['那参展呢', NEAR],
    ]);
    expect(asked[3]![1]).toEqual(asked[2]![1]);
    expect(asked[3]![1]).toMatchObject({ question: '融资白名单怎么进' });
  });

  it('answers once when the embedder has nothing', async () => {
    const { asked, say } = assistantWith({ embedder: { similarities: async () => null } });
    expect((await say('融资白名单怎么进')).turn!.answer!.outcome).toBe('answered');
    expect(asked).toHaveLength(1);
  });

  it('asks no model about what is no question', async () => {
    const [similarities, rewrite, word] = [vi.fn(), vi.fn(), vi.fn()];
    const { handle, say } = assistantWith({ embedder: { similarities }, rewriter: { rewrite }, wording: { word } });
    for (const text of ['你好', '谢谢', '帮助', '有哪些政策']) await say(text);
    await say('1');
    await handle({ kind: 'action', action: { kind: 'full-text', documentId: 'small-plan', section: 1, revision: null } });
    await handle({ kind: 'action', action: { kind: 'choose', documentId: 'small-plan', section: 1 } });
    await handle({ kind: 'action', action: { kind: 'topic', category: 'subsidy' } });
    for (const model of [similarities, rewrite, word]) expect(model).not.toHaveBeenCalled();
  });

  it('remembers the question as it was asked, answered under other words', async () => {
    const { say } = assistantWith({ rewriter: { rewrite: async () => '老板拖欠工资怎么办' } });
    const handled = await say('恐龙化石在哪里看');
    expect(handled.turn).toMatchObject({
      question: '恐龙化石在哪里看',
      answer: { outcome: 'answered', aspects: [], facts: [], understoodAs: '老板拖欠工资怎么办' },
    });
    expect(renderText(handled.replies[0]!)).toMatch(/^（已按“老板拖欠工资怎么办”为您查找）/);
  });

  it('remembers no summary: it is not what the library says', async () => {
    const summary = '推动符合条件企业列入融资“白名单”。';
    const { say } = assistantWith({ wording: { word: async () => summary } });
    const handled = await say('融资白名单怎么进');
    expect(JSON.stringify(handled.turn)).not.toContain('要点');
    expect(handled.turn!.answer!.outcome).toBe('answered');
  });
});

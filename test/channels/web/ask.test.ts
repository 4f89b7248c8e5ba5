import { describe, expect, it } from 'vitest';
import { askResponse } from '../../../src/channels/web/schemas.ts';
import { CITATION, handled, RELATED, startWeb } from './harness.ts';

const { issued: _issued, ...CITATION_VIEW } = CITATION;
const TEXT = `（按「贷款」理解）

建立融资需求“白名单”推送机制。

出处：《2024年总体工作思路》第6节「优化金融服务」（一、坚持创新驱动引领,催生经济发展新动能） · 第3页 · 泉州经济技术开发区 · 2024年 · 截至2026-11-20

相关：
· 加大引才聚才力度`;

const ASPECT = { documentId: 'guide', section: 2, title: '材料' };
const FACT = { label: '扶持金额', value: '最高100万元' };

const LAPSED = {
  documentId: '2023-plan',
  title: '2023年总体工作思路',
  documentNumber: '泉开管〔2023〕1号',
  status: 'superseded',
  on: '2024-01-01',
  section: { documentId: '2023-plan', section: 6, title: '优化金融服务' },
} as const;
const SUCCESSOR = { title: '2024年总体工作思路', documentNumber: null, sections: [RELATED] } as const;

describe('POST /api/v1/ask', () => {
  it('answers with exactly the documented fields', async () => {
    const answer = {
      outcome: 'answered',
      citations: [CITATION],
      related: [RELATED],
      aspects: [ASPECT],
      facts: [FACT],
      confidence: 0.9,
      understoodAs: null,
    } as const;
    const web = await startWeb({ handle: async () => handled(answer) });
    const { status, body } = await web.post('/api/v1/ask', { question: ' 企业贷款有什么支持？ ', conversationId: 'c_1-A' });
    expect(status).toBe(200);
    expect(body).toEqual({
      outcome: 'answered',
      text: expect.stringContaining('建立融资需求'),
      citations: [CITATION_VIEW],
      related: [RELATED],
      options: [],
      missingTerms: [],
      aspects: [ASPECT],
      facts: [FACT],
      document: null,
      successor: null,
      confidence: 0.9,
      conversationId: 'c_1-A',
      tookMs: 7,
    });
    expect((body as { text: string }).text).toBe(TEXT);
    expect(askResponse.strict().safeParse(body).success).toBe(true);
  });

  it('passes the trimmed question on as a private message of its conversation', async () => {
    const web = await startWeb({ handle: async () => handled(null) });
    await web.post('/api/v1/ask', { question: ' 企业贷款\n', conversationId: 'c1' });
    expect(web.heard).toEqual([
      {
        channel: 'web',
        lane: 'web:c1',
        messageId: 'id-1',
        senderId: 'c1',
        content: { kind: 'text', text: '企业贷款' },
        sentAtMs: 1_007,
        address: { chatId: 'c1', chatKind: 'private', threadId: null, replyTo: null },
      },
    ]);
  });

  it('names a new conversation when none is given', async () => {
    const web = await startWeb({ handle: async () => handled(null) });
    const { body } = await web.post('/api/v1/ask', { question: '你好' });
    expect(body).toMatchObject({ conversationId: 'id-1' });
    expect(web.heard[0]?.lane).toBe('web:id-1');
  });

  it.each([
    ['a greeting', null, { outcome: 'answered', citations: [], confidence: 1 }],
    [
      'a list of sections',
      { outcome: 'browse', category: 'talent', sections: [CITATION] },
      { outcome: 'answered', citations: [CITATION_VIEW], confidence: 1 },
    ],
    [
      'a clarifying question',
      { outcome: 'clarify', nearest: [CITATION], options: [RELATED], missingTerms: ['补贴'], confidence: 0.5, understoodAs: null },
      { outcome: 'clarify', citations: [CITATION_VIEW], options: [RELATED], missingTerms: ['补贴'], confidence: 0.5 },
    ],
    [
      'a refusal',
      { outcome: 'refused', reason: 'unknown-terms', missingTerms: ['天气'], suggestions: [RELATED], confidence: 0.1 },
      { outcome: 'refused', citations: [], related: [RELATED], missingTerms: ['天气'], confidence: 0.1 },
    ],
    [
      'a document no longer in force',
      { outcome: 'lapsed', document: LAPSED, successor: SUCCESSOR, confidence: 0.8 },
      { outcome: 'lapsed', citations: [], document: LAPSED, successor: SUCCESSOR, confidence: 0.8 },
    ],
    [
      'a document no longer in force, with nothing in its place',
      { outcome: 'lapsed', document: { ...LAPSED, status: 'expired' }, successor: null, confidence: 0.8 },
      { outcome: 'lapsed', document: { status: 'expired' }, successor: null },
    ],
  ] as const)('gives %s in the same shape', async (_name, answer, expected) => {
    const web = await startWeb({ handle: async () => handled(answer) });
    const { status, body } = await web.post('/api/v1/ask', { question: '问' });
    expect(status).toBe(200);
    expect(body).toMatchObject(expected);
    expect(askResponse.strict().safeParse(body).success).toBe(true);
  });

  it('joins several replies with blank lines', async () => {
    const plain = (text: string) => ({ title: '', tone: 'plain' as const, blocks: [{ kind: 'paragraph' as const, text }], buttons: [] });
    const web = await startWeb({ handle: async () => handled(null, [plain('一'), plain('二')]) });
    expect((await web.post('/api/v1/ask', { question: '问' })).body).toMatchObject({ text: '一\n\n二' });
  });

  it('leaves the length of a question to the assistant', async () => {
    const web = await startWeb({ handle: async () => handled(null) });
    expect((await web.post('/api/v1/ask', { question: '贷'.repeat(2_001) })).status).toBe(200);
    expect(web.heard).toHaveLength(1);
  });
});

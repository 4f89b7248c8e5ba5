import { describe, expect, it } from 'vitest';
import { CITATION, handled, startWeb } from './harness.ts';

describe('POST /api/v1/chat', () => {
  it('gives replies with their buttons packed, and the words to copy without notes and related sections', async () => {
    const web = await startWeb({ handle: async () => handled(null) });
    const { body } = await web.post('/api/v1/chat', { question: '贷款', conversationId: 'c1' });
    expect(body).toMatchObject({
      conversationId: 'c1',
      turnId: 'turn-1',
      replies: [
        {
          title: '优化金融服务',
          tone: 'answer',
          blocks: [{ kind: 'note' }, { kind: 'quote' }, { kind: 'source', citation: CITATION }, { kind: 'list' }],
          buttons: [[{ label: '查看全文', action: 't:2024-plan:6' }]],
          copyText: expect.stringMatching(/^建立融资需求“白名单”推送机制。\n\n出处：.*2024年$/),
        },
      ],
    });
  });

  it('understands the action of a button', async () => {
    const web = await startWeb({ handle: async () => ({ replies: [], turn: null, feedback: null }) });
    const { body } = await web.post('/api/v1/chat', { action: 'f:u:turn-1' });
    expect(body).toEqual({ conversationId: 'id-1', replies: [], turnId: null });
    expect(web.heard[0]?.content).toEqual({ kind: 'action', action: { kind: 'feedback', vote: 'up', turnId: 'turn-1' } });
  });

  it.each([
    [{}],
    [{ question: '贷款', action: 'h' }],
    [{ action: 'x:unknown' }],
    [{ action: '' }],
    [{ action: 5 }],
    [{ action: 'c:'.padEnd(80, 'a') }],
    [{ question: ' ' }],
  ])('turns away %j', async (body) => {
    const web = await startWeb({ handle: async () => handled(null) });
    const answer = await web.post('/api/v1/chat', body);
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'INPUT_INVALID', hint: expect.any(String) } } });
    expect(web.heard).toEqual([]);
  });
});

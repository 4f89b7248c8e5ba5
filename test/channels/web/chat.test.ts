import { describe, expect, it } from 'vitest';
import { chatResponse } from '../../../src/channels/web/schemas.ts';
import type { ReplyMessage } from '../../../src/domain/message.ts';
import { CITATION, handled, REPLY, startWeb } from './harness.ts';

const NAME = '《2024年总体工作思路》第6节「优化金融服务」';
const DETAILS = [CITATION.part, '第3页', CITATION.issued, '截至2026-11-20'];

describe('POST /api/v1/chat', () => {
  it('gives replies with their buttons packed, and the words to copy without notes and related sections', async () => {
    const web = await startWeb({ handle: async () => handled(null) });
    const { body } = await web.post('/api/v1/chat', { question: '贷款', conversationId: 'c1' });
    expect(body).toMatchObject({
      conversationId: 'c1',
      turnId: 'turn-1',
      awaitsStaff: false,
      replies: [
        {
          title: '优化金融服务',
          tone: 'answer',
          blocks: [
            { kind: 'note' },
            { kind: 'quote' },
            { kind: 'source', citation: CITATION, name: NAME, details: DETAILS },
            { kind: 'list' },
          ],
          buttons: [[{ label: '查看全文', isCurrent: false, action: 't:2024-plan:6:4' }]],
          copyText: expect.stringMatching(/^建立融资需求“白名单”推送机制。\n\n出处：.*截至2026-11-20$/),
        },
      ],
    });
  });

  it('gives facts and tabs with the open one marked, as the API describes them', async () => {
    const action = (section: number) => ({ kind: 'choose', documentId: 'guide', section }) as const;
    const message: ReplyMessage = {
      ...REPLY,
      blocks: [{ kind: 'facts', items: [{ label: '扶持金额', value: '最高100万元' }] }],
      buttons: [
        [
          { label: '条件', action: action(1) },
          { label: '材料', isCurrent: true, action: action(2) },
        ],
      ],
    };
    const web = await startWeb({ handle: async () => handled(null, [message]) });
    const { body } = await web.post('/api/v1/chat', { question: '要什么材料' });
    expect(chatResponse.safeParse(body).error).toBeUndefined();
    expect(body).toMatchObject({
      replies: [
        {
          blocks: [{ kind: 'facts', items: [{ label: '扶持金额', value: '最高100万元' }] }],
          buttons: [
            [
              { label: '条件', isCurrent: false, action: 'c:guide:1' },
              { label: '材料', isCurrent: true, action: 'c:guide:2' },
            ],
          ],
          copyText: '扶持金额：最高100万元',
        },
      ],
    });
  });

  it('understands the action of a button', async () => {
    const web = await startWeb({ handle: async () => ({ replies: [], turn: null, feedback: null }) });
    const { body } = await web.post('/api/v1/chat', { action: 'f:u:turn-1' });
    expect(body).toEqual({ conversationId: 'id-1', replies: [], turnId: null, awaitsStaff: false });
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

import type { Address, Block, OutgoingReply, ReplyMessage } from '../../../src/domain/message.ts';
import { GROUP_CHAT } from '../../fakes/feishu-events.ts';

export const ADDRESS: Address = { chatId: GROUP_CHAT, chatKind: 'group', threadId: null, replyTo: 'om_question' };

export const ANSWER: ReplyMessage = {
  title: '优化金融服务',
  tone: 'answer',
  blocks: [
    { kind: 'paragraph', text: '可以申请贴息：' },
    { kind: 'quote', text: '对符合条件的企业，给予不超过实际融资额2%的贴息补助。' },
    {
      kind: 'source',
      citation: {
        documentId: '2024-plan',
        documentTitle: '2024年总体工作思路',
        section: 6,
        sectionTitle: '优化金融服务',
        part: null,
        quote: '对符合条件的企业，给予不超过实际融资额2%的贴息补助。',
        issued: '2024年',
        page: 3,
        asOf: '2026-11-20',
        revision: 4,
      },
    },
    { kind: 'note', text: '以发文机关的解释为准' },
  ],
  buttons: [
    [
      { label: '查看全文', action: { kind: 'full-text', documentId: '2024-plan', section: 6, revision: 4 } },
      { label: '转人工', action: { kind: 'hand-off', turnId: null } },
    ],
    [
      { label: '有帮助', action: { kind: 'feedback', turnId: 'turn-1', vote: 'up' } },
      { label: '没帮助', action: { kind: 'feedback', turnId: 'turn-1', vote: 'down' } },
    ],
  ],
};

export function replyOf(blocks: readonly Block[] | null = null, changes: Partial<OutgoingReply> = {}): OutgoingReply {
  const message = blocks === null ? ANSWER : { ...ANSWER, blocks, buttons: [] };
  return { id: 'answer-1', channel: 'feishu', address: ADDRESS, message, form: 'rich', ...changes };
}

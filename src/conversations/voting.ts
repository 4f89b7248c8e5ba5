import { FEEDBACK_REASONS, type FeedbackReason } from '../domain/feedback.ts';
import type { ReplyMessage } from '../domain/message.ts';

const REASONS = Object.entries(FEEDBACK_REASONS) as [FeedbackReason, string][];

/** Asks somebody who was not helped why, when they care to say. */
export const askWhy = (turnId: string): ReplyMessage => ({
  title: '抱歉没能帮到您',
  tone: 'plain',
  blocks: [{ kind: 'paragraph', text: '方便的话，点一下原因，我们会据此改进：' }],
  buttons: [REASONS.map(([reason, label]) => ({ label, action: { kind: 'feedback-reason', turnId, reason } }))],
});

export const willTell = (): ReplyMessage => ({
  title: '好的',
  tone: 'plain',
  blocks: [{ kind: 'paragraph', text: '资料库里有了这个问题的答案时，我会在这里通知您一次。' }],
  buttons: [],
});

export const cannotTell = (): ReplyMessage => ({
  title: '暂时不能通知',
  tone: 'plain',
  blocks: [{ kind: 'paragraph', text: '网页关闭后我就联系不上您了。请在飞书或 Telegram 里向我提问，再点“有答案时通知我”。' }],
  buttons: [],
});

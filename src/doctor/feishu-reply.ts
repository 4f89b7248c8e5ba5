import { field, type Reply, textField } from './net.ts';

/** Feishu's own code; null when the answer is not Feishu's. It counts, whatever the HTTP status. */
export const codeOf = (reply: Reply): number | null => {
  const code = reply.isAnswered ? field(reply.body, 'code') : null;
  return typeof code === 'number' ? code : null;
};

export const isGood = (reply: Reply): reply is Extract<Reply, { isAnswered: true }> => codeOf(reply) === 0;

/** Why it was refused, in the platform's words, without the links it adds. */
export function failureOf(reply: Reply): string {
  if (!reply.isAnswered) return reply.reason;
  const code = codeOf(reply);
  if (code === null) return `回应不是飞书的，HTTP ${reply.status}`;
  const words = textField(reply.body, 'msg')
    .replace(/https?:\/\/\S+/g, '')
    .trim();
  return `${code} ${words}`.trim();
}

import type { LibraryDesk } from '../../src/admin/services.ts';
import type { Explanation } from '../../src/domain/explanation.ts';
import type { ReplyMessage } from '../../src/domain/message.ts';

const explained = (question: string, why: string) => ({ question, why }) as unknown as Explanation;
const replied = (text: string): ReplyMessage => ({ title: text, tone: 'answer', blocks: [{ kind: 'paragraph', text }], buttons: [] });

/** A library in service whose answers are known. */
export function createDesk(changes: Partial<LibraryDesk> = {}): LibraryDesk {
  return {
    version: () => 7,
    sections: () => 3,
    records: () => [],
    today: () => '2026-11-23',
    explain: (question, state) => (state === 'current' ? explained(question, '现在') : null),
    explainWith: async (question, { source }) => explained(question, `草稿 ${source.length}`),
    reply: (question) => replied(`答：${question}`),
    previewReply: (record, question, section) => replied(`${record.title}|${question}|${section}`),
    cards: (reply) => ({ web: reply, feishu: { card: reply.title }, telegram: { html: `<b>${reply.title}</b>`, buttons: [['赞', '踩']] } }),
    impact:
      ({ digest }) =>
      async (_signal, onProgress) => {
        onProgress({ done: 1, total: 2, note: '正在提问' });
        const gist = { outcome: 'answered', source: '旧', quote: null };
        const changed = [{ id: 'q1', question: '问？', before: gist, after: { ...gist, source: '新' }, wasRight: true, isRight: null }];
        return { digest, asked: 2, rightBefore: 1, rightAfter: 0.5, changed, atMs: 1 };
      },
    evaluate: () => async () => ({
      summary: { asked: 1, answered: 1, clarified: 0, refused: 0, firstRight: 1, amongThree: 1, evidence: 1, heldBack: null },
      results: [
        {
          id: 'q1',
          kind: 'direct',
          question: '问？',
          outcome: 'answered',
          source: '新',
          isRight: true,
          hasEvidence: true,
          confidence: 0.9,
        },
      ],
    }),
    ...changes,
  };
}

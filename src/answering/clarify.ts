import type { Answer } from '../domain/answer.ts';
import type { Block, ReplyMessage } from '../domain/message.ts';
import { sectionLabel, understoodNote } from './compose.ts';

type Clarify = Extract<Answer, { outcome: 'clarify' }>;

/** Names of missing key terms, in quotation marks. */
export const quotedTerms = (terms: readonly string[]): string => terms.map((term) => `“${term}”`).join('、');

/** Asks which of a few sections was meant; the reader presses a button or answers with the number. */
export function composeClarify(answer: Clarify, turnId: string): ReplyMessage {
  const missing: Block[] =
    answer.missingTerms.length > 0 ? [{ kind: 'note', text: `资料库里没有提到${quotedTerms(answer.missingTerms)}` }] : [];
  return {
    title: '想确认一下您的问题',
    tone: 'question',
    blocks: [
      ...understoodNote(answer.understoodAs),
      ...missing,
      { kind: 'paragraph', text: '最接近的原文是：' },
      ...answer.nearest.flatMap((citation): Block[] => [
        { kind: 'quote', text: citation.quote },
        { kind: 'source', citation },
      ]),
      { kind: 'paragraph', text: '不能确定这就是您要的。您想了解的是下面哪一项？点按钮或回复数字即可：' },
      { kind: 'list', title: null, items: answer.options.map(sectionLabel), numbered: true },
    ],
    buttons: [
      ...answer.options.map(({ documentId, section, title }) => [
        { label: title, action: { kind: 'choose' as const, documentId, section } },
      ]),
      [{ label: '都不是，转人工', action: { kind: 'hand-off', turnId } }],
    ],
  };
}

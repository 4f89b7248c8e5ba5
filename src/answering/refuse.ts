import type { Answer } from '../domain/answer.ts';
import type { Block, ReplyMessage } from '../domain/message.ts';
import { quotedTerms } from './clarify.ts';
import { sectionLabel } from './compose.ts';

type Refused = Extract<Answer, { outcome: 'refused' }>;

function reasonText({ reason, missingTerms }: Refused): string {
  switch (reason) {
    case 'unknown-terms':
      return `资料库里没有关于${quotedTerms(missingTerms)}的内容，不便随意作答。`;
    case 'too-long':
      return '问题有点长（超过 2000 字），请精简成一两句话再问，我会尽快为您查找。';
    case 'not-in-library':
      return '这个问题在现有资料里没有找到依据，不便随意作答。';
  }
}

/** Says that the library has nothing on it, what comes nearest, and how to reach a person or be told later. */
export function composeRefusal(answer: Refused, turnId: string): ReplyMessage {
  const blocks: Block[] = [{ kind: 'paragraph', text: reasonText(answer) }];
  if (answer.suggestions.length > 0) {
    blocks.push({ kind: 'list', title: '您也许想看', items: answer.suggestions.map(sectionLabel), numbered: true });
  }
  if (answer.reason === 'too-long') return { title: '请精简一下问题', tone: 'refusal', blocks, buttons: [] };
  return {
    title: '资料库里暂时没有',
    tone: 'refusal',
    blocks,
    buttons: [
      ...answer.suggestions.map(({ documentId, section, title }) => [
        { label: title, action: { kind: 'choose' as const, documentId, section } },
      ]),
      [
        { label: '转人工', action: { kind: 'hand-off', turnId } },
        { label: '有答案时通知我', action: { kind: 'notify-me', turnId } },
      ],
    ],
  };
}

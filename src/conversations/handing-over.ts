import type { Answerer } from '../answering/answerer.ts';
import type { Answer } from '../domain/answer.ts';
import type { Category } from '../domain/categories.ts';
import type { ReplyMessage } from '../domain/message.ts';

/** The ways people ask for a person, with what stands before and after them. */
const FOR_A_PERSON =
  /(?:请|麻烦|帮我|给我|我要|我想|想|要)*(?:转接?|接|找|联系|要)个?(?:一下|一位|个)?(?:人工|真人|活人|工作人员|专员|客服)(?:客服|服务|坐席)?(?:吧|谢谢)?/g;
/** Fewer characters are no question. */
const LEAST_QUESTION = 5;

/**
 * The question somebody asks beside asking for a person; null when there is none.
 * @example questionBeside('转人工，我的补贴怎么还没到账') // → "我的补贴怎么还没到账"
 */
export function questionBeside(text: string): string | null {
  const rest = text
    .replaceAll(FOR_A_PERSON, ' ')
    .replace(/^[\s,，。.!！:：;；、]+|[\s,，、]+$/gu, '')
    .trim();
  return [...rest].length >= LEAST_QUESTION ? rest : null;
}

/** Whether somebody no longer wants what was just asked of them. */
export const givesUp = (text: string): boolean => /^(?:算了|不用了?|不必了?|取消|没事了?)[吧。！!]*(?:谢谢)?$/.test(text.trim());

/** What an answer is about: of the section quoted, or of the nearest; null when nothing was near. */
export function categoryOf(answer: Answer | null, answerer: Pick<Answerer, 'section' | 'record'>): Category | null {
  if (answer?.outcome === 'browse') return answer.category;
  const near = nearestOf(answer);
  if (!near) return null;
  return answerer.section(near.documentId, near.section)?.categories[0] ?? answerer.record(near.documentId)?.category ?? null;
}

function nearestOf(answer: Answer | null): { readonly documentId: string; readonly section: number } | undefined {
  switch (answer?.outcome) {
    case 'answered':
      return answer.citations[0];
    case 'clarify':
      return answer.nearest[0] ?? answer.options[0];
    case 'refused':
      return answer.suggestions[0];
    case 'lapsed':
      return answer.document.section;
    default:
      return undefined;
  }
}

export const askWhat = (): ReplyMessage => ({
  title: '转人工',
  tone: 'plain',
  blocks: [{ kind: 'paragraph', text: '好的。请把您的问题发给我（一条消息说完），我会转给工作人员，答复会发到这里。' }],
  buttons: [],
});

export const letItBe = (): ReplyMessage => ({
  title: '好的',
  tone: 'plain',
  blocks: [{ kind: 'paragraph', text: '好的，需要时可以随时再转人工。' }],
  buttons: [],
});

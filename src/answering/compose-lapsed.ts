import type { Answer, LapsedDocument } from '../domain/answer.ts';
import type { Button, ReplyMessage } from '../domain/message.ts';
import { sectionLabel } from './compose.ts';

type Lapsed = Extract<Answer, { outcome: 'lapsed' }>;

type Name = Pick<LapsedDocument, 'title' | 'documentNumber'>;

/** A text that is known by its number alone is called by it. */
const IS_NUMBER = /[〔［[]\d{4}[〕］\]].*号$/;

function named({ title, documentNumber }: Name): string {
  const name = IS_NUMBER.test(title) ? title : `《${title.replaceAll(/^《|》$/g, '')}》`;
  return `${name}${documentNumber === null ? '' : `（${documentNumber}）`}`;
}

/** What has become of a document, after its name. @example statusText({ status: 'expired', on: '2025-12-31', … }) // → '已于2025-12-31失效' */
export function statusText({ status, on }: Pick<LapsedDocument, 'status' | 'on'>): string {
  switch (status) {
    case 'expired':
      return `已于${on}失效`;
    case 'superseded':
      return on === null ? '已被替代' : `已于${on}被替代`;
    case 'upcoming':
      return `将自${on}起施行，目前尚未生效`;
  }
}

/** 「已于…失效，现行为…」: what was asked for is not in force, and what is in its place. The text itself is not quoted. */
export function composeLapsed({ document, successor }: Lapsed, turnId: string): ReplyMessage {
  const present = successor === null ? '' : `，现行为${named(successor)}`;
  const advice =
    successor === null && document.status !== 'upcoming' ? '资料库里没有现行的替代文件，请以发文机关的最新规定为准，或转人工核实。' : null;
  const sections = successor?.sections ?? [];
  const original: Button = {
    label: document.status === 'upcoming' ? '查看全文（未生效）' : '查看原文（已失效）',
    action: { kind: 'full-text', documentId: document.documentId, section: document.section.section, revision: null },
  };
  return {
    title: document.status === 'upcoming' ? '尚未生效' : '已不再有效',
    tone: 'refusal',
    blocks: [
      {
        kind: 'paragraph',
        text: `${document.section.kind === 'faq' ? `“${document.title}”的解答` : named(document)}${statusText(document)}${present}。`,
      },
      ...(advice === null ? [] : [{ kind: 'paragraph' as const, text: advice }]),
      ...(sections.length === 0 ? [] : [{ kind: 'list' as const, title: '现行规定', items: sections.map(sectionLabel), numbered: true }]),
    ],
    buttons: [
      ...sections.map(({ documentId, section, title }) => [{ label: title, action: { kind: 'choose' as const, documentId, section } }]),
      [original, { label: '转人工', action: { kind: 'hand-off' as const, turnId } }],
    ],
  };
}

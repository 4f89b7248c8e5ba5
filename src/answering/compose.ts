import type { Answer } from '../domain/answer.ts';
import { FACTS_SECTION } from '../domain/policy-facts.ts';
import { CATEGORIES } from '../domain/categories.ts';
import type { Block, Button, ButtonRow, ReplyMessage } from '../domain/message.ts';

type Answered = Extract<Answer, { outcome: 'answered' }>;
type Browse = Extract<Answer, { outcome: 'browse' }>;

/** Longest list of sections shown at once. */
const MAX_LISTED = 12;

/** A section made from a policy's facts has no number people would know it by. */
export const sectionLabel = (ref: { section: number; title: string }): string =>
  ref.section > 0 && ref.section < FACTS_SECTION ? `第${ref.section}节 ${ref.title}` : ref.title;

/** 「已按“…”为您查找」: said whenever something else was searched for than was typed. */
export const understoodNote = (understoodAs: string | null): Block[] =>
  understoodAs === null ? [] : [{ kind: 'note', text: `已按“${understoodAs}”为您查找` }];

/** Words an answer: the quoted sentences first, then where they stand, then what is near. */
export function composeAnswer(answer: Answered, turnId: string): ReplyMessage {
  const [first] = answer.citations;
  const blocks: Block[] = [...understoodNote(answer.understoodAs)];
  for (const citation of answer.citations) {
    blocks.push({ kind: 'quote', text: citation.quote }, { kind: 'source', citation });
  }
  if (answer.facts.length > 0) blocks.push({ kind: 'facts', items: answer.facts });
  if (answer.related.length > 0) blocks.push({ kind: 'list', title: '相关内容', items: answer.related.map(sectionLabel), numbered: false });

  const isSingle = answer.citations.length === 1;
  const fullText = answer.citations.map(
    ({ documentId, section, sectionTitle, revision }): Button => ({
      label: isSingle ? '全文' : `全文·${sectionLabel({ section, title: sectionTitle }).split(' ')[0]!}`,
      action: { kind: 'full-text', documentId, section, revision },
    }),
  );
  const related: Button[] =
    first && answer.related.length > 0
      ? [{ label: '相关', action: { kind: 'related', documentId: first.documentId, section: first.section } }]
      : [];
  const feedback: ButtonRow = [
    { label: '有帮助', action: { kind: 'feedback', turnId, vote: 'up' } },
    { label: '没帮助', action: { kind: 'feedback', turnId, vote: 'down' } },
  ];
  return {
    title: first?.sectionTitle ?? '为您找到',
    tone: 'answer',
    blocks,
    buttons: [...tabRows(answer), [...fullText, ...related], feedback],
  };
}

const TABS_PER_ROW = 4;

/** The tabs of a service guide; the one shown is marked. */
function tabRows({ aspects, citations: [first] }: Answered): ButtonRow[] {
  const tabs = aspects.map(
    ({ documentId, section, title }): Button => ({
      label: title,
      action: { kind: 'choose', documentId, section },
      ...(first?.documentId === documentId && first.section === section ? { isCurrent: true } : {}),
    }),
  );
  const rows: ButtonRow[] = [];
  for (let at = 0; at < tabs.length; at += TABS_PER_ROW) rows.push(tabs.slice(at, at + TABS_PER_ROW));
  return rows;
}

/** Words a list of sections: title and opening sentence of each. */
export function composeBrowse(answer: Browse): ReplyMessage {
  const label = answer.category === null ? '全部主题' : CATEGORIES[answer.category];
  const shown = answer.sections.slice(0, MAX_LISTED);
  const more = answer.sections.length - shown.length;
  return {
    title: label,
    tone: 'answer',
    blocks: [
      { kind: 'paragraph', text: `“${label}”方面共有 ${answer.sections.length} 节内容，回复数字或点按钮查看：` },
      {
        kind: 'list',
        title: null,
        items: shown.map(({ section, sectionTitle }) => sectionLabel({ section, title: sectionTitle })),
        numbered: true,
      },
      ...(more > 0 ? [{ kind: 'note' as const, text: `另有 ${more} 节未列出，可直接输入关键词查询` }] : []),
    ],
    buttons: shown.map(({ documentId, section, sectionTitle }) => [
      { label: sectionTitle, action: { kind: 'choose', documentId, section } },
    ]),
  };
}

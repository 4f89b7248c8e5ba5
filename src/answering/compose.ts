import type { Answer, Citation, SectionRef } from '../domain/answer.ts';
import { CATEGORIES } from '../domain/categories.ts';
import type { Block, Button, ButtonRow, ReplyMessage } from '../domain/message.ts';
import { FACTS_SECTION } from '../domain/policy-facts.ts';
import { sectionNumber } from '../domain/render.ts';

type Answered = Extract<Answer, { outcome: 'answered' }>;
type Browse = Extract<Answer, { outcome: 'browse' }>;

/** Longest list of sections shown at once. */
const MAX_LISTED = 12;

/** A section in a list: "第6节 优化金融服务", "帮代办 · 申请材料". */
export function sectionLabel(ref: Pick<SectionRef, 'kind' | 'section' | 'title'>): string {
  const number = sectionNumber(ref, ref.title);
  return number === null ? ref.title : `${number} ${ref.title}`;
}

/** What a card that shows a section is headed. */
const headingOf = ({ kind, section, sectionTitle, documentTitle }: Citation): string =>
  (kind === 'procedure' || section === FACTS_SECTION) && sectionTitle !== documentTitle
    ? `${documentTitle} · ${sectionTitle}`
    : sectionTitle;

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
  const fullText = answer.citations.map((citation): Button => {
    const { documentId, section, sectionTitle, revision } = citation;
    return {
      label: isSingle ? '全文' : `全文·${sectionNumber(citation, sectionTitle) ?? sectionTitle}`,
      action: { kind: 'full-text', documentId, section, revision },
    };
  });
  const related: Button[] =
    first && answer.related.length > 0
      ? [{ label: '相关', action: { kind: 'related', documentId: first.documentId, section: first.section } }]
      : [];
  const feedback: ButtonRow = [
    { label: '有帮助', action: { kind: 'feedback', turnId, vote: 'up' } },
    { label: '没帮助', action: { kind: 'feedback', turnId, vote: 'down' } },
  ];
  return {
    title: first ? headingOf(first) : '为您找到',
    tone: 'answer',
    blocks,
    buttons: [...tabRows(answer), ...guideRows(answer), [...fullText, ...related], feedback],
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

/** Guides to what a policy says in general. */
const guideRows = ({ related, aspects }: Answered): ButtonRow[] =>
  aspects.length > 0
    ? []
    : related
        .filter(({ kind }) => kind === 'procedure')
        .slice(0, MAX_GUIDES)
        .map(({ documentId, section, title }) => [{ label: `办事指南：${title}`, action: { kind: 'choose', documentId, section } }]);

const MAX_GUIDES = 2;

/** A guide in a list stands for all of it. */
const listedTitle = (citation: Citation): string => (citation.kind === 'procedure' ? citation.documentTitle : citation.sectionTitle);

/** Words a list of sections: title and opening sentence of each. */
export function composeBrowse(answer: Browse): ReplyMessage {
  const label = answer.category === null ? '全部主题' : CATEGORIES[answer.category];
  const shown = answer.sections.slice(0, MAX_LISTED);
  const more = answer.sections.length - shown.length;
  const unit = answer.sections.every((citation) => sectionNumber(citation, citation.sectionTitle) !== null) ? '节' : '项';
  return {
    title: label,
    tone: 'answer',
    blocks: [
      { kind: 'paragraph', text: `“${label}”方面共有 ${answer.sections.length} ${unit}内容，回复数字或点按钮查看：` },
      {
        kind: 'list',
        title: null,
        items: shown.map((citation) => sectionLabel({ ...citation, title: listedTitle(citation) })),
        numbered: true,
      },
      ...(more > 0 ? [{ kind: 'note' as const, text: `另有 ${more} ${unit}未列出，可直接输入关键词查询` }] : []),
    ],
    buttons: shown.map((citation) => [
      { label: listedTitle(citation), action: { kind: 'choose', documentId: citation.documentId, section: citation.section } },
    ]),
  };
}

import type { Citation } from './answer.ts';
import { chartWords } from './chart.ts';
import type { Block, ReplyMessage } from './message.ts';
import { FACTS_SECTION } from './policy-facts.ts';
import type { RecordKind } from './record.ts';

/** Whether a section's title says its own number, as articles of a law do: 第七条, 第二章 总则. */
export const isNumbered = (title: string): boolean => /(^| )第[\d一二三四五六七八九十百千零〇]+[条款章节]/u.test(title);

/**
 * 「第6节」: the sections of a policy are known by their numbers, those of guides and answers, and those made from a policy's facts, are not.
 * @returns null for a section without a number people would know, or whose title says it
 */
export const sectionNumber = (
  { kind = 'policy', section }: { readonly kind?: RecordKind; readonly section: number },
  title: string,
): string | null => (kind === 'policy' && section > 0 && section < FACTS_SECTION && !isNumbered(title) ? `第${section}节` : null);

/** Which section of which document: "《2024年总体工作思路》第6节「优化金融服务」", "问答「帮代办收费吗？」". */
export function sourceName(citation: Citation): string {
  const { kind, documentTitle, sectionTitle } = citation;
  if (kind === 'faq') return `问答「${sectionTitle}」`;
  const title = documentTitle.replaceAll(/^《|》$/g, '');
  return `《${title}》${sectionNumber(citation, sectionTitle) ?? ''}${sectionTitle === documentTitle ? '' : `「${sectionTitle}」`}`;
}

/** What else is known of where it stands: page, issuing body, document number and date, and when somebody last made sure of it. */
export function sourceDetails({ page, issued, asOf }: Citation): string[] {
  return [...(page === null ? [] : [`第${page}页`]), ...(issued === null ? [] : [issued]), ...(asOf === null ? [] : [`截至${asOf}`])];
}

/**
 * 出处 on one line.
 * @example "《2024年总体工作思路》第6节「优化金融服务」（一、坚持创新驱动引领） · 第3页 · 泉州经济技术开发区 · 2024年 · 截至2026-11-20"
 */
export function formatSource(citation: Citation): string {
  const part = citation.part ? `（${citation.part}）` : '';
  return [`${sourceName(citation)}${part}`, ...sourceDetails(citation)].join(' · ');
}

/** One block as plain text, for the terminal, the HTTP API's `text` and the plainest form of a chat reply. */
export function renderBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
    case 'quote':
      return block.text;
    case 'source':
      return `出处：${formatSource(block.citation)}`;
    case 'list':
      return [
        ...(block.title === null ? [] : [`${block.title}：`]),
        ...block.items.map((item, index) => (block.numbered ? `${index + 1}. ${item}` : `· ${item}`)),
      ].join('\n');
    case 'facts':
      return block.items.map(({ label, value }) => `${label}：${value}`).join('\n');
    case 'chart':
      return chartWords(block.chart);
    case 'note':
      return `（${block.text}）`;
  }
}

/** A whole reply as plain text, without its buttons. */
export function renderText(message: ReplyMessage): string {
  return message.blocks.map(renderBlock).join('\n\n');
}

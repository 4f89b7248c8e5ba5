import type { Citation } from './answer.ts';
import type { Block, ReplyMessage } from './message.ts';

/**
 * 出处 on one line.
 * @example "《2024年总体工作思路》第6节「优化金融服务」（一、坚持创新驱动引领,催生经济发展新动能）· 泉州经济技术开发区 · 2024年"
 */
export function formatSource(citation: Citation): string {
  const number = citation.section > 0 ? `第${citation.section}节` : '';
  const part = citation.part ? `（${citation.part}）` : '';
  const issued = citation.issued ? ` · ${citation.issued}` : '';
  return `《${citation.documentTitle}》${number}「${citation.sectionTitle}」${part}${issued}`;
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
    case 'note':
      return `（${block.text}）`;
  }
}

/** A whole reply as plain text, without its buttons. */
export function renderText(message: ReplyMessage): string {
  return message.blocks.map(renderBlock).join('\n\n');
}

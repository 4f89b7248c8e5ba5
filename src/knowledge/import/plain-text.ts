import { AppError } from '../../domain/errors.ts';
import type { Outline, OutlineSection } from './outline.ts';

/** Lines that belong to the web page a text was copied from, not to the document. */
const PAGE_FURNITURE = /^(扫一扫.*|.*公网安备.*|.*ICP备.*|打印本页|关闭窗口|分享到.*|上一篇.*|下一篇.*|【?字体.*)$/;

const PART = /^[一二三四五六七八九十]+、\s*\S.*$/;
const SECTION = /^(\d{1,3})[.．、]\s*([^。]{2,40})。(.*)$/s;
const TITLED_OPENING = /^([^:：。,，]{2,40})[:：](.+)$/s;

/**
 * Reads the outline of an official plan in plain text: `一、…` starts a part, `7.标题。正文` a section; lines that start neither
 * continue what stands before them. Texts are kept character for character.
 * @throws {AppError} `KNOWLEDGE_UNREADABLE` when there is no section, or section numbers repeat.
 */
export function importPlainText(source: string, fileName: string): Outline {
  const sections: (Omit<OutlineSection, 'text'> & { lines: string[] })[] = [];
  const opening: string[] = [];
  let part: string | null = null;
  const lines = source.replace(/^\ufeff/, '').split(/\r?\n/);
  for (const [index, raw] of lines.entries()) {
    const line = raw.trim();
    if (line === '' || PAGE_FURNITURE.test(line)) continue;
    const section = SECTION.exec(line);
    if (section) {
      const number = Number(section[1]);
      if (sections.some((known) => known.number === number)) {
        throw new AppError('KNOWLEDGE_UNREADABLE', `${fileName}:${index + 1}: expected each section number once, found ${number} again.`);
      }
      sections.push({ number, title: section[2]!, part, lines: [section[3]!.trim()] });
    } else if (PART.test(line)) {
      part = line;
    } else {
      (sections.at(-1)?.lines ?? opening).push(line);
    }
  }
  if (sections.length === 0) {
    throw new AppError(
      'KNOWLEDGE_UNREADABLE',
      `${fileName}: expected sections such as "1.标题。正文", found none in ${lines.length} lines.`,
    );
  }
  const titled = TITLED_OPENING.exec(opening.join('\n'));
  return {
    title: titled?.[1] ?? fileName.replace(/\.[^.]*$/, ''),
    opening: (titled ? titled[2]!.trim() : opening.join('\n')) || null,
    sections: sections.map(({ lines: text, ...section }) => ({ ...section, text: text.filter((line) => line !== '').join('\n') })),
  };
}

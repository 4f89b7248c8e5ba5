import type { Outline } from './outline.ts';
import { plainHeader, PROCEDURE_COLUMNS } from './tables/columns.ts';

const ASPECTS: ReadonlySet<string> = new Set(PROCEDURE_COLUMNS.flatMap(({ header, synonyms }) => [header, ...synonyms]));
const FEWEST_ASPECTS = 3;
const NUMBERED = /^(?:[（(]?[一二三四五六七八九十]+[）)、]|\d+[.．、])\s*/;
const ITEM_CODE = /(?:事项编码|实施编码|基本编码|事项代码)\s*[:：]\s*([0-9A-Z][0-9A-Z-]{5,40})/i;

const AUTHORITY = /(?:实施主体|受理机构|办理机构|实施机关)\s*[:：]\s*([\u4e00-\u9fa5（）()]{4,40})/;

export interface DocumentKind {
  readonly kind: 'policy' | 'procedure';
  /** Of a guide, where its text names them: the code of the item, and who handles it. */
  readonly itemCode: string | null;
  readonly authority: string | null;
}

/** A document whose sections are the aspects of a service guide (申请材料, 办理流程 …) is one; any other is a policy. */
export function documentKind({ title, opening, sections }: Outline): DocumentKind {
  const aspects = sections.filter((section) => ASPECTS.has(plainHeader(section.title.replace(NUMBERED, '')))).length;
  const isGuide = /办事指南|服务指南|办理指南/.test(title) || aspects * 2 >= sections.length;
  if (aspects < FEWEST_ASPECTS || !isGuide) return { kind: 'policy', itemCode: null, authority: null };
  const text = [opening ?? '', ...sections.map((section) => section.text)].join('\n');
  return { kind: 'procedure', itemCode: ITEM_CODE.exec(text)?.[1] ?? null, authority: AUTHORITY.exec(text)?.[1] ?? null };
}

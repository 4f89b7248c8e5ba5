import { load } from 'cheerio';

/** What a paragraph style says about outline and list, with what it takes over from the styles it is based on. */
export interface ParagraphStyle {
  readonly isTitle: boolean;
  /** 0 for the highest heading; null for body text. */
  readonly outlineLevel: number | null;
  readonly listId: string | null;
  readonly listLevel: number | null;
}

const PLAIN: ParagraphStyle = { isTitle: false, outlineLevel: null, listId: null, listLevel: null };
const LONGEST_CHAIN = 20;
const BODY_TEXT_LEVEL = 9;

/** Outline level as written in the file; 9 means body text. */
export function outlineLevelOf(written: string | undefined): number | null {
  const level = written === undefined ? Number.NaN : Number(written);
  return Number.isInteger(level) && level >= 0 && level < BODY_TEXT_LEVEL ? level : null;
}

/** Reads `word/styles.xml`: paragraph styles by id. */
export function readStyles(stylesXml: string): (id: string | undefined) => ParagraphStyle {
  const $ = load(stylesXml, { xml: true });
  const own = new Map<string, ParagraphStyle & { basedOn: string | undefined }>();
  for (const node of $('w\\:style[w\\:type="paragraph"]').toArray()) {
    const properties = $(node).children('w\\:pPr');
    const list = properties.children('w\\:numPr');
    const level = list.children('w\\:ilvl').attr('w:val');
    const name = $(node).children('w\\:name').attr('w:val') ?? '';
    const heading = /^(?:heading|标题) ?([1-6])$/i.exec(name);
    own.set($(node).attr('w:styleId') ?? '', {
      isTitle: /^(title|标题)$/i.test(name),
      outlineLevel: heading ? Number(heading[1]) - 1 : outlineLevelOf(properties.children('w\\:outlineLvl').attr('w:val')),
      listId: list.children('w\\:numId').attr('w:val') ?? null,
      listLevel: level === undefined ? null : Number(level),
      basedOn: $(node).children('w\\:basedOn').attr('w:val'),
    });
  }
  return (id) => {
    let style = PLAIN;
    let next = id;
    for (let steps = 0; next !== undefined && steps < LONGEST_CHAIN; steps++) {
      const found = own.get(next);
      if (!found) break;
      style = {
        isTitle: style.isTitle || found.isTitle,
        outlineLevel: style.outlineLevel ?? found.outlineLevel,
        listId: style.listId ?? found.listId,
        listLevel: style.listLevel ?? found.listLevel,
      };
      next = found.basedOn;
    }
    return style;
  };
}

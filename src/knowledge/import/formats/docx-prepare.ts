import { load } from 'cheerio';
import { createNumbering } from './docx-numbering.ts';
import { outlineLevelOf, readStyles } from './docx-styles.ts';

/** Style ids the converter is told to look for. */
export const TITLE_STYLE = 'WenceTitle';
export const headingStyle = (level: number): string => `WenceHeading${Math.min(level, 4) + 1}`;

export interface PreparedDocument {
  readonly xml: string;
  /** Whether changes are tracked in it that nobody has accepted or refused. */
  readonly hasTrackedChanges: boolean;
  /** Whether some of its text is struck through. */
  readonly hasStruckText: boolean;
}

/**
 * Writes into `word/document.xml` what Word only shows: list numbers become text, and paragraphs of the outline get the style ids the
 * converter is told to look for. Numbers of tracked deletions are left out; everything else stands as it was.
 */
export function prepareDocument(documentXml: string, stylesXml: string, numberingXml: string): PreparedDocument {
  const $ = load(documentXml, { xml: true });
  const styleOf = readStyles(stylesXml);
  const numbering = createNumbering(numberingXml);
  for (const paragraph of $('w\\:p').toArray()) {
    // What old versions of Word show instead of a text box repeats it.
    if ($(paragraph).closest('mc\\:Fallback').length > 0) continue;
    const properties = $(paragraph).children('w\\:pPr');
    const styleId = properties.children('w\\:pStyle').attr('w:val');
    const style = styleOf(styleId);
    const direct = properties.children('w\\:numPr');
    const listId = direct.children('w\\:numId').attr('w:val') ?? style.listId;
    const writtenLevel = direct.children('w\\:ilvl').attr('w:val');
    if (listId !== null && listId !== '0' && !isDeleted($(paragraph))) {
      const level =
        writtenLevel === undefined
          ? ((styleId === undefined ? null : numbering.levelOfStyle(listId, styleId)) ?? style.listLevel ?? 0)
          : Number(writtenLevel);
      const label = numbering.next(listId, level);
      if (label) insertLabel($, paragraph, label);
    }
    const outlineLevel = outlineLevelOf(properties.children('w\\:outlineLvl').attr('w:val')) ?? style.outlineLevel;
    if (style.isTitle) setStyle($, paragraph, TITLE_STYLE);
    else if (outlineLevel !== null) setStyle($, paragraph, headingStyle(outlineLevel));
  }
  const strikes = $('w\\:r > w\\:rPr > w\\:strike, w\\:r > w\\:rPr > w\\:dstrike').toArray();
  return {
    xml: $.xml(),
    hasTrackedChanges: $('w\\:ins, w\\:del').length > 0,
    hasStruckText: strikes.some((strike) => !/^(0|false|off)$/.test($(strike).attr('w:val') ?? '')),
  };
}

/** A paragraph whose whole text is struck by a tracked deletion takes no number. */
function isDeleted(paragraph: { find(selector: string): { length: number } }): boolean {
  return paragraph.find('w\\:delText').length > 0 && paragraph.find('w\\:t').length === 0;
}

type Loaded = ReturnType<typeof load>;
type Paragraph = Parameters<Loaded>[0];

function insertLabel($: Loaded, paragraph: Paragraph, label: string): void {
  const run = $('<w:r><w:t xml:space="preserve"></w:t></w:r>');
  // "1." before a digit would read as one number.
  const needsSpace = /[.．]$/.test(label) && /^\s*[\da-z]/i.test($(paragraph).find('w\\:t').first().text());
  run.find('w\\:t').text(needsSpace ? `${label} ` : label);
  const properties = $(paragraph).children('w\\:pPr');
  if (properties.length > 0) properties.after(run);
  else $(paragraph).prepend(run);
}

function setStyle($: Loaded, paragraph: Paragraph, id: string): void {
  let properties = $(paragraph).children('w\\:pPr');
  if (properties.length === 0) {
    $(paragraph).prepend('<w:pPr></w:pPr>');
    properties = $(paragraph).children('w\\:pPr');
  }
  properties.children('w\\:pStyle').remove();
  properties.prepend(`<w:pStyle w:val="${id}"/>`);
}

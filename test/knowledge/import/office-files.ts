import { storeArchive } from '../../../src/knowledge/import/archive-writer.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

const contentTypes = (part: string, type: string): string =>
  `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="${part}" ContentType="application/vnd.openxmlformats-officedocument.${type}.main+xml"/></Types>`;
const mainPart = (path: string): string =>
  `<Relationships ${RELATIONS}><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="${path}"/></Relationships>`;

/** A Word file of body, styles and numbering as given (XML inside the root elements). */
export function wordFile({ body, styles = '', numbering = '' }: { body: string; styles?: string; numbering?: string }): Uint8Array {
  const parts: [string, string][] = [
    ['[Content_Types].xml', contentTypes('/word/document.xml', 'wordprocessingml.document')],
    ['_rels/.rels', mainPart('word/document.xml')],
    ['word/document.xml', `<w:document ${WORD}><w:body>${body}</w:body></w:document>`],
    ['word/styles.xml', `<w:styles ${WORD}>${styles}</w:styles>`],
    ['word/numbering.xml', `<w:numbering ${WORD}>${numbering}</w:numbering>`],
  ];
  return storeArchive(parts.map(([path, text]) => [path, encode(text)] as const));
}

export const paragraph = (text: string, properties = ''): string => `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`;
export const inList = (list: number, level = 0): string => `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${list}"/></w:numPr>`;
export const level = (at: number, format: string, text: string, more = ''): string =>
  `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${more}<w:lvlText w:val="${text}"/></w:lvl>`;

/** A workbook of one sheet, whose rows are given as XML. */
export function workbook(rows: string, more = ''): Uint8Array {
  const parts: [string, string][] = [
    ['[Content_Types].xml', contentTypes('/xl/workbook.xml', 'spreadsheetml.sheet')],
    ['_rels/.rels', mainPart('xl/workbook.xml')],
    ['xl/workbook.xml', `<workbook ${SHEET} xmlns:r="${OFFICE}"><sheets><sheet name="表一" sheetId="1" r:id="rId1"/></sheets></workbook>`],
    [
      'xl/_rels/workbook.xml.rels',
      `<Relationships ${RELATIONS}><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    ],
    ['xl/worksheets/sheet1.xml', `<worksheet ${SHEET}><sheetData>${rows}</sheetData>${more}</worksheet>`],
  ];
  return storeArchive(parts.map(([path, text]) => [path, encode(text)] as const));
}

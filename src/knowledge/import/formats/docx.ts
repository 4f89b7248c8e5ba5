import mammoth from 'mammoth';
import { type Note, NOWHERE, type RawDocument, type SourceFile } from '../raw-document.ts';
import { refuse } from '../refusals.ts';
import { headingStyle, prepareDocument, TITLE_STYLE } from './docx-prepare.ts';
import { blocksOfHtml } from './html-blocks.ts';
import { openOffice, packOffice, textOf } from './office.ts';

const DOCUMENT = 'word/document.xml';

/**
 * Title and headings first, then lists, whose numbers already stand in the text. Tables of contents repeat the headings, and struck text
 * has been taken back: both are left out.
 */
const STYLE_MAP = [
  `p.${TITLE_STYLE} => h1:fresh`,
  ...[0, 1, 2, 3, 4].map((level) => `p.${headingStyle(level)} => h${level + 2}:fresh`),
  ...[1, 2, 3, 4, 5].map((level) => `p:ordered-list(${level}) => p:fresh`),
  ...[1, 2, 3].flatMap((level) => [`p[style-name='toc ${level}'] => !`, `p[style-name='TOC ${level}'] => !`]),
  "p[style-name='TOC Heading'] => !",
  "br[type='page'] => hr",
  'strike => !',
];

/**
 * Reads a Word document: headings by style or outline level, automatic numbers as Word shows them, tables with their merged cells.
 * @throws {AppError} those of `openOffice`; `IMPORT_DAMAGED`
 */
export async function readDocx({ name, bytes }: SourceFile): Promise<RawDocument> {
  const { parts, pictures } = openOffice(bytes, name, 'docx');
  const prepared = prepareDocument(textOf(parts, DOCUMENT), textOf(parts, 'word/styles.xml'), textOf(parts, 'word/numbering.xml'));
  parts.set(DOCUMENT, new TextEncoder().encode(prepared.xml));
  const html = await convert(packOffice(parts), name);
  const notes: Note[] = [];
  if (pictures > 0) notes.push({ message: `含 ${pictures} 张图片，图片里的文字没有导入，请核对`, at: NOWHERE });
  if (prepared.hasTrackedChanges) notes.push({ message: '含未处理的修订，已按“接受全部修订”读取，请核对', at: NOWHERE });
  if (prepared.hasStruckText) notes.push({ message: '带删除线的文字没有导入，请核对', at: NOWHERE });
  const blocks = blocksOfHtml(html);
  if (blocks.length === 0) throw refuse(pictures > 0 ? 'scanned' : 'no-text', name);
  return { blocks, meta: {}, pages: null, notes };
}

async function convert(buffer: Buffer, name: string): Promise<string> {
  try {
    const { value } = await mammoth.convertToHtml(
      { buffer },
      { styleMap: STYLE_MAP, includeEmbeddedStyleMap: false, externalFileAccess: false, convertImage: noImages },
    );
    return value;
  } catch (error) {
    throw refuse('damaged', name, undefined, error);
  }
}

/** Pictures are never read. */
const noImages = mammoth.images.imgElement(() => Promise.resolve({ src: '' }));

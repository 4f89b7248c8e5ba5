import { type CheerioAPI, load } from 'cheerio';
import TurndownService from 'turndown';
import { isWide } from '../join-lines.ts';
import { NOWHERE, type RawBlock } from '../raw-document.ts';
import { type HtmlElement, isLayoutTable, tableGrid } from './html-table.ts';
import { blocksOfMarkdown } from './markdown-blocks.ts';

/** What never holds text of the document, or is not shown. */
const NOT_TEXT = [
  'script, style, noscript, template, iframe, frame, svg, canvas, object, embed, audio, video, img, picture, link, meta, head',
  'button, select, input, textarea, datalist, dialog',
  'del, s, strike, rt, rp',
  '[hidden], [aria-hidden="true"], [style*="display:none" i], [style*="display: none" i], [style*="visibility:hidden" i], [style*="visibility: hidden" i]',
  '[id^="footnote-ref"], [href^="#footnote-ref"], [id^="endnote-ref"], [href^="#endnote-ref"]',
].join(', ');

const [TEXT_NODE, COMMENT_NODE] = [3, 8];

/** Stands for a table while its surroundings are converted. These characters are for private use; a text that has them loses them. */
const [OPEN, CLOSE] = ['\ue000', '\ue001'];
const PLACEHOLDER = new RegExp(`^${OPEN}(\\d+)${CLOSE}$`);

/** Inline markup is dropped, so that the Markdown in between holds nothing but structure. */
const INLINE = ['a', 'b', 'strong', 'i', 'em', 'u', 'code', 'span', 'font', 'mark', 'small', 'sup', 'sub', 'ins'] as const;

function createConverter(): TurndownService {
  const converter = new TurndownService({ headingStyle: 'atx', codeBlockStyle: 'fenced', bulletListMarker: '-' });
  converter.addRule('inline text', { filter: [...INLINE], replacement: (content) => content });
  return converter;
}

/** The blocks of an HTML fragment: text only, never markup; hidden elements, scripts, pictures and struck text are left out. */
export function blocksOfHtml(html: string): RawBlock[] {
  const $ = load(html);
  clean($);
  const tables: string[][][] = [];
  unwrapLayoutTables($);
  for (const table of $('table').toArray()) {
    const rows = tableGrid($, table, (cell) => cellText($, cell));
    const caption = $(table).children('caption').text().trim();
    const placeholder = $('<p></p>').text(`${OPEN}${tables.length}${CLOSE}`);
    if (rows.length > 0) $(table).before(placeholder);
    if (caption !== '') placeholder.before($('<p></p>').text(caption));
    if (rows.length > 0) tables.push(rows);
    $(table).remove();
  }
  const markdown = createConverter().turndown($('body').html() ?? '');
  return blocksOfMarkdown(markdown, null).map((block) => {
    const place = block.kind === 'paragraph' ? PLACEHOLDER.exec(block.text) : null;
    return place ? { kind: 'table', rows: tables[Number(place[1])]!, at: NOWHERE } : block;
  });
}

function clean($: CheerioAPI): void {
  $(NOT_TEXT).remove();
  $('sup').each((_, element) => {
    const power = $(element).text().trim();
    if (power === '2' || power === '3') $(element).text(power === '2' ? '²' : '³');
  });
  tidyTexts($.root()[0]?.children ?? []);
}

interface TreeNode {
  readonly nodeType: number;
  data?: string;
  readonly children?: readonly TreeNode[];
}

/** By hand: selecting all text nodes at once takes time with the square of their number. */
function tidyTexts(roots: readonly unknown[]): void {
  const open = [...roots] as TreeNode[];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.nodeType === TEXT_NODE) node.data = tidySource(node.data ?? '');
    else if (node.nodeType === COMMENT_NODE) node.data = '';
    open.push(...(node.children ?? []));
  }
}

/** A line break of the source is no space between Chinese characters. */
function tidySource(text: string): string {
  return text
    .replaceAll(/[\ue000\ue001]/g, '')
    .replaceAll(/(\S)[ \t]*\r?\n\s*(\S)/gu, (whole, before: string, after: string) =>
      isWide(before) || isWide(after) ? before + after : whole,
    );
}

function cellText($: CheerioAPI, cell: HtmlElement): string {
  const copy = $(cell).clone();
  copy.find('br').replaceWith('\n');
  copy.find('p, div, li, tr').append('\n');
  return copy
    .text()
    .split('\n')
    .map((line) => line.replaceAll(/[ \t\u00a0]+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}

/** Makes divisions of the tables that only arrange the page. */
export function unwrapLayoutTables($: CheerioAPI): void {
  for (const table of $('table').toArray()) if (isLayoutTable($, table)) unwrapTable($, table);
}

function unwrapTable($: CheerioAPI, table: HtmlElement): void {
  const cells = $(table)
    .find('td, th')
    .toArray()
    .filter((cell) => $(cell).closest('table')[0] === table);
  const box = $('<div></div>');
  for (const cell of cells) box.append($('<div></div>').append($(cell).contents()));
  $(table).replaceWith(box);
}

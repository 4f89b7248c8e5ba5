import { type CheerioAPI, load } from 'cheerio';
import { decodeText } from '../decode-text.ts';
import { labelledValues } from '../labels.ts';
import type { RawDocument, RawMeta, SourceFile } from '../raw-document.ts';
import { refuse } from '../refusals.ts';
import { blocksOfHtml, unwrapLayoutTables } from './html-blocks.ts';
import type { HtmlElement } from './html-table.ts';

/** Where the text of an article stands on the sites of Chinese authorities, most telling first. */
const CONTENT_PLACES = [
  '#UCAP-CONTENT',
  '.TRS_Editor',
  '.trs_editor_view',
  '.view.TRS_UEDITOR',
  '#zoom',
  '#Zoom',
  '.article-content',
  '.pages_content',
  '#mainText',
  '.main-txt',
  'article',
  '[role="main"]',
  'main',
];
const SURROUNDINGS = [
  'nav, aside, footer, form, [role="navigation"], [role="banner"], [role="contentinfo"], [role="search"]',
  '.nav, .navbar, .menu, .breadcrumb, .crumbs, .sidebar, .footer, .header-nav, .share, .bdsharebuttonbox, .related, .pagination, .print, .qrcode, .copyright, .tools',
].join(', ');
/** A place is taken for the article only if it holds this share of what is not links. */
const ARTICLE_SHARE = 0.5;
const SHORTEST_ARTICLE = 40;
/** Of elements inside each other, the innermost that still holds this share is the article. */
const INNER_SHARE = 0.85;
const TEXT_NODE = 3;
const NOT_DESCENDED = /^(p|table|ul|ol|dl|blockquote)$/;

/** `<meta>` names the sites of Chinese authorities must carry, and common ones, by what they tell. */
const META_NAMES: Readonly<Record<string, keyof RawMeta>> = {
  articletitle: 'title',
  pubdate: 'publishedOn',
  publishdate: 'publishedOn',
  'article:published_time': 'publishedOn',
  url: 'url',
  'og:url': 'url',
};

/**
 * Reads a web page, fetched or saved: the article without what surrounds it, and what the page declares about it.
 * @throws {AppError} `IMPORT_WRONG_TYPE` for an unknown encoding, `IMPORT_DAMAGED` when no text is left
 */
export function readHtml({ name, bytes, charset, url }: SourceFile): RawDocument {
  const text = decodeText(bytes, { charset: charset ?? declaredCharset(bytes) });
  if (text === null) throw refuse('unknown-encoding', name);
  const $ = load(text);
  const meta = { ...readMeta($, text), ...(url === undefined ? {} : { url }) };
  $(SURROUNDINGS).remove();
  $('header').each((_, header) => {
    if ($(header).find('h1').length === 0 && $(header).closest('article, main').length === 0) $(header).remove();
  });
  // The line with number, issuing body and date often stands beside the text, not in it: it is read with the whole body.
  const labels = labelledValues(spacedText($('body')[0]));
  unwrapLayoutTables($);
  const article = articleOf($);
  const title = meta.title ?? titleOf($);
  const blocks = blocksOfHtml(article);
  if (blocks.length === 0) throw refuse('no-text', name);
  return { blocks, meta: { ...labels, ...meta, ...(title === undefined ? {} : { title }) }, pages: null, notes: [] };
}

/** The character set a page names in its head; the names of the GB family all mean GB 18030. */
function declaredCharset(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 2048)).toString('latin1');
  const named = /charset\s*=\s*["']?([\w-]+)/i.exec(head)?.[1]?.toLowerCase();
  if (named === undefined) return undefined;
  if (named.startsWith('gb')) return 'gb18030';
  return /^(big5|utf-?8|utf-?16(le|be)?)$/.test(named) ? named : undefined;
}

function readMeta($: CheerioAPI, source: string): RawMeta {
  const found: Record<string, string> = {};
  for (const element of $('meta').toArray()) {
    const name = ($(element).attr('name') ?? $(element).attr('property') ?? '').toLowerCase();
    const key = META_NAMES[name];
    const value = $(element).attr('content')?.trim();
    if (key !== undefined && value) found[key] ??= value;
  }
  const canonical = $('link[rel="canonical"]').attr('href') ?? /<!-- saved from url=\(\d+\)(\S+) -->/.exec(source)?.[1];
  if (canonical !== undefined) found['url'] ??= canonical;
  if (found['url'] !== undefined && !/^https?:\/\//i.test(found['url'])) delete found['url'];
  return found;
}

/** The heading of the page, else its title without the name of the site. */
function titleOf($: CheerioAPI): string | undefined {
  const candidates = [
    $('h1').first().text(),
    $('meta[property="og:title"]').attr('content') ?? '',
    $('title')
      .first()
      .text()
      .replace(/\s*[-_|–—]\s*[^-_|–—]*(政府|网|门户|委员会|局|厅|部)[^-_|–—]*$/, ''),
  ];
  return candidates.map((text) => text.replaceAll(/\s+/g, ' ').trim()).find((text) => text !== '');
}

interface TreeNode {
  readonly nodeType: number;
  readonly name?: string;
  readonly data?: string;
  readonly children?: readonly TreeNode[];
}

/** All text below an element, a space between any two pieces. */
function spacedText(element: unknown): string {
  const pieces: string[] = [];
  const visit = (node: TreeNode): void => {
    if (node.nodeType === TEXT_NODE) pieces.push(node.data ?? '');
    else if (!/^(script|style|noscript)$/.test(node.name ?? '')) node.children?.forEach(visit);
  };
  if (element) visit(element as TreeNode);
  return pieces.join(' ');
}

/** Characters of text that are not links, for each element below a root. */
function countWords(root: unknown): ReadonlyMap<unknown, number> {
  const words = new Map<unknown, number>();
  const count = (node: TreeNode): number => {
    let sum = node.nodeType === TEXT_NODE ? (node.data ?? '').replaceAll(/\s/g, '').length : 0;
    for (const child of node.children ?? []) sum += count(child);
    if (node.name === 'a') sum = 0;
    words.set(node, sum);
    return sum;
  };
  if (root) count(root as TreeNode);
  return words;
}

/** The element that holds the article: a place known for it, else the innermost element with most of the words that are not links. */
function articleOf($: CheerioAPI): string {
  $('script, style, noscript, template').remove();
  const [body] = $('body').toArray();
  if (!body) return '';
  const words = countWords(body);
  const wordsOf = (node: unknown): number => words.get(node) ?? 0;
  const all = wordsOf(body);
  for (const place of CONTENT_PLACES) {
    for (const node of $(place).toArray()) {
      if (wordsOf(node) >= Math.max(SHORTEST_ARTICLE, all * ARTICLE_SHARE)) return $(node).html() ?? '';
    }
  }
  let best: HtmlElement = body;
  for (;;) {
    const inner = $(best)
      .children()
      .toArray()
      .find((child) => !NOT_DESCENDED.test(child.name) && wordsOf(child) >= Math.max(SHORTEST_ARTICLE, all * INNER_SHARE));
    if (!inner) return $(best).html() ?? '';
    best = inner;
  }
}

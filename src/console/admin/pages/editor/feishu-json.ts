type Json = Readonly<Record<string, unknown>>;

/** An element of a card, as far as it is shown. */
export interface FeishuElement {
  readonly tag: string;
  readonly text: string;
  readonly type: string;
  readonly isGrey: boolean;
  readonly isSmall: boolean;
  readonly elements: readonly FeishuElement[];
}

const TEMPLATES = ['blue', 'wathet', 'turquoise', 'green', 'yellow', 'orange', 'red', 'carmine', 'violet', 'purple', 'indigo', 'grey'];

/** Reads card JSON 2.0. */
export function readCard(card: unknown): {
  readonly title: string;
  readonly template: string;
  readonly elements: readonly FeishuElement[];
} {
  const header = at(card, 'header');
  const template = textAt(header, 'template');
  return {
    title: contentOf(at(header, 'title')),
    template: TEMPLATES.includes(template) ? template : 'grey',
    elements: listAt(at(card, 'body'), 'elements').map(readElement),
  };
}

function readElement(element: unknown): FeishuElement {
  const text = at(element, 'text');
  const header = at(element, 'header');
  return {
    tag: textAt(element, 'tag'),
    text: contentOf(text) || contentOf(element) || contentOf(at(header, 'title')),
    type: textAt(element, 'type'),
    isGrey: textAt(element, 'background_style') === 'grey',
    isSmall: textAt(text, 'text_size') === 'notation' || textAt(element, 'text_size') === 'notation',
    elements: ['elements', 'columns', 'fields', 'actions'].flatMap((name) => listAt(element, name).map(readElement)),
  };
}

/** Of Markdown, only bold is shown as such; what was escaped is told plainly. */
export function plainWords(markdown: string): { readonly text: string; readonly isBold: boolean }[] {
  return markdown
    .split(/(\*\*[^*]+\*\*)/)
    .filter((piece) => piece !== '')
    .map((piece) => {
      const isBold = /^\*\*[^*]+\*\*$/.test(piece);
      return { isBold, text: unescape(isBold ? piece.slice(2, -2) : piece) };
    });
}

const unescape = (text: string): string =>
  text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code))).replace(/\\([\\*_~`#[\]()<>!|-])/g, '$1');

const at = (value: unknown, name: string): unknown => (typeof value === 'object' && value !== null ? (value as Json)[name] : undefined);
function textAt(value: unknown, name: string): string {
  const found = at(value, name);
  return typeof found === 'string' ? found : '';
}
const contentOf = (value: unknown): string => textAt(value, 'content');
function listAt(value: unknown, name: string): readonly unknown[] {
  const found = at(value, name);
  return Array.isArray(found) ? found : [];
}

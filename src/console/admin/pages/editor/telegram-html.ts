/** What Telegram's HTML may hold, as a tree. Anything else in it is text. */
export type TelegramNode = string | { readonly tag: TelegramTag; readonly href: string | null; readonly children: readonly TelegramNode[] };
export type TelegramTag = (typeof TAGS)[number];

const TAGS = ['b', 'strong', 'i', 'em', 'u', 's', 'code', 'pre', 'blockquote', 'a'] as const;
const isTag = (name: string): name is TelegramTag => (TAGS as readonly string[]).includes(name);
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

interface Open {
  readonly tag: TelegramTag | null;
  readonly href: string | null;
  readonly children: TelegramNode[];
}

/** Reads a message by a list of known tags; unknown ones stand as they are written. Links go to http(s) only. */
export function readTelegramHtml(html: string): TelegramNode[] {
  const root: Open = { tag: null, href: null, children: [] };
  const stack: Open[] = [root];
  const add = (node: TelegramNode): void => void stack.at(-1)!.children.push(node);
  const close = (): void => {
    const { tag, href, children } = stack.pop()!;
    if (tag !== null) add({ tag, href, children });
  };
  for (const [piece, slash, name = '', attributes = ''] of html.matchAll(/<(\/?)([a-z-]+)((?:\s[^<>]*)?)>|[^<]+|</gi)) {
    const tag = name.toLowerCase();
    if (!isTag(tag)) add(decode(piece));
    else if (slash === '') stack.push({ tag, href: linkOf(attributes), children: [] });
    else if (stack.some((open) => open.tag === tag)) {
      while (stack.at(-1)!.tag !== tag) close();
      close();
    }
  }
  while (stack.length > 1) close();
  return root.children;
}

const decode = (text: string): string =>
  text.replace(/&(?:#(\d+)|([a-z]+));/g, (whole, code?: string, name?: string) =>
    code === undefined ? (ENTITIES[name ?? ''] ?? whole) : String.fromCodePoint(Number(code)),
  );

function linkOf(attributes: string): string | null {
  const href = decode(/\shref="([^"]*)"/i.exec(attributes)?.[1] ?? '');
  return /^https?:\/\//i.test(href) ? href : null;
}

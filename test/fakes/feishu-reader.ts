import { elementsOf } from './feishu-card-rules.ts';

type Json = Readonly<Record<string, unknown>>;

/** What a person sees of a message, and whom it calls. */
export interface Reading {
  readonly text: string;
  readonly mentions: readonly string[];
}

/** Shows a message as the app does: markup is interpreted, labels of buttons are left out. */
export function readMessage(type: string, content: Json): Reading {
  if (type === 'interactive') return readCard(content);
  if (type === 'post') return readPostMessage(content);
  return readTextMessage(String(content.text));
}

function readCard(card: Json): Reading {
  const labels = new Set(
    elementsOf(card)
      .filter(({ tag }) => tag === 'button')
      .map(({ text }) => text),
  );
  const lines: string[] = [];
  const mentions: string[] = [];
  for (const element of elementsOf(card)) {
    if (labels.has(element)) continue;
    if (element.tag === 'plain_text') lines.push(String(element.content));
    if (element.tag === 'markdown') {
      const markdown = String(element.content);
      mentions.push(...[...markdown.matchAll(/<at\s+id=["']?([\w@]+)/g)].map((match) => match[1] ?? ''));
      lines.push(decodeEntities(markdown.replace(/<[^>]*>|\*\*|~~|`|\[([^\]]*)\]\([^)]*\)/g, '$1')));
    }
  }
  return { text: lines.join('\n'), mentions };
}

function readPostMessage(content: Json): Reading {
  const post = content.zh_cn as { title?: string; content: readonly (readonly { tag: string; text?: string; user_id?: string }[])[] };
  const nodes = post.content.flat();
  return {
    text: [post.title ?? '', ...post.content.map((line) => line.map((node) => node.text ?? '').join(''))].join('\n'),
    mentions: nodes.filter(({ tag }) => tag === 'at').map(({ user_id }) => user_id ?? ''),
  };
}

/** A text message has no escape, so the full-width look-alikes of its markup count as the characters they stand for. */
function readTextMessage(text: string): Reading {
  const mentions = [...text.matchAll(/<at user_id="([^"]*)">/g)].map((match) => match[1] ?? '');
  const shown = text.replace(/<\/?(?:at|b|i|u|s)\b[^>]*>/g, '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
  return { text: shown.replaceAll('＜', '<').replaceAll('＞', '>').replaceAll('］(', ']('), mentions };
}

function decodeEntities(text: string): string {
  return text.replace(/&sim;/g, '~').replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}

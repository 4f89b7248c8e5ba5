import { cleanText } from './clean-text.ts';
import { isRecord } from './json.ts';

/** The words of a received rich text (`post`), and what it was made of. */
export interface PostText {
  readonly text: string;
  /** Values of its `at` nodes: keys (`@_user_1`) or open ids. */
  readonly mentions: readonly string[];
  /** It holds pictures, videos or stickers besides words. */
  readonly hasMedia: boolean;
}

const MEDIA_TAGS: ReadonlySet<unknown> = new Set(['img', 'media', 'emotion']);

/**
 * Reads a post, bare (as events carry it) or inside a locale (as messages are sent). Each paragraph becomes a line.
 * @param nameOf the words for the person behind an `at` node's value; null leaves the node's own name standing
 * @param fillMentions puts names for the keys inside a Markdown node, the only node whose text holds them
 * @returns null when the content is not a post
 */
export function readPost(
  content: unknown,
  nameOf: (mention: string) => string | null,
  fillMentions: (markdown: string) => string,
): PostText | null {
  const post = findPost(content);
  if (post === null) return null;
  const mentions: string[] = [];
  let hasMedia = false;

  const readNode = (node: unknown): string => {
    if (!isRecord(node)) return '';
    if (MEDIA_TAGS.has(node.tag)) hasMedia = true;
    if (node.tag === 'at') {
      const mention = typeof node.user_id === 'string' ? node.user_id : '';
      mentions.push(mention);
      return nameOf(mention) ?? (typeof node.user_name === 'string' && node.user_name !== '' ? `@${node.user_name}` : '');
    }
    const text = typeof node.text === 'string' ? node.text : '';
    return node.tag === 'md' ? fillMentions(text) : text;
  };

  const lines = post.content.map((paragraph) => (Array.isArray(paragraph) ? paragraph.map(readNode).join('') : readNode(paragraph)));
  const title = typeof post.title === 'string' ? post.title : '';
  return { text: cleanText([title, ...lines].filter((line) => line.trim() !== '').join('\n')), mentions, hasMedia };
}

function findPost(content: unknown): { title: unknown; content: readonly unknown[] } | null {
  if (!isRecord(content)) return null;
  for (const candidate of [content, content.zh_cn, content.en_us, content.ja_jp, ...Object.values(content)]) {
    if (isRecord(candidate) && Array.isArray(candidate.content)) return { title: candidate.title, content: candidate.content };
  }
  return null;
}

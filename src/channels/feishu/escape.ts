import { cleanText } from './clean-text.ts';

/** The characters that card Markdown may read as markup, a mention, an emoji or a link. */
const MARKDOWN_CHARACTERS = /[&<>~\-!*/\\[\]()#:+"'`$_]/g;

/**
 * Text that card Markdown shows as it stands, by the entities the platform documents for it.
 * @example escapeMarkdown('<at id=all>') // → "&#60;at id=all&#62;"
 */
export function escapeMarkdown(text: string): string {
  return cleanText(text).replace(MARKDOWN_CHARACTERS, (character) => (character === '~' ? '&sim;' : `&#${character.charCodeAt(0)};`));
}

/**
 * Text for a `text` message, which has mentions, styles and links but no escape: what would start one becomes its full-width look-alike.
 * @example defuseText('<at user_id="all"> [a](b)') // → '＜at user_id="all"＞ [a］(b)'
 */
export function defuseText(text: string): string {
  return cleanText(text).replaceAll('<', '＜').replaceAll('>', '＞').replaceAll('](', '］(');
}

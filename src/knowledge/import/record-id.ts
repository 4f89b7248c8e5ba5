import { createHash } from 'node:crypto';
import { plainSyllables } from '../../text/pinyin.ts';
import type { RecordDraft } from './draft.ts';
import { questionKey } from './tables/faq-rows.ts';

const LONGEST = 40;
const LONGEST_INITIALS = 16;

/** First letters of the pinyin; Latin letters and digits stay. */
function initials(text: string): string {
  const letters = plainSyllables(text.replaceAll(/[^\p{Script=Han}a-z0-9]/giu, '')).map((syllable) =>
    /^[a-z]/i.test(syllable) ? syllable[0]! : /^\d/.test(syllable) ? syllable : '',
  );
  return letters.join('').toLowerCase();
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);

/**
 * A short name for a record that the same document gets every time: of its number (云开管〔2024〕12号 → ykg-2024-12), its file name when that
 * is plain Latin, else of its title and a digest.
 */
export function proposeId(draft: RecordDraft): string {
  if (draft.kind === 'faq') return `faq-${digest(questionKey(draft.title))}`;
  if (draft.kind === 'procedure') {
    const code =
      draft.itemCode
        ?.toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, '-')
        .replaceAll(/^-+|-+$/g, '') ?? '';
    return code !== '' && code.length <= LONGEST ? code : titleId(draft.title);
  }
  const number = /^(.+?)[^\p{Script=Han}\d]((?:19|20)\d{2})[^\d]+?(\d+)号$/u.exec(draft.documentNumber ?? '');
  if (number) return `${initials(number[1]!).slice(0, LONGEST_INITIALS)}-${number[2]}-${number[3]}`;
  const name = draft.origin.file
    .replace(/^.*[/\\]/, '')
    .replace(/\.[^.]*$/, '')
    .toLowerCase();
  return /^[a-z][a-z0-9-]{2,39}$/.test(name) ? name : titleId(draft.title);
}

const titleId = (title: string): string => `${initials(title).slice(0, LONGEST_INITIALS)}-${digest(title)}`.replace(/^-/, 'd-');

/** The proposed name, with a number behind it when it is taken. */
export function freeId(proposed: string, isTaken: (id: string) => boolean): string {
  if (!isTaken(proposed)) return proposed;
  for (let number = 2; ; number++) {
    const id = `${proposed.slice(0, LONGEST - 1 - String(number).length)}-${number}`;
    if (!isTaken(id)) return id;
  }
}

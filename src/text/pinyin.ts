import { pinyin } from 'pinyin-pro';

/**
 * Toneless syllables, one per character, read in context.
 * @example syllables('银行行长') // → ["yin", "hang", "hang", "zhang"]
 */
export function syllables(text: string): string[] {
  return pinyin(text, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true }).map((syllable) => syllable.replaceAll('ü', 'v'));
}

const characterReadings = new Map<string, string>();

/** Each character's commonest reading, whatever stands beside it: the same characters always give the same key. */
export function plainSyllables(text: string): string[] {
  return [...text].map((character) => {
    let reading = characterReadings.get(character);
    if (reading === undefined) characterReadings.set(character, (reading = syllables(character)[0] ?? character));
    return reading;
  });
}

/** Sounds that many speakers, in the south above all, do not tell apart: zh/z, ch/c, sh/s, n/l, h/f, r/l, -ng/-n. */
export function softened(syllable: string): string {
  return syllable
    .replace(/^zh/, 'z')
    .replace(/^ch/, 'c')
    .replace(/^sh/, 's')
    .replace(/^[nr](?=[aeiouv])/, 'l')
    .replace(/^h(?=u)/, 'f')
    .replace(/([aei])ng$/, '$1n');
}

const INITIALS = ['', 'b', 'p', 'm', 'f', 'd', 't', 'n', 'l', 'g', 'k', 'h', 'j', 'q', 'x', 'zh', 'ch', 'sh', 'r', 'z', 'c', 's', 'y', 'w'];
const FINALS = 'a o e ai ei ao ou an en ang eng ong er i ia ie iao iu ian in iang ing iong u ua uo uai ui uan un uang v ve ue'.split(' ');
/** Generous: it admits a few syllables no word has, which then match nothing. */
const SYLLABLES: ReadonlySet<string> = new Set(INITIALS.flatMap((initial) => FINALS.map((final) => initial + final)));

export const MAX_SYLLABLE_LETTERS = 6;

export const isSyllable = (letters: string): boolean => SYLLABLES.has(letters);

/** Whether letters can be read as pinyin from end to end. */
export function isPinyin(letters: string): boolean {
  const reachable = new Set([0]);
  for (let start = 0; start < letters.length; start++) {
    if (!reachable.has(start)) continue;
    for (let length = 1; length <= MAX_SYLLABLE_LETTERS && start + length <= letters.length; length++) {
      if (isSyllable(letters.slice(start, start + length))) reachable.add(start + length);
    }
  }
  return reachable.has(letters.length);
}

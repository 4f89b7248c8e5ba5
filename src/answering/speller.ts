import { FuzzyVocabulary } from '../search/fuzzy.ts';
import { runs } from '../text/normalise.ts';
import { plainSyllables, softened } from '../text/pinyin.ts';
import { segmentOnce } from '../text/segment.ts';
import { lookAlikes } from '../text/shapes.ts';
import { STOP_WORDS } from '../text/stopwords.ts';

/** One place in a question that was read as something else. */
export interface Correction {
  readonly from: string;
  readonly to: string;
}

/** Puts misspelt library words right: by sound, then by the look of a character, then by likeness to a name as a whole. */
export interface Speller {
  /** @example correct('高薪技术企页怎么陪育') // → { text: "高新技术企业怎么培育", corrections: [高薪技术→高新技术, …] } */
  correct(text: string): { text: string; corrections: Correction[] };
}

/** What a misspelling may stand for. */
export interface SpellingVocabulary {
  /** Phrases of 2–6 characters and how often each stands in the library. */
  readonly phrases: ReadonlyMap<string, number>;
  /** Titles, tags and lexicon words: the few that are also recognised by likeness as a whole. */
  readonly names: readonly string[];
  /** Whether two neighbouring characters stand so anywhere in the library. */
  readonly isKnownPair: (pair: string) => boolean;
}

const MAX_SPAN = 6;
/** Shorter phrases have too many neighbours in sound once zh is z and -ng is -n. */
const MIN_SOFT_SPAN = 4;
/** Shorter phrases have too many neighbours at one changed character. */
const MIN_LIKENESS_SPAN = 4;
/** Likeness look-ups a question may cost; each takes about a millisecond. */
const MAX_LIKENESS_LOOKUPS = 6;

/** Builds the speller; cheap next to building the index. */
export function createSpeller({ phrases, names, isKnownPair }: SpellingVocabulary): Speller {
  const bySound = new Map<string, string>();
  const bySoftSound = new Map<string, string>();
  const keep = (sounds: Map<string, string>, key: string, phrase: string): void => {
    const known = sounds.get(key);
    if (known === undefined || phrases.get(phrase)! > phrases.get(known)!) sounds.set(key, phrase);
  };
  for (const phrase of phrases.keys()) {
    const sound = plainSyllables(phrase);
    keep(bySound, sound.join(' '), phrase);
    if (sound.length >= MIN_SOFT_SPAN) keep(bySoftSound, sound.map(softened).join(' '), phrase);
  }
  // Built when the first question needs it: most have no misspelling at all.
  let likeness: FuzzyVocabulary | null = null;

  const soundsLike = (span: string): string | undefined => {
    const sound = plainSyllables(span);
    return bySound.get(sound.join(' ')) ?? bySoftSound.get(sound.map(softened).join(' '));
  };

  const looksLike = (span: string): string | undefined => {
    const characters = [...span];
    let best: string | undefined;
    characters.forEach((character, at) => {
      for (const other of lookAlikes(character)) {
        const phrase = [...characters.slice(0, at), other, ...characters.slice(at + 1)].join('');
        const count = phrases.get(phrase);
        if (count !== undefined && (best === undefined || count > phrases.get(best)!)) best = phrase;
      }
    });
    return best;
  };

  const resembles = (span: string): string | undefined => {
    const characters = [...span];
    if (characters.length < MIN_LIKENESS_SPAN) return undefined;
    likeness ??= new FuzzyVocabulary(names.map((phrase) => ({ phrase, spelling: plainSyllables(phrase).join('') })));
    const found = likeness.search(span, plainSyllables(span).join(''), 5);
    return found.find(({ phrase }) => [...phrase].length === characters.length && changedCharacters(phrase, span) === 1)?.phrase;
  };

  /** Rewrites, longest span first, what holds a pair of characters the library does not know and leaves the question's own words whole. */
  const correctRun = (run: string, corrections: Correction[]): string => {
    let lookups = 0;
    let characters = [...run];
    for (const find of [soundsLike, looksLike, resembles]) {
      for (let length = Math.min(MAX_SPAN, characters.length); length >= 2; length--) {
        for (let start = 0; start + length <= characters.length; start++) {
          const span = characters.slice(start, start + length);
          if (span.every((character, at) => at === 0 || isKnownPair(span[at - 1]! + character))) continue;
          if (!isSuspect(characters, start, start + length)) continue;
          if (find === resembles && lookups++ >= MAX_LIKENESS_LOOKUPS) continue;
          const from = span.join('');
          const to = find(from);
          if (to === undefined || to === from) continue;
          corrections.push({ from, to });
          characters = [...characters.slice(0, start), ...to, ...characters.slice(start + length)];
        }
      }
    }
    return characters.join('');
  };

  return {
    correct(text) {
      const corrections: Correction[] = [];
      let corrected = '';
      let at = 0;
      for (const run of runs(text)) {
        corrected += text.slice(at, run.start) + (run.isHan ? correctRun(run.text, corrections) : run.text);
        at = run.start + run.text.length;
      }
      return { text: corrected + text.slice(at), corrections };
    },
  };
}

/**
 * Whether [start, end) may be a misspelling: it cuts no dictionary word at its ends, and holds a character left over between words,
 * as misspelt words leave them. A long word of its own (高薪技术) may be one too.
 */
function isSuspect(characters: readonly string[], start: number, end: number): boolean {
  let at = 0;
  let hasLeftOver = false;
  for (const word of segmentOnce(characters.join(''))) {
    const length = [...word].length;
    const wordEnd = at + length;
    const cutsStart = at < start && wordEnd > start;
    const cutsEnd = at < end && wordEnd > end;
    if (cutsStart || cutsEnd) return false;
    if (at >= start && wordEnd <= end && ((length === 1 && !STOP_WORDS.has(word)) || length >= 4)) hasLeftOver = true;
    at = wordEnd;
  }
  return hasLeftOver;
}

/** Places at which two texts of one length differ. */
function changedCharacters(a: string, b: string): number {
  const other = [...b];
  return [...a].filter((character, at) => character !== other[at]).length;
}

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as jieba from 'nodejs-jieba';
import { type DictionaryEntry, WordDictionary } from './word-dictionary.ts';

/** Dictionary entries seen less often than this in jieba's corpus are kept only when they are short words of the general language. */
const RARE_BELOW = 4;
const RARE_FREQUENCY_CODE = String(RARE_BELOW).charCodeAt(0);
const NAMES_AND_SAYINGS = /^(nr|ns|nz|i|l|m)/;

/**
 * Half of jieba's 349,000 entries are personal and foreign names, sayings and numerals met two or three times. Leaving them out halves the
 * memory (from about 310 to 190 MB) and the loading time; what is lost is still found by bigrams.
 */
function isUseful(line: string): boolean {
  // Called for every line of the dictionary, so nothing is allocated for the common ones.
  const wordEnd = line.indexOf(' ');
  const frequencyEnd = line.indexOf(' ', wordEnd + 1);
  if (frequencyEnd < 0) return false;
  if (frequencyEnd - wordEnd > 2 || line.charCodeAt(wordEnd + 1) >= RARE_FREQUENCY_CODE || wordEnd === 1) return true;
  return wordEnd <= 3 && !NAMES_AND_SAYINGS.test(line.slice(frequencyEnd + 1));
}

/** Words of later years that the dictionary does not have. */
const LATER_WORDS = ['云计算', '区块链'];

const usefulLines = (): string[] => readFileSync(jieba.DEFAULT_DICT, 'utf8').split('\n').filter(isUseful);

function entryOf(line: string): DictionaryEntry {
  const wordEnd = line.indexOf(' ');
  return { word: line.slice(0, wordEnd), frequency: Number(line.slice(wordEnd + 1, line.indexOf(' ', wordEnd + 1))) };
}

/** Words of the lexicon that were added. */
const added = new Set<string>();

let loaded: WordDictionary | null = null;
/** The dictionary, for cutting; read at the first use, in about 0.2 s. */
function dictionary(): WordDictionary {
  if (!loaded) {
    loaded = new WordDictionary(usefulLines().map(entryOf));
    for (const word of LATER_WORDS) loaded.add(word);
  }
  return loaded;
}

let isTaggerLoaded = false;
/**
 * Loads jieba, which tags words and cuts in search mode; otherwise the first `tagWords` does, for about half a second. Its keyword tables (idf, 6 MB
 * of text) are never used here and stay empty. One engine serves the process.
 */
export function loadTagger(): void {
  if (isTaggerLoaded) return;
  const folder = mkdtempSync(join(tmpdir(), 'wence-jieba-'));
  try {
    const files = { dict: join(folder, 'dict.txt'), idfDict: join(folder, 'idf.txt'), userDict: join(folder, 'user.txt') };
    writeFileSync(files.dict, usefulLines().join('\n'));
    writeFileSync(files.idfDict, '的 1.0\n');
    writeFileSync(files.userDict, LATER_WORDS.join('\n'));
    jieba.load(files);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  for (const word of added) jieba.insertWord(word);
  isTaggerLoaded = true;
}

/** Words to be kept whole from now on (专有词表). Adding a word again costs nothing. */
export function addWords(words: Iterable<string>): void {
  for (const word of words) {
    if (added.has(word)) continue;
    added.add(word);
    dictionary().add(word);
    if (isTaggerLoaded) jieba.insertWord(word);
  }
}

/** Words to be kept whole from now on, and no others that were added before. Forgetting one loads jieba again: about half a second. */
export function replaceWords(words: readonly string[]): void {
  const kept = new Set(words);
  const gone = [...added].filter((word) => !kept.has(word));
  for (const word of gone) {
    added.delete(word);
    dictionary().remove(word);
  }
  addWords(words);
  if (gone.length === 0 || !isTaggerLoaded) return;
  isTaggerLoaded = false;
  loadTagger();
}

/**
 * Words of a text, each character in exactly one.
 * @example segment('落实欠薪治理') // → ["落实", "欠薪", "治理"]
 */
export const segment = (text: string): string[] => dictionary().cut(text);

/** Words in search mode: long words, and the dictionary words inside them. */
export function segmentForSearch(text: string): string[] {
  loadTagger();
  return jieba.cutForSearch(text);
}

/** Words with jieba's part-of-speech tags: n… noun, v… verb, a… adjective, eng, m… numeral, r… pronoun. */
export function tagWords(text: string): { word: string; tag: string }[] {
  loadTagger();
  return jieba.tag(text);
}

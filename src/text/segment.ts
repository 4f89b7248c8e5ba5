import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as jieba from 'nodejs-jieba';

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

/** Loads the dictionary. jieba's keyword tables (idf, 6 MB of text) are never used here and stay empty. One engine serves the process. */
function loadDictionary(): void {
  const folder = mkdtempSync(join(tmpdir(), 'wence-jieba-'));
  try {
    const dict = join(folder, 'dict.txt');
    const idfDict = join(folder, 'idf.txt');
    writeFileSync(dict, readFileSync(jieba.DEFAULT_DICT, 'utf8').split('\n').filter(isUseful).join('\n'));
    writeFileSync(idfDict, '的 1.0\n');
    jieba.load({ dict, idfDict });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

let isLoaded = false;
function ensureLoaded(): void {
  if (isLoaded) return;
  loadDictionary();
  isLoaded = true;
}

const added = new Set<string>();

/** Words to be kept whole from now on (专有词表). Adding a word again costs nothing. */
export function addWords(words: Iterable<string>): void {
  ensureLoaded();
  for (const word of words) {
    if (added.has(word)) continue;
    added.add(word);
    jieba.insertWord(word);
  }
}

/** Words to be kept whole from now on, and no others that were added before. Forgetting one loads the dictionary again: about half a second. */
export function replaceWords(words: readonly string[]): void {
  const kept = new Set(words);
  if ([...added].some((word) => !kept.has(word))) {
    loadDictionary();
    isLoaded = true;
    added.clear();
  }
  addWords(words);
}

/**
 * Words in search mode: long words, and the dictionary words inside them.
 * @example segment('落实欠薪治理') // → ["落实", "欠薪", "治理"]
 */
export function segment(text: string): string[] {
  ensureLoaded();
  return jieba.cutForSearch(text);
}

/** Words without the shorter words inside them: each character stands in exactly one word. */
export function segmentOnce(text: string): string[] {
  ensureLoaded();
  return jieba.cut(text);
}

/** Whether a text of two or more characters is one word of the dictionary or of the lexicon. */
export function isWord(text: string): boolean {
  ensureLoaded();
  return [...text].length > 1 && jieba.cut(text).length === 1;
}

/** Words with jieba's part-of-speech tags: n… noun, v… verb, a… adjective, eng, m… numeral, r… pronoun. */
export function tagWords(text: string): { word: string; tag: string }[] {
  ensureLoaded();
  return jieba.tag(text);
}

import type { Category } from '../domain/categories.ts';
import { hasHan, runs } from '../text/normalise.ts';
import { comparable } from '../text/tokens.ts';
import type { Corpus } from './corpus.ts';
import { readEnglish } from './english.ts';
import {
  ASKS_HOW,
  ASKS_NAME,
  ASKS_NUMBER,
  ASKS_TIME,
  BROWSE,
  BROWSE_FILLERS,
  CATEGORY_WORDS,
  FOLLOW_UP,
  GREETING,
  HAND_OFF,
  HELP,
  THANKS,
} from './patterns.ts';
import { withoutSmallTalk } from './small-talk.ts';
import type { Correction } from './speller.ts';

export type Intent = 'question' | 'browse' | 'greeting' | 'thanks' | 'help' | 'hand-off' | 'empty';

/** A question as understood: what kind it is, and the words to search for. */
export interface Understanding {
  readonly intent: Intent;
  /** Comparable form, without chat noise, with misspellings put right and pinyin and English read: this is searched. */
  readonly text: string;
  /** The same before anything was put right or read. */
  readonly asWritten: string;
  /** What was read differently from how it was written; empty when nothing was. */
  readonly corrections: readonly Correction[];
  /** Set when the whole question was read from pinyin or English. */
  readonly readAs: string | null;
  readonly category: Category | null;
  readonly isFollowUp: boolean;
  readonly asks: { readonly number: boolean; readonly time: boolean; readonly name: boolean; readonly how: boolean };
}

/** Understands a message on its own; pure, never throws. */
export function understand(message: string, corpus: Corpus): Understanding {
  const form = comparable(message);
  const bare = form.replaceAll(/[^\p{L}\p{N}]/gu, '');
  const asks = { number: ASKS_NUMBER.test(form), time: ASKS_TIME.test(form), name: ASKS_NAME.test(form), how: ASKS_HOW.test(form) };
  const plain = (intent: Intent): Understanding => ({
    intent,
    text: form,
    asWritten: form,
    corrections: [],
    readAs: null,
    category: null,
    isFollowUp: false,
    asks,
  });
  if (bare === '') return plain('empty');
  if (THANKS.test(bare)) return plain('thanks');
  if (GREETING.test(bare)) return plain('greeting');
  if (HELP.test(bare)) return plain('help');
  if (HAND_OFF.test(bare)) return plain('hand-off');

  const stripped = withoutSmallTalk(form);
  if (stripped === '') return plain('greeting');
  const read = readForeign(stripped, corpus);
  const foreign = read === null ? null : comparable(read);
  const { text, corrections } = corpus.speller.correct(foreign ?? stripped);
  const category = browsedCategory(text);
  return {
    intent: category.isBrowse ? 'browse' : 'question',
    text,
    asWritten: stripped,
    corrections: foreign === null ? corrections : [],
    readAs: foreign === null ? null : text,
    category: category.category,
    isFollowUp: FOLLOW_UP.test(text.replace(/[?？。!！~\s]+$/u, '')),
    asks,
  };
}

/** Reads Latin letters as pinyin or English; null when there are none to read. Abbreviations the library uses (IPO, RCEP) stay. */
function readForeign(text: string, corpus: Corpus): string | null {
  const latin = runs(text).filter((run) => !run.isHan && /[a-z]/.test(run.text));
  if (latin.length === 0) return null;
  const isLibraryWord = (word: string): boolean =>
    corpus.sectionIndex.documentFrequency('textWords', word) > 0 || corpus.sectionIndex.documentFrequency('askedWords', word) > 0;
  if (!hasHan(text)) {
    const english = readEnglish(
      latin.map((run) => run.text),
      corpus.english,
      isLibraryWord,
    );
    const pinyin = corpus.pinyin.read(latin.map((run) => run.text).join(''));
    if (english && english.coverage >= (pinyin?.coverage ?? 0)) return english.text;
    if (pinyin) return pinyin.text;
    return english?.text ?? null;
  }
  let read = '';
  let at = 0;
  for (const run of latin) {
    if (isLibraryWord(run.text)) continue;
    const reading = run.text.length < 3 ? null : corpus.pinyin.read(run.text);
    const translated = reading ? null : corpus.english.get(run.text);
    read += text.slice(at, run.start) + (reading?.text ?? translated?.join(' ') ?? run.text);
    at = run.start + run.text.length;
  }
  read += text.slice(at);
  return read === text ? null : read;
}

/** Whether a question asks for all there is in a field, and which field. */
function browsedCategory(text: string): { isBrowse: boolean; category: Category | null } {
  const category = CATEGORY_WORDS.find(([words]) => words.test(text));
  if (!BROWSE.test(text)) return { isBrowse: false, category: null };
  const rest = text
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .replace(BROWSE, '')
    .replace(category?.[0] ?? '', '')
    .replaceAll(BROWSE_FILLERS, '');
  const isBrowse = rest === '' && (category !== undefined || /政策|服务|内容|主题|话题/.test(text));
  return { isBrowse, category: isBrowse ? (category?.[1] ?? null) : null };
}

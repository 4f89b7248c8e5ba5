import { sentenceSpans } from '../text/sentences.ts';
import { comparable } from '../text/tokens.ts';
import { spelled, type Value, valuesOf } from './verify-values.ts';
import { conditions, contentWords, denials, hedges, isLight, limits, softWords, type Word } from './verify-words.ts';

interface Span {
  readonly start: number;
  readonly end: number;
}

/** A sentence as it is compared: without quotation marks, with its words and values. */
export interface Sentence {
  readonly form: string;
  readonly words: readonly Word[];
  /** Words by where they start. */
  readonly wordAt: ReadonlyMap<number, string>;
  readonly values: readonly Value[];
  /** Between commas. */
  readonly clauses: readonly Span[];
  /** Between commas and 、: where a number belongs to what stands beside it. */
  readonly pieces: readonly Span[];
}

const CLAUSE_END = /[,;:。!?]/;
const PIECE_END = /[,;:。!?、]/;
const ORGANISATION =
  /(?:公司|集团|局|委|委员会|办|办公室|中心|平台|银行|协会|学会|研究院|学院|大学|医院|法院|政府|街道|社区|学校|基金|部门|大厅|窗口|热线|站|所|园区|开发区)$/;

export function sentencesOf(text: string): Sentence[] {
  return sentenceSpans(text).map(({ start, end }) => {
    const form = spelled(comparable(text.slice(start, end)).replaceAll(/["']/g, ''));
    const values = valuesOf(form);
    const words = contentWords(form, values);
    const wordAt = new Map(words.map(({ start, text }) => [start, text]));
    return { form, values, words, wordAt, clauses: split(form, CLAUSE_END, values), pieces: split(form, PIECE_END, values) };
  });
}

function split(form: string, end: RegExp, values: readonly Value[]): Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (let at = 0; at <= form.length; at++) {
    const isEnd = at === form.length || (end.test(form[at]!) && !values.some((value) => at > value.start && at < value.end));
    if (!isEnd) continue;
    if (at > start) spans.push({ start, end: at });
    start = at + 1;
  }
  return spans;
}

const within = <T extends Span>(items: readonly T[], { start, end }: Span): T[] =>
  items.filter((item) => item.start >= start && item.end <= end);
const spanAt = (spans: readonly Span[], at: number): number => spans.findIndex(({ start, end }) => at >= start && at < end);

/** Where a word next stands in the evidence; -1: nowhere. Words of one character and Latin words must be words there too. */
function find(word: string, { form, wordAt }: Sentence, from: number): number {
  const isLatin = /^[a-z0-9]/.test(word);
  for (let at = form.indexOf(word, from); at >= 0; at = form.indexOf(word, at + 1)) {
    const stands = isLatin
      ? !/[a-z0-9]/.test((form[at - 1] ?? '') + (form[at + word.length] ?? ''))
      : word.length > 1 || wordAt.get(at) === word;
    if (stands) return at;
  }
  return -1;
}

/** The positions of words in the evidence, in the same order and as near together as they come; null when they do not. */
function tightest(words: readonly Word[], evidence: Sentence): number[] | null {
  let best: number[] | null = null;
  const width = (positions: readonly number[]): number => positions.at(-1)! - positions[0]!;
  for (let from = find(words[0]!.text, evidence, 0); from >= 0; from = find(words[0]!.text, evidence, from + 1)) {
    const positions = [from];
    for (const [index, word] of words.slice(1).entries()) {
      const before = words[index]!;
      const last = positions.at(-1)!;
      const at = find(word.text, evidence, last + before.text.length);
      // Two nouns side by side name one thing: 人才补贴 must not be made of 人才安居、企业补贴.
      const isOneName = before.isNoun && word.isNoun && before.end === word.start;
      if (at < 0 || (isOneName && spanAt(evidence.pieces, at) !== spanAt(evidence.pieces, last))) break;
      positions.push(at);
    }
    if (positions.length === words.length && (!best || width(positions) < width(best))) best = positions;
  }
  return best;
}

/** The clause of the evidence that gives the values of a piece for the same things; -1: none does. */
function clauseOfValues(piece: Span, clause: Span, claim: Sentence, evidence: Sentence): number {
  const values = within(claim.values, piece);
  const words = within(claim.words, piece);
  const said = claim.form.slice(clause.start, clause.end);
  const at = evidence.pieces.findIndex((candidate, index) => {
    const offered = within(evidence.values, candidate);
    const taken = inOrder(values, offered);
    if (!taken) return false;
    const anchors = within(evidence.words, candidate).filter((word) => !isLight(word) && !word.isMovable);
    // "参展企业,每家5万元": where nothing stands before the number, what it is said of stands in the piece before.
    const opens = !anchors.some((word) => word.end <= offered[0]!.start);
    const start = (opens ? evidence.pieces[index - 1]?.start : undefined) ?? candidate.start;
    const window = only({ start, end: candidate.end }, evidence);
    if (words.some((word) => !isLight(word) && find(word.text, window, 0) < 0)) return false;
    return taken.every((value) => {
      const before = anchors.findLast((word) => word.end <= value.start);
      const after = anchors.find((word) => word.start >= value.end);
      return [before, after].every((anchor) => anchor === undefined || said.includes(anchor.text));
    });
  });
  return at < 0 ? -1 : spanAt(evidence.clauses, evidence.pieces[at]!.start);
}

/** The same values, one after another, among those offered; null when they are not all there: "由5家增至9家" is not "由9家增至5家". */
function inOrder(values: readonly Value[], offered: readonly Value[]): Value[] | null {
  const taken: Value[] = [];
  for (const { canonical } of values) {
    const next = offered.find((value) => value.canonical === canonical && value.start > (taken.at(-1)?.start ?? -1));
    if (!next) return null;
    taken.push(next);
  }
  return taken;
}

const only = (span: Span, sentence: Sentence): Sentence => ({
  ...sentence,
  form: ' '.repeat(span.start) + sentence.form.slice(span.start, span.end),
  words: within(sentence.words, span),
});

/** Runs of nouns that end as names of offices and companies do. */
function organisations({ words, form }: Sentence): string[] {
  return words.flatMap((word, index) => {
    if (!word.isNoun || !ORGANISATION.test(word.text)) return [];
    let first = index;
    while (first > 0 && words[first - 1]!.isNoun && words[first - 1]!.end === words[first]!.start) first--;
    return [form.slice(words[first]!.start, word.end)];
  });
}

/** What of a sentence does not stand in one sentence of the evidence; nothing when all of it does. */
export function unsupportedBy(claim: Sentence, evidence: Sentence): string[] {
  const missing: string[] = [];
  const used = new Set<number>();
  for (const clause of claim.clauses) {
    const words = within(claim.words, clause);
    const absent = words.filter((word) => find(word.text, evidence, 0) < 0);
    missing.push(...absent.map(({ text }) => text));
    const ordered = words.filter((word) => !word.isMovable);
    if (absent.length === 0 && ordered.length > 0) {
      const positions = tightest(ordered, evidence);
      if (positions) for (const at of positions) used.add(spanAt(evidence.clauses, at));
      else missing.push(claim.form.slice(clause.start, clause.end));
    }
    for (const piece of within(claim.pieces, clause)) {
      const values = within(claim.values, piece);
      if (values.length === 0) continue;
      const at = clauseOfValues(piece, clause, claim, evidence);
      if (at >= 0) used.add(at);
      else missing.push(...values.map((value) => claim.form.slice(value.start, value.end)));
    }
  }
  missing.push(...organisations(claim).filter((name) => !evidence.form.includes(name)));
  return [
    ...missing,
    ...dropped(
      claim,
      evidence,
      [...used].sort((a, b) => a - b),
    ),
  ];
}

/** What the evidence restricts its statement by, and the claim leaves out or adds. */
function dropped(claim: Sentence, evidence: Sentence, used: readonly number[]): string[] {
  const [said, denied] = [denials(claim.form), denials(evidence.form)];
  const flipped = said.join() === denied.join() ? [] : [`不 (${said.join('、')}|${denied.join('、')})`];
  const last = used.at(-1) ?? -1;
  const wanted = evidence.clauses.flatMap((clause, index) => {
    const words = within(evidence.words, clause);
    const text = evidence.form.slice(clause.start, clause.end);
    const isUsed = used.includes(index);
    const isCondition = isUsed || used.includes(index + 1) || (index < last && /[的者后时下前]$/.test(text));
    return [...(isUsed ? softWords(words) : []), ...(index <= last ? hedges(words) : []), ...(isCondition ? conditions(text) : [])];
  });
  const lost = [...wanted, ...limits(evidence.form)].filter((word) => !claim.form.includes(word));
  return [...flipped, ...lost];
}

import { comparable } from '../text/tokens.ts';
import { type Sentence, sentencesOf, unsupportedBy } from './verify-sentence.ts';
import { spelled } from './verify-values.ts';

export type WordingVerdict = { readonly ok: true } | { readonly ok: false; readonly unsupported: readonly string[] };

/** Longest wording shown, in characters. */
export const MAX_WORDING = 300;
const MAX_SENTENCES = 4;

/** Never let through, whatever the evidence says: addresses, mentions, markup. */
const FORBIDDEN =
  /https?:|www\.|\w\.(?:com|cn|net|org|top|io|xyz|cc|gov|edu|info|vip|site)\b|[@＠]|\]\s*\(|<\/?[a-z!]|```|[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/iu;
/** Characters any sentence may have; every other one must stand in the evidence. */
const ORDINARY = /[\p{Script=Han}a-z0-9\s，。、；：！“”‘’"'《》「」『』（）()％%,.;:!+/~～—–-]/iu;
const QUOTED = /“([^”]*)”|‘([^’]*)’|「([^」]*)」|『([^』]*)』|《([^》]*)》|〈([^〉]*)〉|"([^"]*)"/gu;
const PAIRS = ['“”', '‘’', '「」', '『』', '《》', '〈〉', '（）', '()'] as const;

/**
 * Whether a wording says nothing but what the evidence says. Each of its sentences must be a shortened sentence of the evidence: every number with
 * its unit and bounds beside the same things, every date, name, quote and word of content, in the same order; no negation, condition or hedge may
 * be lost or added. What is refused may well be true: a refusal costs nothing, since the evidence itself goes out.
 *
 * @param text as the model worded it
 * @param evidence quoted texts; a sentence of the wording must stand in one sentence of one of them
 * @returns `unsupported`: the pieces that were not found, or a remark in parentheses about the form. Never throws.
 * @example verifyWording('参展奖励每家5万元。', ['支持企业参加展会。参展奖励每家5万元。']) // → { ok: true }
 * @example verifyWording('参展奖励每家8万元。', ['参展奖励每家5万元。']) // → { ok: false, unsupported: ['8万元'] }
 */
export function verifyWording(text: string, evidence: readonly string[]): WordingVerdict {
  const form = formProblem(text, evidence);
  if (form !== null) return { ok: false, unsupported: [form] };
  const claims = sentencesOf(text);
  if (claims.length === 0 || claims.length > MAX_SENTENCES) return { ok: false, unsupported: [`(${claims.length} sentences)`] };
  const known = evidence.flatMap(sentencesOf);
  const unsupported = [...misquoted(text, evidence), ...claims.flatMap((claim) => unsupportedIn(claim, known))];
  return unsupported.length === 0 ? { ok: true } : { ok: false, unsupported: [...new Set(unsupported)] };
}

function formProblem(text: string, evidence: readonly string[]): string | null {
  const length = [...text].length;
  const evidenceLength = evidence.reduce((sum, piece) => sum + [...piece].length, 0);
  if (length > Math.min(MAX_WORDING, evidenceLength)) return '(longer than the evidence or than may be shown)';
  const forbidden = FORBIDDEN.exec(text);
  if (forbidden) return '(an address, a mention or markup)';
  const strange = [...text].find((character) => !ORDINARY.test(character) && !evidence.some((piece) => piece.includes(character)));
  if (strange !== undefined) return strange;
  const isOpen = PAIRS.some(([open, close]) => text.split(open!).length !== text.split(close!).length);
  return isOpen || text.split('"').length % 2 === 0 ? '(a quotation mark or parenthesis without its partner)' : null;
}

/** What stands in quotation marks but not, character for character, in the evidence. */
function misquoted(text: string, evidence: readonly string[]): string[] {
  const plain = (raw: string): string => spelled(comparable(raw).replaceAll(/["']/g, ''));
  const forms = evidence.map(plain);
  return [...text.matchAll(QUOTED)]
    .map((match) => match.slice(1).find((inner) => inner !== undefined) ?? '')
    .filter((inner) => plain(inner) === '' || !forms.some((form) => form.includes(plain(inner))));
}

/** What the sentence of the evidence that supports a claim best does not say. */
function unsupportedIn(claim: Sentence, known: readonly Sentence[]): string[] {
  if (claim.words.length === 0) return [claim.form || '(an empty sentence)'];
  let best: string[] | null = null;
  for (const evidence of known) {
    const missing = unsupportedBy(claim, evidence);
    if (missing.length === 0) return [];
    if (!best || missing.length < best.length) best = missing;
  }
  return best ?? [claim.form];
}

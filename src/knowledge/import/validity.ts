import { parseChineseNumeral } from '../../text/numerals.ts';
import { sentenceSpans } from '../../text/sentences.ts';
import { DATE, isoDate, lastDayOfTerm } from './dates.ts';

export interface Validity {
  readonly effectiveOn: string | null;
  readonly expiresOn: string | null;
}

/** Sentences about the document itself, not about a licence or a contract that also has a term. */
const ABOUT_ITSELF =
  /施行|实施|执行|生效|(本|该)(办法|措施|通知|规定|意见|细则|方案|政策|规则|条例|文件|公告|决定|计划)|自(印发|发布|公布|颁布)之日/;
const FROM = new RegExp(`自\\s*(${DATE})\\s*(?:起|开始)(?:正式)?(?:施行|实施|执行|生效|试行)`);
const FROM_ISSUE = /自(?:印发|发布|公布|颁布|发文|下发)之日起(?:正式)?(?:施行|实施|执行|生效|试行)/;
const UNTIL = new RegExp(
  `(?:有效期(?:限)?(?:至|到|截至|截止到?|截止至|为至)|(?:执行|施行|实施|试行)(?:期限)?(?:至|到|截至))[:：]?\\s*(${DATE})`,
);
const BETWEEN = new RegExp(
  `(?:有效期(?:限)?|(?:执行|实施|施行)(?:期限|时间))(?:为|自|[:：])*\\s*(${DATE})\\s*(?:起)?\\s*(?:至|到|—|-|~)\\s*(${DATE})`,
);
const FOR_YEARS =
  /(?:有效期(?:限)?|试行期(?:限)?|执行期(?:限)?|施行期(?:限)?|暂行期)(?:为|暂定|暂定为|[:：])?\s*(\d{1,2}|[一二两三四五六七八九十]{1,2})\s*年/;
const FOR_TERM = /(?:试行|施行|执行)(\d{1,2}|[一二两三四五六七八九十]{1,2})年/;

/**
 * Reads from the text since when a document applies and until when. A term in years runs from the effective date, else from the date of issue.
 * @param issuedOn ISO date; null when not known.
 */
export function readValidity(text: string, issuedOn: string | null): Validity {
  let effectiveOn: string | null = null;
  let expiresOn: string | null = null;
  let years: number | null = null;
  for (const { start, end } of sentenceSpans(text)) {
    const sentence = text.slice(start, end);
    if (!ABOUT_ITSELF.test(sentence)) continue;
    const between = BETWEEN.exec(sentence);
    const from = FROM.exec(sentence);
    // The clause on entry into force stands at the end; what is said before may be about another document.
    if (from && !/同时废止|原《/.test(sentence.slice(0, from.index))) effectiveOn = isoDate(from[1]!) ?? effectiveOn;
    else if (between) effectiveOn ??= isoDate(between[1]!);
    else if (FROM_ISSUE.test(sentence)) effectiveOn = issuedOn ?? effectiveOn;
    expiresOn = (between && isoDate(between[2]!)) ?? isoDate(UNTIL.exec(sentence)?.[1] ?? '') ?? expiresOn;
    const term = (FOR_YEARS.exec(sentence) ?? FOR_TERM.exec(sentence))?.[1];
    if (term !== undefined) years = /^\d/.test(term) ? Number(term) : parseChineseNumeral(term);
  }
  const start = effectiveOn ?? issuedOn;
  if (expiresOn === null && years !== null && start !== null) expiresOn = lastDayOfTerm(start, years);
  return { effectiveOn, expiresOn };
}

import { DATE, isoDate } from './dates.ts';
import { DOCUMENT_NUMBER, LABEL_LINE, labelledValues } from './labels.ts';
import type { DocLine } from './lines.ts';
import type { RawMeta } from './raw-document.ts';
import { readSupersedes } from './supersedes.ts';
import { readTitle } from './title.ts';
import { readValidity } from './validity.ts';

/** What is known about a document; dates in ISO form. */
export interface DocumentMeta {
  readonly title: string;
  readonly documentNumber: string | null;
  readonly issuingBody: string | null;
  readonly issuedOn: string | null;
  readonly effectiveOn: string | null;
  readonly expiresOn: string | null;
  readonly year: number | null;
  readonly url: string | null;
  /** Numbers or titles of the documents it says it takes the place of. */
  readonly supersedes: readonly string[];
}

const HEAD_LINES = 20;
const RED_HEAD = /^([\u4e00-\u9fa5、（）()]{4,50}?)文件$/;
const NUMBER_LINE = new RegExp(`^[（(]?(${DOCUMENT_NUMBER})[）)]?(?:\\s*签发人.*)?$`);
const DATE_LINE = new RegExp(`^[（(]?(${DATE})[）)]?$`);
const ORGANISATION =
  /^[\u4e00-\u9fa5（）()、\s]{3,40}(委员会|政府|办公室|办公厅|局|厅|部|委|中心|管委会|公司|银行|分行|支行|小组|协会|商会|法院|检察院|院|署|会|站|所|处)$/;
const SIGNED_AND_DATED = new RegExp(`^([\\u4e00-\\u9fa5（）()、]{4,40}?)\\s*(${DATE})$`);
const CLOSING = [
  /^[（(]?此件(主动|依申请|不予)?(公开|公开发布|删减后公开|删减公开|发至.*)[）)]?$/,
  /^信息公开(选项|类别|属性)\s*[:：]/,
  /^抄\s*送\s*[:：]/,
  new RegExp(`^.{4,60}\\s*(${DATE})\\s*印发$`),
];
/** 附件 begins what stands behind the signature. */
const ANNEX = /^附\s*[件表录]\s*[\d一二三四五六七八九十]*\s*[:：]?/;
const ISSUED_BY_TITLE = /^(.{4,40}?(?:委员会|政府|办公室|办公厅|局|厅|部|委|管委会|中心|院|会))(?:、.{4,40}?)?(?:关于|印发|转发)/;

export interface Described {
  readonly meta: DocumentMeta;
  /** The lines of the text itself: without head, title, labels, signature and closing notes. */
  readonly lines: readonly DocLine[];
}

/**
 * Reads who issued a document, when and under what number, and takes the lines that say nothing else out of the text.
 * @param declared what the file itself declares; it wins over what is read from the text.
 */
export function describe(all: readonly DocLine[], declared: RawMeta, fileName: string): Described {
  let [number, body, labels]: [string | null, string | null, RawMeta] = [null, null, {}];
  const kept: DocLine[] = [];
  const headEnd = all.findIndex(({ mark }) => mark !== null && ['chapter', 'article', 'numeral'].includes(mark.kind));
  for (const [at, line] of all.entries()) {
    const isHead = at < HEAD_LINES && (headEnd < 0 || at < headEnd);
    const redHead = isHead && at < 3 ? RED_HEAD.exec(line.text) : null;
    const numbered = isHead ? NUMBER_LINE.exec(line.text) : null;
    if (redHead) body ??= redHead[1]!.trim();
    else if (numbered) number ??= numbered[1]!;
    else if (isHead && LABEL_LINE.test(line.text)) labels = { ...labelledValues(line.text), ...labels };
    else if (!CLOSING.some((form) => form.test(line.text))) kept.push(line);
  }
  const titled = readTitle(kept, declared.title, fileName);
  const signed = readSignature(titled.lines);
  const { title } = titled;
  const date = (printed: string | undefined): string | null => (printed === undefined ? null : isoDate(printed));
  const issuedOn =
    date(declared.issuedOn) ??
    date(labels.issuedOn) ??
    signed.issuedOn ??
    date(labels.publishedOn) ??
    date(declared.publishedOn?.slice(0, 10));
  const documentNumber = declared.documentNumber ?? labels.documentNumber ?? number;
  const text = signed.lines.map((line) => line.text).join('\n');
  const validity = readValidity(text, issuedOn);
  const year = /(?:19|20)\d{2}/.exec(issuedOn ?? documentNumber ?? /(?:19|20)\d{2}(?=年)/.exec(title)?.[0] ?? '')?.[0];
  return {
    meta: {
      title,
      documentNumber: documentNumber?.replaceAll(/\s/g, '') ?? null,
      issuingBody: declared.issuingBody ?? labels.issuingBody ?? signed.issuingBody ?? body ?? ISSUED_BY_TITLE.exec(title)?.[1] ?? null,
      issuedOn,
      effectiveOn: date(declared.effectiveOn) ?? date(labels.effectiveOn) ?? validity.effectiveOn,
      expiresOn: date(declared.expiresOn) ?? date(labels.expiresOn) ?? validity.expiresOn,
      year: year === undefined ? null : Number(year),
      url: declared.url ?? null,
      supersedes: readSupersedes(text).filter((name) => name !== title),
    },
    lines: signed.lines,
  };
}

interface Signed {
  readonly issuingBody: string | null;
  readonly issuedOn: string | null;
  readonly lines: readonly DocLine[];
}

/** Finds the signature (issuing bodies, then the date) above the annexes or at the end, and takes it out. */
function readSignature(lines: readonly DocLine[]): Signed {
  for (const [at, line] of lines.entries()) {
    if (line.isTable || line.mark) continue;
    const together = SIGNED_AND_DATED.exec(line.text);
    if (together && ORGANISATION.test(together[1]!.trim())) {
      return { issuingBody: together[1]!.trim(), issuedOn: isoDate(together[2]!), lines: lines.toSpliced(at, 1) };
    }
    const dated = DATE_LINE.exec(line.text);
    if (!dated) continue;
    let first = at;
    while (first > 0 && isOrganisation(lines[first - 1]!)) first--;
    const next = lines[at + 1];
    if (first === at && next !== undefined && !ANNEX.test(next.text)) continue;
    const bodies = lines.slice(first, at).map(({ text }) => text.replaceAll(/\s/g, ''));
    return { issuingBody: bodies.join('、') || null, issuedOn: isoDate(dated[1]!), lines: lines.toSpliced(first, at - first + 1) };
  }
  return { issuingBody: null, issuedOn: null, lines };
}

const isOrganisation = ({ text, mark, isTable, heading }: DocLine): boolean =>
  mark === null && !isTable && heading === null && ORGANISATION.test(text);

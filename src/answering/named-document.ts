import type { LibraryRecord } from '../domain/record.ts';
import { comparable } from '../text/tokens.ts';
import type { Corpus } from './corpus.ts';

/** Shorter titles are words of the language rather than names. */
const MIN_NAME = 6;
/** So are shorter parts of a title. */
const MIN_PART = 8;

/** Letters and digits alone: 《》, brackets of all kinds and spaces are written or left out as one likes. */
const bare = (text: string): string => comparable(text).replaceAll(/[^\p{L}\p{N}]/gu, '');

const TAIL = /\s*\([^)]*\)\s*$/;
const PLACE = /^(?:\p{Script=Han}{1,6}?(?:省|市|县|区|镇))+(?:人民政府|管委会|管理委员会)?(?:办公室)?/u;

/** What a title is known by besides: what is within 《》, what comes after 关于印发, both without (试行) at the end and without the place in front. */
function partsOf(title: string): string[] {
  const form = title.normalize('NFKC');
  const inner = [...form.matchAll(/《([^》]+)》/g)].map((match) => match[1]!);
  const subject = form.replace(/^.*?关于(?:印发|发布|公布|下达|转发|修订|修改)?/u, '').replace(/的?(?:通知|公告|通告|决定|批复)$/u, '');
  return [form, ...inner, subject].flatMap((name) => {
    const short = name.replace(TAIL, '');
    return [name, short, short.replace(PLACE, '')];
  });
}

interface Names {
  /** Bare, the longest first. */
  readonly titles: readonly string[];
  readonly number: string | null;
}

const known = new WeakMap<LibraryRecord, Names>();

function namesOf(record: LibraryRecord): Names {
  let names = known.get(record);
  if (!names) {
    const title = bare(record.title);
    const parts = partsOf(record.title)
      .map(bare)
      .filter((part) => part.length >= MIN_PART);
    const number = record.documentNumber === null ? null : bare(record.documentNumber);
    names = {
      titles: [...new Set([...(title.length >= MIN_NAME ? [title] : []), ...parts])].sort((a, b) => b.length - a.length),
      number: number !== null && number.length >= MIN_NAME ? number : null,
    };
    known.set(record, names);
  }
  return names;
}

interface Named {
  readonly record: LibraryRecord;
  readonly isByNumber: boolean;
  /** As it stands in the question, bare. */
  readonly name: string;
}

/** The documents whose number or title stands in a bare text. */
const namedIn = (asked: string, { knowledge: { records } }: Corpus): Named[] =>
  records.flatMap((record): Named[] => {
    // The title of a FAQ is what people ask, not the name of a text.
    if (record.kind === 'faq') return [];
    const { titles, number } = namesOf(record);
    if (number !== null && asked.includes(number)) return [{ record, isByNumber: true, name: number }];
    const name = titles.find((title) => asked.includes(title));
    return name === undefined ? [] : [{ record, isByNumber: false, name }];
  });

const yearOf = ({ year, issuedOn, effectiveOn }: LibraryRecord): string | null =>
  year === null ? ((issuedOn ?? effectiveOn)?.slice(0, 4) ?? null) : String(year);

const startOf = ({ effectiveOn, issuedOn, year }: LibraryRecord): string => effectiveOn ?? issuedOn ?? (year === null ? '' : String(year));

/**
 * The document out of force that a question names: by its number, or by its title when no document in force goes by the same name, or when the year
 * of the old one is said. Of several the one with its year, then the longest name, then the latest.
 */
export function lapsedNamed(message: string, lapsed: Corpus, corpus: Corpus): LibraryRecord | null {
  const asked = bare(message);
  const saysYear = ({ record }: Named): boolean => {
    const year = yearOf(record);
    return year !== null && asked.includes(year);
  };
  const [meant] = namedIn(asked, lapsed).sort(
    (a, b) =>
      Number(b.isByNumber) - Number(a.isByNumber) ||
      Number(saysYear(b)) - Number(saysYear(a)) ||
      b.name.length - a.name.length ||
      startOf(b.record).localeCompare(startOf(a.record)),
  );
  if (!meant) return null;
  const present = namedIn(asked, corpus);
  // A number within a longer one, as 政发〔2023〕5号 is within 市政发〔2023〕5号, is not that number.
  if (meant.isByNumber)
    return present.some(({ name }) => name.length > meant.name.length && name.includes(meant.name)) ? null : meant.record;
  const isRival = (record: LibraryRecord): boolean =>
    record.kind !== 'faq' && namesOf(record).titles.some((title) => title.includes(meant.name));
  const rivals = [
    ...present.filter(({ name }) => name.length >= meant.name.length).map(({ record }) => record),
    ...corpus.knowledge.records.filter(isRival),
  ];
  if (rivals.length === 0) return meant.record;
  return saysYear(meant) && !rivals.some((record) => yearOf(record) === yearOf(meant.record)) ? meant.record : null;
}

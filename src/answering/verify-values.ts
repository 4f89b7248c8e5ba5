import { parseChineseNumeral } from '../text/numerals.ts';

/** A number as a text gives it: with its unit, its bounds ("以上", "不超过") and its order ("第"). Half-open range of UTF-16 indices. */
export interface Value {
  /** The same for two spellings of the same value: "三十万元" and "30万元" are both "300000元". */
  readonly canonical: string;
  readonly start: number;
  readonly end: number;
}

const CHINESE = '零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟';
const PLAIN = '零一二三四五六七八九十百千';
const FORMAL = '〇壹贰叁肆伍陆柒捌玖拾佰仟';
const UNITS = (
  '个工作日 工作日 个百分点 百分点 平方公里 平方千米 平方米 立方米 平米 公里 千米 公顷 公斤 千克 美元 港元 欧元 人民币 人次 户次 家次 个月 季度 小时 分钟 周岁 周年 ' +
  'mg/l kg km kw m3 元 块 角 家 个 项 条 名 人 次 户 台 套 件 批 倍 年 月 日 天 号 周 时 点 分 秒 亩 米 吨 岁 度 期 届 级 折 成 页 份 辆 处 所 间 张 位 种 类 款 层 幢 栋 班 场 座 ' +
  '章 节 款 卷 支 只 亿 万 % ‰'
)
  .split(' ')
  .join('|');
const BEFORE =
  '不超过|不高于|不多于|不大于|不低于|不少于|不小于|不足|不到|超过|超出|超|至少|至多|最高|最低|最多|最少|高于|低于|多于|少于|大于|小于|近|大约|约|第|前|后';
const AFTER = '以上|以下|以内|以外|之内|左右|上下|以前|以后|之前|之后|余|多|内|前|后|起|止|底|初|末';
const BOUNDS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    '>': '超过 超出 超 高于 多于 大于',
    '>=': '不低于 不少于 不小于 至少 最低 最少 以上',
    '<=': '不超过 不高于 不多于 不大于 至多 最高 最多 以下 以内 之内 内',
    '<': '不足 不到 低于 少于 小于',
    '~': '约 大约 近 左右 上下 余 多 来 几',
    前: '以前 之前',
    后: '以后 之后',
    外: '以外',
  }).flatMap(([bound, words]) => words.split(' ').map((word) => [word, bound])),
);

const NUMBER = new RegExp(
  [
    `(?<before>${BEFORE})?`,
    // A share said in words: 四分之三, 百分之三十.
    `(?:(?<whole>[${CHINESE}]+)分之(?<share>[${CHINESE}]+(?:点[${CHINESE}]+)?|\\d+(?:\\.\\d+)?)`,
    `|(?<arabic>\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?(?!\\d)|\\d+(?:\\.\\d+)?)(?<scale>[十百千万亿]*)`,
    `|(?<chinese>半|[${CHINESE}]+(?:点[${CHINESE}]+)?))`,
    `\\s?(?<fuzzy>余|多|来|几)?\\s?(?<unit>${UNITS})?(?<after>${AFTER})?`,
  ].join(''),
  'gu',
);
/** Letters and digits as one name: 5g+, 1+3+n, b2b. */
const NAMED = /[a-z0-9]+(?:[.+&-][a-z0-9]+)*\+?/g;
const DATE = /(?<!\d)(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?!\d)/g;
const CLOCK = /(?<!\d)(\d{1,2}):(\d{2})(?!\d)/g;
const PARTS: Readonly<Record<string, string>> = { 百: '%', 千: '‰' };
const SAME_UNIT: Readonly<Record<string, string>> = { 平米: '平方米', km: '公里', 千米: '公里', kg: '公斤', 千克: '公斤', 块: '元' };
const SCALES: Readonly<Record<string, number>> = { 十: 1, 百: 2, 千: 3, 万: 4, 亿: 8 };

/** Shifts the decimal point of a decimal number written in digits, without rounding. */
function shifted(digits: string, places: number): string {
  const [whole = '', fraction = ''] = digits.replaceAll(',', '').split('.');
  if (places === 0 && fraction === '') return whole;
  const padded = fraction.padEnd(places, '0');
  const left = `${whole}${padded.slice(0, places)}`.replace(/^0+(?=\d)/, '');
  const right = padded.slice(places).replace(/0+$/, '');
  return right === '' ? left : `${left}.${right}`;
}

const placesOf = (scale: string): number => [...scale].reduce((places, character) => places + SCALES[character]!, 0);

/** "三十万" → "300000", "一点五亿" → "150000000"; null when the characters form no number. */
function chineseDigits(raw: string): string | null {
  const text = [...raw].map((character) => (FORMAL.includes(character) ? PLAIN[FORMAL.indexOf(character)]! : character)).join('');
  if (text === '半') return '0.5';
  const point = /^(.+)点(\D+?)([万亿]*)$/.exec(text);
  if (point) {
    const [whole, fraction] = [parseChineseNumeral(point[1]!), [...point[2]!].map(parseChineseNumeral)];
    return whole === null || fraction.some((digit) => digit === null || digit > 9)
      ? null
      : shifted(`${whole}.${fraction.join('')}`, placesOf(point[3]!));
  }
  let total = 0;
  let rest = text;
  for (const [scale, factor] of [
    ['亿', 1e8],
    ['万', 1e4],
  ] as const) {
    const at = rest.indexOf(scale);
    if (at < 0) continue;
    const part = parseChineseNumeral(rest.slice(0, at));
    if (part === null) return null;
    total += part * factor;
    rest = rest.slice(at + 1).replace(/^零/, '');
  }
  if (rest === '') return String(total);
  const part = parseChineseNumeral(rest);
  return part === null ? null : String(total + part);
}

function read(match: RegExpMatchArray): string | null {
  const { before, whole, share, arabic, scale, chinese, fuzzy, unit, after } = match.groups!;
  let number: string;
  let measure = unit ?? '';
  if (whole !== undefined && share !== undefined) {
    const part = /\d/.test(share) ? shifted(share, 0) : chineseDigits(share);
    measure = PARTS[whole] ?? '';
    number = measure === '' ? `${part ?? share}/${chineseDigits(whole) ?? whole}` : (part ?? share);
  } else if (arabic !== undefined) {
    number = shifted(arabic, placesOf(scale ?? ''));
  } else {
    // A numeral of one character is a number only where something is counted: 三家, 第三, not 三方 or 统一.
    if ([...chinese!].length === 1 && unit === undefined && before !== '第') return null;
    number = chineseDigits(chinese!) ?? chinese!;
  }
  const bounds = [before, fuzzy, after].filter((word) => word !== undefined).map((word) => BOUNDS[word] ?? word);
  return [number + (SAME_UNIT[measure] ?? measure), ...bounds.sort()].join(' ');
}

/** Dates and areas in the one way they are compared: 2024-06-30 → 2024年6月30日. */
export const spelled = (form: string): string =>
  form
    .replaceAll(/(?<=[\d十百千万亿]\s?)m2/g, '平方米')
    .replaceAll(DATE, (_, year: string, month: string, day: string) => `${year}年${Number(month)}月${Number(day)}日`)
    .replaceAll(/(?<=年)0(?=\d月)|(?<=月)0(?=\d日)/g, '');

/**
 * The values of a comparable text that was `spelled`, in order. A date is one value, and so is a range: neither stands for its parts.
 * @example valuesOf('奖励不超过三十万元').map(({ canonical }) => canonical) // → ["300000元 <="]
 * @example valuesOf('500至800元').map(({ canonical }) => canonical) // → ["500元..800元"]
 */
export function valuesOf(form: string): Value[] {
  let text = form;
  const found: Value[] = [];
  const take = (pattern: RegExp, isValue: (match: string) => boolean): void => {
    text = text.replaceAll(pattern, (match, ...rest: unknown[]) => {
      if (!isValue(match)) return match;
      const start = rest.find((item) => typeof item === 'number')!;
      found.push({ canonical: match, start, end: start + match.length });
      return ' '.repeat(match.length);
    });
  };
  take(CLOCK, () => true);
  take(NAMED, (match) => /[a-z]/.test(match) && /\d/.test(match) && !/^\d+(?:\.\d+)?(?:mg|kg|km|kw|m3)$/.test(match));
  for (const match of text.matchAll(NUMBER)) {
    const canonical = read(match);
    if (canonical !== null) found.push({ canonical, start: match.index, end: match.index + match[0].trimEnd().length });
  }
  return joined(
    found.sort((a, b) => a.start - b.start),
    text,
  );
}

/** Puts the parts of dates and the ends of ranges together. */
function joined(values: readonly Value[], text: string): Value[] {
  const whole: Value[] = [];
  for (const value of values) {
    const last = whole.at(-1);
    const gap = last ? text.slice(last.end, value.start) : null;
    const isDate = gap === '' && /[年月日时点]$/.test(last!.canonical);
    if (last && (isDate || /^\s?(?:-|~|至|到)\s?$/.test(gap!))) {
      whole[whole.length - 1] = {
        canonical: isDate ? `${last.canonical}${value.canonical}` : range(last, value),
        start: last.start,
        end: value.end,
      };
    } else {
      whole.push(value);
    }
  }
  return whole;
}

/** 500至800元: the unit of the end is that of the beginning too. */
function range(from: Value, to: Value): string {
  const unit = /^[\d.]+([^\d\s:]\S*)/.exec(to.canonical)?.[1] ?? '';
  return `${/\d$/.test(from.canonical) ? from.canonical + unit : from.canonical}..${to.canonical}`;
}

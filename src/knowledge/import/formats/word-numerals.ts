const DIGITS = '〇一二三四五六七八九';
const FORMAL_DIGITS = '零壹贰叁肆伍陆柒捌玖';
const STEMS = '甲乙丙丁戊己庚辛壬癸';
const BRANCHES = '子丑寅卯辰巳午未申酉戌亥';
const ROMAN: readonly (readonly [number, string])[] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
];

/** @example chineseNumeral(21) // → "二十一" */
export function chineseNumeral(value: number, digits = DIGITS, units = ['', '十', '百', '千'], zero = '零'): string {
  if (value === 0) return digits[0]!;
  let text = '';
  let pendingZero = false;
  const places = [...String(value)].map(Number);
  for (const [at, digit] of places.entries()) {
    if (digit === 0) pendingZero = true;
    else {
      if (pendingZero) text += zero;
      pendingZero = false;
      text += digits[digit]! + units[places.length - 1 - at]!;
    }
  }
  return text.replace(new RegExp(`^${digits[1]!}(?=十)`), '');
}

const digitByDigit = (value: number): string => [...String(value)].map((digit) => DIGITS[Number(digit)]).join('');

function letters(value: number): string {
  const letter = String.fromCharCode(97 + ((value - 1) % 26));
  return letter.repeat(Math.floor((value - 1) / 26) + 1);
}

function roman(value: number): string {
  let [rest, text] = [value, ''];
  for (const [worth, sign] of ROMAN) {
    while (rest >= worth) {
      text += sign;
      rest -= worth;
    }
  }
  return text;
}

const cycle = (signs: string, value: number): string => signs[value - 1] ?? String(value);
const fullWidth = (value: number): string => [...String(value)].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join('');

/** The number formats of Word (`w:numFmt`) that official documents use; others are printed as decimals. */
const FORMATS: Readonly<Record<string, (value: number) => string>> = {
  none: () => '',
  decimalZero: (value) => String(value).padStart(2, '0'),
  decimalFullWidth: fullWidth,
  decimalFullWidth2: fullWidth,
  chineseCounting: chineseNumeral,
  chineseCountingThousand: chineseNumeral,
  japaneseCounting: chineseNumeral,
  japaneseDigitalTenThousand: digitByDigit,
  taiwaneseCounting: chineseNumeral,
  taiwaneseCountingThousand: chineseNumeral,
  ideographDigital: digitByDigit,
  chineseLegalSimplified: (value) => chineseNumeral(value, FORMAL_DIGITS, ['', '拾', '佰', '仟']),
  ideographTraditional: (value) => cycle(STEMS, value),
  ideographZodiac: (value) => cycle(BRANCHES, value),
  decimalEnclosedCircle: (value) => (value <= 20 ? String.fromCharCode(0x245f + value) : String(value)),
  decimalEnclosedCircleChinese: (value) => (value <= 20 ? String.fromCharCode(0x245f + value) : String(value)),
  decimalEnclosedParen: (value) => (value <= 20 ? String.fromCharCode(0x2473 + value) : `(${value})`),
  decimalEnclosedFullstop: (value) => (value <= 20 ? String.fromCharCode(0x2487 + value) : `${value}.`),
  lowerLetter: letters,
  upperLetter: (value) => letters(value).toUpperCase(),
  lowerRoman: roman,
  upperRoman: (value) => roman(value).toUpperCase(),
};

/** How Word prints a list number; numbers of four digits at most. */
export function wordNumeral(value: number, format: string): string {
  if (!Number.isInteger(value) || value < 1 || value > 9999) return String(value);
  return (FORMATS[format] ?? String)(value);
}

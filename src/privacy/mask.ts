/** Numbers that name a person: covered wherever words leave the conversation they were said in. */

/** Digits of any width, with single spaces or hyphens between them. */
const RUN = /(?<![0-9０-９A-Za-z])(?:[+＋]\s?)?[0-9０-９](?:[ \u3000\-－‐–—]?[0-9０-９]){6,22}[XxＸｘ]?(?![0-9０-９A-Za-z])/gu;
/** What cannot hold one is not looked at closely. */
const SUSPECT = /[0-9０-９](?:[ \u3000\-－‐–—]?[0-9０-９]){6}/u;

const plain = (text: string): string => text.normalize('NFKC').replaceAll(/[^0-9Xx]/g, '');

const isMobile = (digits: string): boolean => /^(?:86)?1[3-9]\d{9}$/.test(digits);

const isBirthday = (date: string): boolean => {
  const time = Date.parse(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}T00:00:00Z`);
  return !Number.isNaN(time) && date >= '19000101' && date <= '20991231' && new Date(time).getUTCDate() === Number(date.slice(6));
};

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const ID_CHECKS = '10X98765432';

/** 居民身份证: 18 characters with their check, or 15 digits of before 2000. */
function isIdCard(digits: string): boolean {
  if (/^[1-8]\d{14}$/.test(digits)) return isBirthday(`19${digits.slice(6, 12)}`);
  if (!/^[1-8]\d{16}[\dXx]$/.test(digits) || !isBirthday(digits.slice(6, 14))) return false;
  const sum = ID_WEIGHTS.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
  return ID_CHECKS[sum % 11] === digits[17]!.toUpperCase();
}

/** 银行卡: by the check all cards have (Luhn), and the first digits cards begin with. */
function isBankCard(digits: string): boolean {
  if (!/^[3-6]\d{14,18}$/.test(digits)) return false;
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits[digits.length - 1 - at]);
    const doubled = at % 2 === 0 ? digit : digit * 2;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** The first and the last few characters, so that whoever knows the number recognises it. */
const covered = (digits: string, head: number, tail: number): string =>
  `${digits.slice(0, head)}${'*'.repeat(digits.length - head - tail)}${digits.slice(-tail)}`;

/**
 * Covers numbers of mobile phones, identity cards and bank cards. Amounts, dates, document numbers, office telephones and the codes of companies
 * stay as they are.
 * @example maskPersonal('电话13812345678，2024年') // → "电话138****5678，2024年"
 */
export function maskPersonal(text: string): string {
  if (!SUSPECT.test(text)) return text;
  return text.replaceAll(RUN, (run) => {
    const digits = plain(run);
    if (isMobile(digits)) return covered(digits.slice(-11), 3, 4);
    if (isIdCard(digits)) return covered(digits, 4, 4);
    return isBankCard(digits) ? covered(digits, 4, 4) : run;
  });
}

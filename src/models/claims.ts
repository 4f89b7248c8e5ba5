import { numeralSpellings } from '../text/numerals.ts';

/** The numbers of a comparable text, in digits. */
export const numbersOf = (form: string): ReadonlySet<string> =>
  new Set([...(form.match(/\d+(?:\.\d+)?/g) ?? []), ...numeralSpellings(form)]);

export const isWithin = (some: ReadonlySet<string>, all: ReadonlySet<string>): boolean => [...some].every((item) => all.has(item));

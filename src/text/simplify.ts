import { Converter } from 'opencc-js/t2cn';

const convert = Converter({ from: 't', to: 'cn' });

/**
 * Traditional → simplified script, words before characters (OpenCC's tables).
 * @example simplify('開發區醫院') // → "开发区医院"
 */
export function simplify(text: string): string {
  return convert(text);
}

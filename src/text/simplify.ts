import { Converter } from 'opencc-js/t2cn';

const convert = Converter({ from: 't', to: 'cn' });

const FIRST_HAN = 0x3400;
const LAST_HAN = 0x9fff;

/** 1 for each character that is written otherwise in simplified script when it stands alone; made at the first use, in about 10 ms. */
let traditional: Uint8Array | null = null;

function traditionalCharacters(): Uint8Array {
  const found = new Uint8Array(0x1_0000);
  for (let code = FIRST_HAN; code <= LAST_HAN; code++) {
    const character = String.fromCharCode(code);
    if (convert(character) !== character) found[code] = 1;
  }
  // Beyond the common block (compatibility forms, surrogates of rare characters) the tables are asked each time.
  found.fill(1, 0xd800, 0xe000).fill(1, 0xf900, 0xfb00);
  return found;
}

/**
 * Traditional → simplified script, words before characters (OpenCC's tables). A text without a single traditional character, as most are, is
 * given back as it is.
 * @example simplify('開發區醫院') // → "开发区医院"
 */
export function simplify(text: string): string {
  traditional ??= traditionalCharacters();
  for (let at = 0; at < text.length; at++) if (traditional[text.charCodeAt(at)] === 1) return convert(text);
  return text;
}

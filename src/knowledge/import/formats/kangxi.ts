/**
 * CJK Radicals Supplement → the ideograph it looks like, in pairs. Mostly as measured: what PDFs written by Chrome with Noto fonts give
 * back for the ideographs; NFKC knows only two of them.
 */
const SUPPLEMENT =
  '⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺈刀⺉刂⺊卜⺌小⺍小⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺕彐⺖忄⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬' +
  '⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪疋⺬示⺭礻⺮竹⺯糹⺰纟⺱罓⺲罒⺴冈⺶羊⺸羊⺹耂⺺肀⺻聿⺼肉⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见' +
  '⻆角⻈讠⻉贝⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦' +
  '⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟⺫目';

const IDEOGRAPH_OF: ReadonlyMap<string, string> = new Map(
  Array.from({ length: SUPPLEMENT.length / 2 }, (_, at) => [SUPPLEMENT[at * 2]!, SUPPLEMENT[at * 2 + 1]!]),
);

/**
 * Where the standard and the fonts differ, as measured: NFKC makes the traditional 戶 of a radical that stands for 户 in simplified text; in
 * Noto Sans 胶 comes back as a character of Extension A that Chinese texts do not use; some signs come back as a neighbour of the same look.
 */
const MEASURED: ReadonlyMap<string, string> = new Map([
  ['⼾', '户'],
  ['㬵', '胶'],
  ['\u2015', '—'],
  ['\u2012', '–'],
  ['\u301c', '～'],
  ['\u2215', '／'],
  ['\u2329', '〈'],
  ['\u232a', '〉'],
]);

/**
 * Brings back the ideographs where a PDF holds look-alikes: Kangxi radicals (U+2F00–2FD5), radicals of the supplement (U+2E80–2EFF) and
 * compatibility ideographs (U+F900–FAFF), a few signs. Everything else stays, full-width punctuation too.
 * @example withoutLookAlikes('⼈⼯见⻅') // → "人工见见"
 */
export function withoutLookAlikes(text: string): string {
  return text
    .replaceAll(/[\u2012\u2015\u2215\u2329\u232a\u2f3e\u301c\u3b35]/g, (character) => MEASURED.get(character) ?? character)
    .replaceAll(/[\u2f00-\u2fdf\uf900-\ufaff]/g, (character) => character.normalize('NFKC'))
    .replaceAll(/[\u2e80-\u2eff]/g, (character) => IDEOGRAPH_OF.get(character) ?? character);
}

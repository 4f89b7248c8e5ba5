import type { GuideMaterial, GuideStep, MaterialForm, MaterialNeed, ProcedureGuide } from '../../domain/guide.ts';
import { parseChineseNumeral } from '../../text/numerals.ts';
import { splitItems } from './items.ts';

const FORM_WORD = '(?:原件|复印件|电子(?:件|版|文档|材料|证照)?)';
/** 原件或复印件; 原件及复印件 asks for both, and stays as printed. */
const FORMS = `${FORM_WORD}(?:\\s*(?:或者?|/)\\s*${FORM_WORD})*`;
const COPIES = '(?:一式)?(?:\\d{1,2}|[一二两三四五六七八九十])份';
const NEED = '(?:可?容缺(?:受理|后补)?|免提交|必要|必须提交)';
const DETAIL = new RegExp(`^(?:${FORMS})?(?:${COPIES})?$|^${NEED}$`);
const IN_BRACKETS = /^(.*\S)\s*[（(]([^（）()]+)[）)]$/s;
const AT_THE_END = new RegExp(`^(.{2,}?)[，,\\s]*((?:${FORMS})(?:${COPIES})?|${COPIES})$`, 's');
/** Signs after which a form is one of several, or part of the name. */
const GOES_ON = /[和及与、的或/]$/;

const formOf = (word: string): MaterialForm => (word.startsWith('电子') ? '电子' : word === '复印件' ? '复印件' : '原件');
const needOf = (word: string): MaterialNeed => (word.includes('容缺') ? '容缺' : word === '免提交' ? '免提交' : '必要');

type Details = Omit<GuideMaterial, 'name' | 'note'>;

function readDetails(pieces: readonly string[]): Details {
  const text = pieces.join(' ');
  const count = new RegExp(`(?:一式)?(\\d{1,2}|[一二两三四五六七八九十])份`).exec(text)?.[1];
  const copies = count === undefined ? null : /\d/.test(count) ? Number(count) : parseChineseNumeral(count);
  const need = pieces.find((piece) => new RegExp(`^${NEED}$`).test(piece));
  return {
    forms: [...new Set((text.match(new RegExp(FORM_WORD, 'g')) ?? []).map(formOf))],
    copies: copies === 0 ? null : copies,
    need: need === undefined ? null : needOf(need),
  };
}

/**
 * A material as printed. Only what plainly says form, number or need is taken out of the name.
 * @example readMaterial('营业执照复印件（容缺受理）') // → { name: '营业执照', forms: ['复印件'], copies: null, need: '容缺', note: null }
 */
export function readMaterial(printed: string): GuideMaterial {
  const pieces: string[] = [];
  let name = printed;
  const bracketed = IN_BRACKETS.exec(name);
  const inside = bracketed?.[2]!.split(/[，,；;、\s]+/) ?? [];
  if (bracketed && inside.every((piece) => DETAIL.test(piece))) {
    name = bracketed[1]!;
    pieces.push(...inside);
  }
  const behind = AT_THE_END.exec(name);
  if (behind && !GOES_ON.test(behind[1]!)) {
    name = behind[1]!;
    pieces.push(behind[2]!);
  }
  return { name, ...readDetails(pieces), note: null };
}

const ARROWS = /\s*(?:→|➔|➜|⇒|➡|—+>|-+>|=+>)\s*/;
const COUNT = /^\s*(?:\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[）)])/;
const TIME = /^(.*\S)\s*[（(]((?:\d+|[一二两三四五六七八九十]+)个?(?:工作日|自然日|日|天|小时|分钟)(?:内|以内)?)[）)]$/s;
const NAMED_STEP = /^([^：:，,。；;]{2,12})[：:]\s*(\S.*)$/s;

/** @example readSteps('申请→受理（1个工作日）')[1] // → { name: '受理', detail: null, time: '1个工作日' } */
export function readSteps(printed: string): GuideStep[] {
  const pieces = ARROWS.test(printed)
    ? printed.split(ARROWS).flatMap((piece) => splitItems(piece.replace(COUNT, '')).join('；') || [])
    : splitItems(printed);
  return pieces.map((piece) => {
    const timed = TIME.exec(piece);
    const rest = timed?.[1] ?? piece;
    const named = NAMED_STEP.exec(rest);
    return { name: named?.[1] ?? rest, detail: named?.[2] ?? null, time: timed?.[2] ?? null };
  });
}

/**
 * Questions with their answers (问：… 答：…); null when the text is not written so.
 * @example readAsked('问：收费吗？答：不收费。') // → [{ question: '收费吗？', answer: '不收费。' }]
 */
export function readAsked(printed: string): ProcedureGuide['faq'] | null {
  const [before, ...pairs] = printed.split(/(?:^|(?<=[\s。！？!?；;]))(?:\d{1,2}[.．、]\s*)?(?:问题?|Q)\s*\d*\s*[:：]/i);
  if (before === undefined || before.trim() !== '' || pairs.length === 0) return null;
  const read = pairs.flatMap((pair) => {
    const [question, answer, ...more] = pair.split(/(?:答案?|A)\s*[:：]/i).map((piece) => piece.replaceAll(/\s*\n\s*/g, ' ').trim());
    return question && answer && more.length === 0 ? [{ question, answer }] : [];
  });
  return read.length === pairs.length ? read : null;
}

import { tagWords } from '../text/segment.ts';

/** A word of a text that has to stand in the evidence. Half-open range of UTF-16 indices. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** A noun or a name, also the kinds jieba only guesses at. */
  readonly isNoun: boolean;
  /** Says when or how: may stand elsewhere in the sentence than in the evidence. */
  readonly isMovable: boolean;
}

const list = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((word) => word !== ''));

/** Words a sentence may have of its own: they say nothing. 了, 已, 将, 可, 或, 都, 仅 and their like do say something. */
const GLUE = list(
  '的 地 得 之 和 与 及 以及 并 并且 也 还 等 等等 其中 包括 是 为 即 在 对 对于 由 从 向 于 以 其 这 该 此 方面 内容 原文 资料 具体 如下 以下',
);
/** Words beside a number that do not say what is counted. */
const LIGHT = list('达 达到 为 是 共 共计 合计 总计 约 每 各 每家 每人 完成 实现 确保 给予 超 超过');

/** Says something may be or must be so, hopes for it or asks for it: a wording must not lose it. */
const SOFT = list('推动 鼓励 支持 引导 推进 促进 探索 倡导 允许 可 可以 能 能够 可能 应 应当 应该 须 必须 需 需要 要 只能 仅 只');
const HEDGES = list('力争 争取 努力 计划 拟 预计 有望 目标 谋划 原则上 试点 试行 暂 暂时 逐步 酌情 择优 适当');
const CONDITIONS =
  /符合|满足|具备|条件|前提|首次|首批|首个|年满|未满|期间|审核|审批|批准|同意|只有|每|人均|户均|年均|月均|平均|同比|环比|累计|税前|税后|含税|一次性|分期|分年|上限|下限/gu;
const LIMITS = /除外|不含|不包括|为限|仅限|封顶|最高|最多|不超过|为止|除[^,。]{1,20}外|以[^,。]{1,12}为准/gu;

/** Words that begin with a negation and deny nothing. */
const NO_DENIAL = /不断|不动产|不仅|不但|不同(?!意)|不论|不管|不久|不时|未来|未成年人?|非常|非公|非遗|非物质|无人机|无论|无线|无缝/gu;
const DENIAL = /[不未无非没勿莫]\p{Script=Han}?|严禁|禁止|禁入|停止|停办|停发|取消|拒绝|杜绝|免除|除外/gu;

/** Words of a comparable text that carry meaning, values left out. */
export function contentWords(form: string, taken: readonly { readonly start: number; readonly end: number }[]): Word[] {
  const words: Word[] = [];
  let from = 0;
  for (const { word, tag } of tagWords(form)) {
    const start = form.indexOf(word, from);
    if (start < 0) continue;
    const end = start + word.length;
    from = end;
    if (!/[\p{L}\p{N}]/u.test(word) || GLUE.has(word)) continue;
    if (taken.some((value) => start >= value.start && end <= value.end)) continue;
    words.push({ text: word, start, end, isNoun: /^(?:n|j|x|eng|vn|an|s|b)/.test(tag), isMovable: /^(?:t|d|f|m|q)/.test(tag) });
  }
  return words;
}

export const isLight = ({ text }: Word): boolean => LIGHT.has(text) || HEDGES.has(text) || SOFT.has(text);

/** What a text denies: each negation with the character after it. */
export const denials = (form: string): string[] => (form.replaceAll(NO_DENIAL, '').match(DENIAL) ?? []).sort();

const among = (words: readonly Word[], set: ReadonlySet<string>): string[] => words.map(({ text }) => text).filter((text) => set.has(text));

export const softWords = (words: readonly Word[]): string[] => among(words, SOFT);
export const hedges = (words: readonly Word[]): string[] => among(words, HEDGES);
/** On what terms, and how reckoned. */
export const conditions = (form: string): string[] => form.match(CONDITIONS) ?? [];
export const limits = (form: string): string[] => form.match(LIMITS) ?? [];

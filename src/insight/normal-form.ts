import { createHash } from 'node:crypto';
import { comparable } from '../text/tokens.ts';

const KEY_LENGTH = 22;

/** What people say around a question: greetings, politeness, calls. */
const BEFORE =
  /^(?:(?:你好|您好|哈喽|hello|hi|在吗|大家好|各位好?|亲|老师|领导|小编|请问(?:一下)?|请教(?:一下|个事)?|问(?:一下|下|个事)|想问(?:一下|下|问)?|我?想(?:了解|咨询|知道)(?:一下|下)?|咨询(?:一下|下)?|麻烦(?:问(?:一下|下)|了)?|打扰(?:了|一下)?|劳驾|求(?:助|问|解)|帮忙?(?:看|查)(?:一下|下)?|那个|就是|嗯+|额+|哎+|诶)[\s,.!?:;~-]*)+/u;
/** Particles and thanks at its end. */
const AFTER = /(?:[\s,.!?:;~-]*(?:谢谢(?:您|你|了|啦)?|多谢|感谢|急+|在线等|拜托了?|吗|呢|啊+|呀|吧|嘛|哦|哈+|啦|嘞|咯|哇|呗|的说))+$/u;
/** What is left out anywhere: marks, pictures, spaces between Chinese characters. */
const MARKS = /[\p{P}\p{S}\p{M}\p{C}]+/gu;
const INNER_SPACE = /(?<=\p{Script=Han})\s+|\s+(?=\p{Script=Han})/gu;

/**
 * The form in which a question is counted and marked: questions that differ only in script, marks, greetings and particles are one.
 * @example normalForm('您好，请问 公積金怎么提取呀？？谢谢！') // → "公积金怎么提取"
 */
export function normalForm(question: string): string {
  const form = comparable(question);
  const bare = form
    .replaceAll(/\p{Extended_Pictographic}/gu, ' ')
    .replace(/[\s\p{P}\p{S}]+$/u, '')
    .replace(BEFORE, '')
    .replace(AFTER, '')
    .replaceAll(MARKS, (mark) => (/^[.%+&-]$/.test(mark) ? mark : ' '))
    .replaceAll(/\s+/g, ' ')
    .replaceAll(INNER_SPACE, '')
    .trim();
  // Somebody who only said 你好 said that.
  return bare === '' ? form : bare;
}

/** Under which a question is marked: a digest of its normal form, which keeps nothing of what was said. */
export const keyOf = (normal: string): string => createHash('sha256').update(normal).digest('base64url').slice(0, KEY_LENGTH);

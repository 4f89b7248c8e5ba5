import { comparable } from '../text/tokens.ts';

/** From this share of common pairs of characters on, two wordings ask for the same. */
const SAME_FROM = 0.6;

/** Words of courtesy say nothing about what is asked. */
const COURTESY = /请问|麻烦|您好|你好|谢谢|想问一下|问一下|帮我|一下|呢|吗|啊|呀|的|了/g;
const NOT_WORDS = /[^\p{L}\p{N}]/gu;

const pairsOf = (text: string): Set<string> => {
  const plain = comparable(text).replace(NOT_WORDS, '').replace(COURTESY, '');
  const characters = [...plain];
  return new Set(characters.length < 2 ? characters : characters.slice(1).map((character, at) => `${characters[at]}${character}`));
};

/** Share of the pairs of characters two texts have in common (Dice), from 0 to 1. */
export function likeness(one: string, other: string): number {
  const [a, b] = [pairsOf(one), pairsOf(other)];
  if (a.size + b.size === 0) return 0;
  let common = 0;
  for (const pair of a) if (b.has(pair)) common++;
  return (2 * common) / (a.size + b.size);
}

/** Whether somebody asks the same again, word for word or nearly. */
export const asksTheSame = (one: string, other: string): boolean => likeness(one, other) >= SAME_FROM;

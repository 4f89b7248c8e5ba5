import { describe, expect, it } from 'vitest';
import { fuseScores } from '../../src/answering/similarity.ts';
import type { Section } from '../../src/domain/record.ts';
import { createTrial, isWorthwhile, type TrialResult, trialQuestions } from '../../src/models/trial.ts';
import { sentenceSpans } from '../../src/text/sentences.ts';

/** Words of two characters that no other text has. */
const word = (number: number): string => String.fromCodePoint(0x4e00 + (number % 4_000) * 2, 0x7000 + (number % 3_000));
const words = (from: number, count: number): string => Array.from({ length: count }, (_, at) => word(from + at)).join('');

/**
 * Sections of two sentences. Without its first sentence a section shares four words with it, the section after it five: words alone are led
 * astray. The second half is found by words.
 */
const SECTIONS: readonly Section[] = Array.from({ length: 60 }, (_, at): Section => {
  const own = at * 20;
  const misleading = at > 0 && at < 30 ? words((at - 1) * 20, 5) : '';
  const text = `${words(own, 8)}。${words(own, at < 30 ? 4 : 6)}${misleading}${words(5_000 + at * 3, 3)}。`;
  return {
    id: `d#${at}`,
    documentId: 'd',
    number: at,
    title: `第${at}节`,
    part: null,
    text,
    sentences: sentenceSpans(text),
    categories: [],
    tags: [],
    questions: [],
    page: null,
  };
});

const DIMENSIONS = 64;
const axis = (number: number): Float32Array => Float32Array.from({ length: DIMENSIONS }, (_, at) => (at === number ? 1 : 0));
/** Knows what every text is about. */
const knowing = (text: string): Float32Array =>
  axis(SECTIONS.findIndex((section) => section.text.split('。').some((piece) => piece !== '' && text.includes(piece))));
const ignorant = (text: string): Float32Array => axis((text.length * 7 + text.charCodeAt(3)) % DIMENSIONS);

async function resultOf(vectorOf: (text: string) => Float32Array | undefined): Promise<TrialResult | null> {
  let result: TrialResult | null = null;
  const trial = createTrial(fuseScores, (found) => (result = found));
  const isPassed = await trial.isPassed(SECTIONS, vectorOf);
  expect(isPassed).toBe(result !== null && isWorthwhile(result));
  return result;
}

describe('the trial of an embedding model', () => {
  it('is passed by a model that finds what words miss', async () => {
    const result = (await resultOf(knowing))!;
    expect(result.won).toBeGreaterThan(10);
    expect(result.lost).toBe(0);
    expect(isWorthwhile(result)).toBe(true);
  });

  it.each([
    ['knows nothing', ignorant],
    ['finds all texts alike', () => axis(3)],
    ['has no vectors', () => undefined],
  ])('is failed by a model that %s', async (_, vectorOf) => {
    expect(isWorthwhile((await resultOf(vectorOf))!)).toBe(false);
  });

  it('asks for the vectors it needs, and for the same ones every time', () => {
    const trial = createTrial(fuseScores);
    const texts = trial.texts(SECTIONS);
    expect(texts).toEqual(trial.texts(SECTIONS));
    for (const { question, section, rest } of trialQuestions(SECTIONS)) {
      expect(texts).toContain(question);
      expect(section.sentences.length - rest.sentences.length).toBe(1);
    }
  });

  it('says nothing about a library of a few sentences', async () => {
    const few = SECTIONS.slice(0, 10);
    let told: TrialResult | null | undefined;
    const trial = createTrial(fuseScores, (result) => (told = result));
    expect(trial.texts(few)).toEqual([]);
    expect(await trial.isPassed(few, knowing)).toBe(false);
    expect(told).toBeNull();
  });

  it('takes more than chance for a success', () => {
    expect(isWorthwhile({ asked: 200, won: 4, lost: 0 })).toBe(false);
    expect(isWorthwhile({ asked: 200, won: 5, lost: 0 })).toBe(true);
    expect(isWorthwhile({ asked: 200, won: 12, lost: 6 })).toBe(false);
  });
});

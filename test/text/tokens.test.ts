import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../src/text/normalise.ts';
import { STOP_CHARACTERS, STOP_WORDS } from '../../src/text/stopwords.ts';
import { createThesaurus } from '../../src/text/thesaurus.ts';
import { termsOf, tokenise } from '../../src/text/tokens.ts';

/** The same cases in every run. */
fc.configureGlobal({ seed: 20_240_101 });

const thesaurus = createThesaurus([{ official: ['欠薪'], colloquial: ['拖欠工资'], ambiguous: [] }]);

describe('tokens', () => {
  it('are words without stop words, bigrams and concepts; repeats are kept', () => {
    const tokens = tokenise('老板拖欠工资，还是拖欠工资怎么办？', thesaurus);
    expect(tokens.words.filter((word) => word === '拖欠')).toHaveLength(2);
    expect(tokens.words).not.toContain('怎么办');
    expect(tokens.bigrams.filter((bigram) => bigram === '拖欠')).toHaveLength(2);
    expect(tokens.bigrams).not.toContain('怎么');
    expect(tokens.concepts).toEqual(['c0', 'c0']);
  });

  it('are the same for traditional, full-width and upper-case spelling', () => {
    expect(tokenise('ＲＣＥＰ　規則', thesaurus)).toEqual(tokenise('rcep 规则', thesaurus));
  });

  it('give a joined name both whole and in pieces, but leave numbers whole', () => {
    expect(termsOf('5g+专递课堂').words).toEqual(expect.arrayContaining(['5g', '专递', '课堂']));
    expect(termsOf('4g+wifi').words).toEqual(['4g+wifi', '4g', 'wifi']);
    expect(termsOf('36.31').words).toEqual(['36.31']);
  });

  it('give Chinese numerals in digits too', () => {
    expect(termsOf('十八条措施').words).toContain('18');
  });

  it('join neighbouring words of two or more characters', () => {
    expect(termsOf('高新技术企业的认定').pairs).toEqual(['高新技术企业']);
    expect(termsOf('融资,贷款').pairs).toEqual([]);
  });

  it('never pair characters over punctuation', () => {
    expect(termsOf('融资,贷款').bigrams).toEqual(['融资', '贷款']);
  });

  it('are the characters and pairs of each run of Chinese, but for those that say nothing', () => {
    const unit = fc.constantFrom(...'的了企业融资三十a1+,。 ', '𠮷', '😀', '\ud842');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 20 }), (text) => {
        const chinese = runs(text).filter(({ isHan }) => isHan);
        const says = (character: string): boolean => !STOP_CHARACTERS.has(character);
        const characters = chinese.map((run) => [...run.text]);
        const { bigrams, characters: found } = termsOf(text);
        expect(found).toEqual(characters.flatMap((own) => own.filter(says)));
        expect(bigrams).toEqual(
          characters.flatMap((own) =>
            own.flatMap((second, at) => (at > 0 && (says(own[at - 1]!) || says(second)) ? [own[at - 1]! + second] : [])),
          ),
        );
      }),
    );
  });

  it('hold no stop word, whatever the text', () => {
    const unit = fc.constantFrom(...'我们的企业怎么能不能融资吗请问一下');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 20 }), (text) => {
        expect(termsOf(text).words.filter((word) => STOP_WORDS.has(word))).toEqual([]);
      }),
    );
  });
});

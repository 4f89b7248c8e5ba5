import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as jieba from 'nodejs-jieba';
import { describe, expect, it } from 'vitest';
import { addWords, loadTagger, replaceWords, segment, segmentForSearch, tagWords } from '../../src/text/segment.ts';
import { comparable } from '../../src/text/tokens.ts';
import { WordDictionary } from '../../src/text/word-dictionary.ts';

/** The same cases in every run. */
fc.configureGlobal({ seed: 20_240_101 });

describe('segmentation', () => {
  it('cuts each character once, or long words and the words inside them', () => {
    expect(segment('落实欠薪治理')).toEqual(['落实', '欠薪', '治理']);
    expect(segment('高新技术')).toEqual(['高新技术']);
    expect(segmentForSearch('高新技术')).toEqual(expect.arrayContaining(['高新技术', '技术']));
  });

  it('keeps a word of the lexicon whole from the time it is added until it is forgotten, for the tagger too', () => {
    const question = '找晋小二帮办吗';
    const tagged = () => tagWords(question).map(({ word }) => word);
    expect(segment(question)).not.toContain('晋小二帮办');
    expect(tagged()).not.toContain('晋小二帮办');
    addWords(['晋小二帮办', '晋小二帮办']);
    expect(segment(question)).toContain('晋小二帮办');
    expect(tagged()).toContain('晋小二帮办');
    replaceWords([]);
    expect(segment(question)).not.toContain('晋小二帮办');
    expect(tagged()).not.toContain('晋小二帮办');
  });

  it('tags nouns and verbs', () => {
    expect(tagWords('企业融资').map(({ word }) => word)).toEqual(['企业', '融资']);
    expect(tagWords('企业').at(0)!.tag).toMatch(/^n/);
  });
});

describe('words, beside jieba', () => {
  /** The same words: jieba cuts in its accurate mode, without guessing. */
  const expectSame = (text: string): void => {
    loadTagger();
    expect(segment(text)).toEqual(jieba.cut(text));
  };

  it('are those of the whole library, of every phrasing and of every question', () => {
    const folder = new URL('../../knowledge/', import.meta.url);
    for (const file of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue;
      for (const line of readFileSync(join(file.parentPath, file.name), 'utf8').split('\n')) {
        expectSame(line);
        expectSame(comparable(line));
      }
    }
  });

  it('are those of any words and characters in a row, with words of the lexicon and separators between', () => {
    addWords(['开发区政策', '中小企业白名单', '𠮷野家', '5g基站', '企业 名录']);
    const unit = fc.constantFrom(
      ...'开发区企业融资白名单怎么进的了龘政策中小人才补贴一二三十万元a5B \n，。、\u0000',
      '高新技术',
      '中华人民共和国',
      '区块链',
      '云计算',
      '基站',
      '5g',
      '𠮷',
      '𠮷野家',
      '𠀀',
      '😀',
    );
    fc.assert(fc.property(fc.string({ unit, maxLength: 40 }), expectSame), { numRuns: 2_000 });
  });
});

describe('a dictionary', () => {
  const entries = [
    { word: '企业', frequency: 100 },
    { word: '业主', frequency: 50 },
    { word: '主', frequency: 30 },
    { word: '企', frequency: 5 },
  ];

  it('cuts by the most probable row of words, not by the longest word', () => {
    // 企业 + 主 is likelier than 企 + 业主.
    expect(new WordDictionary(entries).cut('企业主')).toEqual(['企业', '主']);
    expect(new WordDictionary([...entries, { word: '业主', frequency: 5_000 }]).cut('企业主')).toEqual(['企', '业主']);
  });

  it('takes an added word back, and leaves a word of its own as it was', () => {
    const dictionary = new WordDictionary(entries);
    for (const word of ['企业主', '业主', '业主']) dictionary.add(word);
    expect(dictionary.cut('企业主')).toEqual(['企业主']);
    for (const word of ['企业主', '业主', '无此词']) dictionary.remove(word);
    expect(dictionary.cut('企业主')).toEqual(['企业', '主']);
    expect(dictionary.cut('业主')).toEqual(['业主']);
  });

  it('grows with its words', () => {
    const words = Array.from({ length: 300_000 }, (_, at) => `${String.fromCharCode(0x4e00 + (at % 20_000))}${at}`);
    const dictionary = new WordDictionary(words.map((word) => ({ word, frequency: 1 })));
    for (const word of [words[0]!, words[123_456]!, words.at(-1)!]) expect(dictionary.cut(word)).toEqual([word]);
  });

  it('without any word cuts characters, the rare ones of two units too', () => {
    expect(new WordDictionary([]).cut('企𠀀a')).toEqual(['企', '𠀀', 'a']);
    expect(new WordDictionary([]).cut('')).toEqual([]);
  });
});

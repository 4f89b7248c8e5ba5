import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_PARTS, measure, splitReply, splitText, type TextLimit } from '../../src/delivery/split.ts';
import type { Block, ReplyMessage } from '../../src/domain/message.ts';
import { renderText } from '../../src/domain/render.ts';

/** The same cases in every run. */
fc.configureGlobal({ seed: 20_240_101 });

const units: readonly TextLimit['textUnit'][] = ['utf16', 'utf8-bytes'];
const text = fc.string({ unit: fc.constantFrom('融', '资', 'a', '，', '。', '；', '\n', ' ', '😀', '𠮷', '！'), maxLength: 120 });

describe('splitText', () => {
  it('gives pieces that joined are the text, each within the limit in its unit, none inside a character', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 4, max: 60 }), fc.constantFrom(...units), (text, max, unit) => {
        const pieces = splitText(text, max, unit);
        expect(pieces.join('')).toBe(text);
        for (const piece of pieces) {
          expect(measure(piece, unit)).toBeLessThanOrEqual(max);
          expect(piece.isWellFormed()).toBe(true);
        }
        if (text !== '') expect(pieces).not.toContain('');
      }),
    );
  });

  it.each([
    ['at the end of a paragraph', '第一段话\n第二段，很长。', 8, ['第一段话\n', '第二段，很长。']],
    ['at the end of a sentence', '前一句。后一句，还有', 8, ['前一句。', '后一句，还有']],
    ['at a comma', '前半句，后半句很长', 8, ['前半句，', '后半句很长']],
    ['anywhere when there is no better place', '一二三四五六七八九', 4, ['一二三四', '五六七八', '九']],
    ['not at all when it fits', '刚好。', 3, ['刚好。']],
  ])('cuts %s', (_, text, max, expected) => {
    expect(splitText(text, max, 'utf16')).toEqual(expected);
  });

  it('counts three bytes for a Chinese character where bytes are the limit', () => {
    expect(splitText('一二三四', 6, 'utf8-bytes')).toEqual(['一二', '三四']);
  });

  it('lets one character through when the limit is smaller still', () => {
    expect(splitText('😀a', 1, 'utf16')).toEqual(['😀', 'a']);
  });
});

const source = (section: number): Block => ({
  kind: 'source',
  citation: {
    documentId: 'd',
    documentTitle: '计划',
    section,
    sectionTitle: '标题',
    part: null,
    quote: '',
    issued: null,
    page: null,
    asOf: null,
    revision: null,
  },
});
const message = (blocks: readonly Block[]): ReplyMessage => ({
  title: '优化金融服务',
  tone: 'answer',
  blocks,
  buttons: [[{ label: '转人工', action: { kind: 'hand-off', turnId: null } }]],
});
const sourcesOf = (messages: readonly ReplyMessage[]) => messages.flatMap(({ blocks }) => blocks.filter(({ kind }) => kind === 'source'));

describe('splitReply', () => {
  it('leaves a message that fits alone', () => {
    const short = message([{ kind: 'quote', text: '原文。' }, source(1)]);
    expect(splitReply(short, { maxText: 4_096, textUnit: 'utf16' })).toEqual([short]);
  });

  it('cuts a long quote, keeps every word of it, numbers the parts and puts source and buttons last', () => {
    const quote = '这是一句很长的原文。'.repeat(90);
    const parts = splitReply(message([{ kind: 'quote', text: quote }, source(1)]), { maxText: 600, textUnit: 'utf16' });
    expect(parts.map(({ title }) => title)).toEqual(['优化金融服务（1/3）', '优化金融服务（2/3）', '优化金融服务（3/3）']);
    expect(parts.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'quote' ? [block.text] : []))).join('')).toBe(quote);
    expect(parts.at(-1)!.blocks.at(-1)).toEqual(source(1));
    expect(parts.map(({ buttons }) => buttons.length)).toEqual([0, 0, 1]);
  });

  it('says where the rest stands when there would be too many parts', () => {
    const parts = splitReply(message([{ kind: 'quote', text: '长文。'.repeat(3_000) }, source(1), source(2)]), {
      maxText: 600,
      textUnit: 'utf16',
    });
    expect(parts).toHaveLength(MAX_PARTS);
    expect(parts.at(-1)!.blocks).toEqual([{ kind: 'note', text: '内容较长，其余部分请按出处查看原文' }, source(1), source(2)]);
  });

  it('sets facts that fill more than a message one by one, and keeps every word of them', () => {
    const items = Array.from({ length: 12 }, (_, at) => ({ label: `项目${at}`, value: '按文件规定办理。'.repeat(at === 5 ? 120 : 3) }));
    const parts = splitReply(message([{ kind: 'facts', items }]), { maxText: 700, textUnit: 'utf16' });
    expect(parts.length).toBeGreaterThan(1);
    const shown = parts.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'facts' ? block.items : [])));
    for (const { label, value } of items) {
      expect(shown.flatMap((fact) => (fact.label === label ? [fact.value] : [])).join('')).toBe(value);
    }
  });

  const block: fc.Arbitrary<Block> = fc.oneof(
    fc.array(text, { minLength: 1, maxLength: 6 }).map(
      (values): Block => ({
        kind: 'facts',
        items: values.map((value) => ({ label: '扶持金额', value: value.repeat(2) })),
      }),
    ),
    text.map((text): Block => ({ kind: 'quote', text: text.repeat(8) })),
    text.map((text): Block => ({ kind: 'paragraph', text })),
    fc.integer({ min: 1, max: 24 }).map(source),
    fc
      .array(fc.constantFrom('第1节 标题', '第2节 标题'), { minLength: 1, maxLength: 4 })
      .map((items): Block => ({ kind: 'list', title: '相关', items, numbered: true })),
  );
  const limit = fc.record({ maxText: fc.integer({ min: 500, max: 900 }), textUnit: fc.constantFrom(...units) });

  it('keeps each part within the limit, loses no source, and has the buttons on the last part only', () => {
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 6 }), limit, (blocks, limit) => {
        const parts = splitReply(message(blocks), limit);
        expect(parts.length).toBeLessThanOrEqual(MAX_PARTS);
        for (const part of parts)
          expect(measure(`${part.title}\n\n${renderText(part)}`, limit.textUnit)).toBeLessThanOrEqual(limit.maxText);
        expect(sourcesOf(parts)).toEqual(sourcesOf([message(blocks)]));
        expect(parts.map(({ buttons }) => buttons.length > 0)).toEqual(parts.map((_, at) => at === parts.length - 1));
      }),
    );
  });
});

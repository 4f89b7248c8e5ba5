import { describe, expect, it } from 'vitest';
import { plainWords, readCard } from '../../../src/console/admin/pages/editor/feishu-json.ts';

describe('reading Feishu cards', () => {
  it('reads title, colour and elements at any depth', () => {
    const { title, template, elements } = readCard({
      header: { title: { tag: 'plain_text', content: '标题' }, template: 'blue' },
      body: {
        elements: [
          {
            tag: 'column_set',
            columns: [
              { tag: 'column', background_style: 'grey', elements: [{ tag: 'div', text: { content: '原文', text_size: 'notation' } }] },
            ],
          },
        ],
      },
    });
    expect([title, template]).toEqual(['标题', 'blue']);
    expect(elements[0]!.elements[0]).toMatchObject({ tag: 'column', isGrey: true, elements: [{ text: '原文', isSmall: true }] });
  });

  it('makes an empty card of what is none', () => {
    for (const card of [null, undefined, 'card', { header: 3, body: { elements: 'none' } }])
      expect(readCard(card)).toEqual({ title: '', template: 'grey', elements: [] });
  });

  it('shows bold Markdown as such and escapes as what they stand for', () => {
    expect(plainWords('**要点**：1\\*2 &#60;3')).toEqual([
      { text: '要点', isBold: true },
      { text: '：1*2 <3', isBold: false },
    ]);
  });
});

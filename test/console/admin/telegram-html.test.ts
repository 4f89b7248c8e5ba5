import { describe, expect, it } from 'vitest';
import { readTelegramHtml } from '../../../src/console/admin/pages/editor/telegram-html.ts';

describe('reading Telegram messages', () => {
  it('reads known tags as a tree', () => {
    expect(readTelegramHtml('<b>标题</b>\n<blockquote>原<i>文</i></blockquote>')).toEqual([
      { tag: 'b', href: null, children: ['标题'] },
      '\n',
      { tag: 'blockquote', href: null, children: ['原', { tag: 'i', href: null, children: ['文'] }] },
    ]);
  });

  it('decodes entities once', () => {
    expect(readTelegramHtml('1 &lt; 2 &amp;amp; &#20013;&quot;')).toEqual(['1 < 2 &amp; 中"']);
  });

  it('takes everything it does not know for text', () => {
    const html = '<script>alert(1)</script><img src=x onerror="a()"> < b';
    const nodes = readTelegramHtml(html);
    expect(nodes.every((node) => typeof node === 'string')).toBe(true);
    expect(nodes.map(String).join('')).toBe(html);
  });

  it('keeps links to web addresses only', () => {
    expect(readTelegramHtml('<a href="https://example.org/?a=1&amp;b=2">好</a>')).toEqual([
      { tag: 'a', href: 'https://example.org/?a=1&b=2', children: ['好'] },
    ]);
    for (const address of ['javascript:alert(1)', ' javascript:alert(1)', 'data:text/html,x', '//example.org']) {
      expect(readTelegramHtml(`<a href="${address}">坏</a>`)).toEqual([{ tag: 'a', href: null, children: ['坏'] }]);
    }
  });

  it('closes what is left open and passes over ends without a beginning', () => {
    expect(readTelegramHtml('</b><b>粗<i>斜</b>后')).toEqual([
      { tag: 'b', href: null, children: ['粗', { tag: 'i', href: null, children: ['斜'] }] },
      '后',
    ]);
    expect(readTelegramHtml('<b>粗')).toEqual([{ tag: 'b', href: null, children: ['粗'] }]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blocksOfHtml } from '../../../src/knowledge/import/formats/html-blocks.ts';
import { readHtml } from '../../../src/knowledge/import/formats/html.ts';
import { blocksOfMarkdown } from '../../../src/knowledge/import/formats/markdown-blocks.ts';
import type { RawBlock } from '../../../src/knowledge/import/raw-document.ts';

const show = (blocks: readonly RawBlock[]) =>
  blocks.map((block) =>
    block.kind === 'table' ? block.rows : block.kind === 'list' ? block.items : 'text' in block ? block.text : block.kind,
  );
const html = (source: string) => show(blocksOfHtml(source));
const page = (source: string) => readHtml({ name: 'a.html', bytes: new TextEncoder().encode(source) });

describe('HTML', () => {
  it('gives text only: no scripts, hidden or struck text, pictures or markup', () => {
    const source =
      '<p>看<b>得</b><a href="x">见</a><img src=x onerror=alert(1)></p><script>坏</script><style>坏</style><p style="display: none">坏</p><p hidden>坏</p><div aria-hidden="true">坏</div><del>坏</del><!-- 坏 --><noscript>坏</noscript><button>坏</button>';
    expect(html(source)).toEqual(['看得见']);
  });

  it('keeps what looks like markup but is text', () => {
    const texts = [
      '1. 不是列表',
      '# 不是标题',
      '2*3*4 与 _名称_',
      '[方括号](圆括号)',
      '- 不是项目',
      '> 不是引用',
      '甲|乙',
      '`代码`',
      '面积100m²',
    ];
    expect(html(texts.map((text) => `<p>${text.replaceAll('>', '&gt;')}</p>`).join(''))).toEqual(texts);
    expect(html('<p>面积100m<sup>2</sup></p>')).toEqual(['面积100m²']);
  });

  it('keeps every text as it is', () => {
    const text = fc
      .string({ unit: fc.constantFrom(...'政策1.*_#[]()>-+`~|!\\ a'), minLength: 1, maxLength: 16 })
      .map((raw) => `文${raw.replaceAll(/\s+/g, '')}字`);
    fc.assert(
      fc.property(text, (raw) => {
        const escaped = raw.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
        expect(html(`<p>${escaped}</p>`)).toEqual([raw]);
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  it('fills merged cells, and takes tables that arrange the page apart', () => {
    expect(
      html('<table><caption>表1</caption><tr><th rowspan=2>甲</th><th colspan=2>乙</th></tr><tr><td>丙</td><td>丁<br>戊</td></tr></table>'),
    ).toEqual([
      '表1',
      [
        ['甲', '乙', '乙'],
        ['甲', '丙', '丁\n戊'],
      ],
    ]);
    expect(
      html('<table><tr><td><p>左</p><table><tr><td>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table></td></tr></table>'),
    ).toEqual([
      '左',
      [
        ['甲', '乙'],
        ['丙', '丁'],
      ],
    ]);
  });

  it('survives spans without measure', () => {
    const [rows] = html('<table><tr><td colspan="99999999" rowspan="99999999">甲</td><td>乙</td></tr><tr><td>丙</td></tr></table>');
    expect((rows as string[][])[0]!.length).toBeLessThanOrEqual(101);
  });

  it('restores the numbers of lists, and joins lines of the source', () => {
    expect(html('<ol start="3"><li>甲</li><li>乙<ol><li>丙</li></ol></li></ol><p>同一\n  句话，分\n两行。</p>')).toEqual([
      ['3.甲', '4.乙', '1.丙'],
      '同一句话，分两行。',
    ]);
  });
});

describe('a web page', () => {
  it('is its article, with what the page declares', () => {
    const document = page(
      `<html><head><title>奖励办法 - 云港市政府门户网站</title><link rel="canonical" href="https://www.yungang.example/1.html"></head><body><nav>首页 政务公开</nav><ul class="menu"><li><a href="#">导航一</a></li></ul><div class="meta"><span>发文机关：云港市科技局</span><span>成文日期：2024-05-06</span></div><div><div class="article-content"><p>一、标准。${'首次认定奖励10万元。'.repeat(6)}</p></div></div><footer>版权所有</footer></body></html>`,
    );
    expect(document.meta).toEqual({
      title: '奖励办法',
      issuingBody: '云港市科技局',
      issuedOn: '2024-05-06',
      url: 'https://www.yungang.example/1.html',
    });
    expect(show(document.blocks)).toEqual([`一、标准。${'首次认定奖励10万元。'.repeat(6)}`]);
  });

  it('is refused when it has no text', () => {
    expect(() => page('<html><body><script>1</script></body></html>')).toThrow(expect.objectContaining({ code: 'IMPORT_DAMAGED' }));
  });
});

describe('Markdown', () => {
  const markdown = (source: string) => show(blocksOfMarkdown(source, 1));

  it('has headings, lists, tables and paragraphs, each with its line', () => {
    const source =
      '# 题 #\n\n一段\n\n小题\n---\n\n| 甲 | 乙 |\n|:--|--:|\n| 丙 | 丁\\|戊<br>己 |\n\n- 一\n* 二\n1) 三\n   续\n\n***\n\n```\n代码\n```';
    expect(markdown(source)).toEqual([
      '题',
      '一段',
      '小题',
      [
        ['甲', '乙'],
        ['丙', '丁|戊\n己'],
      ],
      ['· 一', '· 二', '1)三', '续'],
      'page-break',
      '代码',
    ]);
    expect(blocksOfMarkdown(source, 1).map(({ at }) => at.line)).toEqual([1, 3, 5, 8, 12, 17, 19]);
  });

  it('takes the markup of a line off', () => {
    expect(markdown('**粗**_斜_`码`~~删~~[链](http://a(b))![图](x)<b>标</b>\\*星\\* a_b_c 3*4*5')).toEqual(['粗斜码链标*星* a_b_c 3*4*5']);
  });

  it('joins wrapped lines, but not numbered ones, marked ones and whole sentences', () => {
    expect(markdown('同一句\n分两行，\n到此为止。\n第二句\n（一）项\n标题  \n正文')).toEqual([
      '同一句分两行，到此为止。\n第二句\n（一）项标题\n正文',
    ]);
  });
});

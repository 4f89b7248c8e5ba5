import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeReply } from '../../../src/channels/feishu/encode.ts';
import { escapeMarkdown } from '../../../src/channels/feishu/escape.ts';
import type { Block, Button, ReplyMessage } from '../../../src/domain/message.ts';
import { elementsOf, refusalOf } from '../../fakes/feishu-card-rules.ts';
import { readMessage } from '../../fakes/feishu-reader.ts';
import { ADDRESS, ANSWER, replyOf } from './messages.ts';

type Json = Readonly<Record<string, unknown>>;
const contentOf = (reply: Parameters<typeof encodeReply>[0]) => JSON.parse(encodeReply(reply).content) as Json;
const tagsOf = (blocks: readonly Block[]) =>
  (contentOf(replyOf(blocks)).body as { elements: { tag: string }[] }).elements.map(({ tag }) => tag);

const FACTS: Block = {
  kind: 'facts',
  items: [
    { label: '扶持金额', value: '最高100万元' },
    { label: '受理部门', value: '经发局' },
  ],
};

describe('the card', () => {
  it('is one the platform takes, and looks as designed', async () => {
    const card = contentOf(replyOf());
    expect(refusalOf('interactive', card, 0)).toBeNull();
    await expect(`${JSON.stringify(card, null, 2)}\n`).toMatchFileSnapshot('../../fixtures/feishu/answer-card.json');
  });

  it.each([
    ['answer', 'blue'],
    ['question', 'wathet'],
    ['refusal', 'grey'],
    ['plain', 'indigo'],
  ] as const)('gives the tone %s the colour %s', (tone, template) => {
    expect(contentOf(replyOf(null, { message: { ...ANSWER, tone } })).header).toMatchObject({ template });
  });

  it('rules off one run of sources, and leaves several with their quotes', () => {
    const [, quote, source] = ANSWER.blocks as [Block, Block, Block];
    expect(tagsOf([quote, source, source])).toEqual(['column_set', 'hr', 'div', 'div']);
    expect(tagsOf([quote, source, quote, source])).toEqual(['column_set', 'div', 'column_set', 'div']);
    expect(tagsOf([source])).toEqual(['div']);
  });

  it('numbers a list only where the reader may answer with the number', () => {
    const list = { kind: 'list', title: '您想问的是', items: ['贴息', '担保'] } as const;
    expect(readMessage('interactive', contentOf(replyOf([{ ...list, numbered: true }]))).text).toContain('您想问的是\n1. 贴息\n2. 担保');
    expect(readMessage('interactive', contentOf(replyOf([{ ...list, title: null, numbered: false }]))).text).toContain('· 贴息\n· 担保');
  });

  it('lets each button carry its action, the kind of chat and the thread', () => {
    const values = (address: typeof ADDRESS) =>
      elementsOf(contentOf(replyOf(null, { address })))
        .filter(({ tag }) => tag === 'button')
        .map(({ behaviors }) => (behaviors as { value: unknown }[])[0]?.value);
    expect(values(ADDRESS)).toEqual([
      { a: 't:2024-plan:6:4', k: 'g' },
      { a: 'h', k: 'g' },
      { a: 'f:u:turn-1', k: 'g' },
      { a: 'f:d:turn-1', k: 'g' },
    ]);
    expect(values({ ...ADDRESS, chatKind: 'private', threadId: 'omt_1' })[1]).toEqual({ a: 'h', k: 'p', t: 'omt_1' });
  });

  it('lays facts out in two columns', () => {
    const card = contentOf(replyOf([FACTS]));
    expect(refusalOf('interactive', card, 0)).toBeNull();
    const rows = (card.body as { elements: { tag: string; columns: { weight: number; elements: { text: { content: string } }[] }[] }[] })
      .elements;
    expect(rows.map(({ tag, columns }) => [tag, ...columns.map(({ elements }) => elements[0]?.text.content)])).toEqual([
      ['column_set', '扶持金额', '最高100万元'],
      ['column_set', '受理部门', '经发局'],
    ]);
  });

  it('writes more facts than a card holds rows of in lines, and stays a card', () => {
    const items = Array.from({ length: 30 }, (_, index) => ({ label: `项目${index}`, value: '见文件' }));
    const card = contentOf(replyOf([{ kind: 'facts', items }]));
    expect(refusalOf('interactive', card, 0)).toBeNull();
    expect(tagsOf([{ kind: 'facts', items }])).toEqual(['div']);
    expect(readMessage('interactive', card).text).toContain('项目0：见文件\n项目1：见文件');
  });

  it('shows tabs in lines as they fit, the open one in colour', () => {
    const tab = (label: string, section: number, isCurrent = false): Button => ({
      label,
      isCurrent,
      action: { kind: 'choose', documentId: 'guide', section },
    });
    const card = contentOf(
      replyOf(null, { message: { ...ANSWER, buttons: [[tab('条件', 1), tab('材料', 2, true), tab('流程', 3)], [tab('贴息', 4)]] } }),
    );
    expect(refusalOf('interactive', card, 0)).toBeNull();
    const buttons = elementsOf(card).filter(({ tag }) => tag === 'button');
    expect(buttons.map(({ type, width }) => [type, width])).toEqual([
      ['default', 'default'],
      ['primary', 'default'],
      ['default', 'default'],
      ['primary', 'fill'],
    ]);
    expect(elementsOf(card).filter(({ tag, flex_mode }) => tag === 'column_set' && flex_mode === 'flow')).toHaveLength(1);
  });

  it('keeps the preview to one line', () => {
    const card = contentOf(replyOf([{ kind: 'paragraph', text: `${'甲\n'.repeat(79)}😀` }]));
    expect((card.config as { summary: { content: string } }).summary.content).toMatch(/^[甲 ]{1,80}$/);
  });
});

describe('the plainer forms', () => {
  it('has a post of text nodes alone', () => {
    const post = contentOf(replyOf(null, { form: 'simple' }));
    expect(refusalOf('post', post, 0)).toBeNull();
    expect(elementsOf(post).every(({ tag, ...rest }) => tag === 'text' && Object.keys(rest).join() === 'text')).toBe(true);
    expect(readMessage('post', post).text).toContain('▎对符合条件的企业，给予不超过实际融资额2%的贴息补助。');
  });

  it('has facts as lines in a post and in a text', () => {
    for (const form of ['simple', 'text'] as const) {
      const { msg_type } = encodeReply(replyOf([FACTS], { form }));
      expect(readMessage(msg_type, contentOf(replyOf([FACTS], { form }))).text).toContain('扶持金额：最高100万元\n受理部门：经发局');
    }
  });

  it('has a text with everything but the buttons', () => {
    expect(contentOf(replyOf(null, { form: 'text' })).text).toBe(
      [
        '【优化金融服务】',
        '可以申请贴息：',
        '',
        '对符合条件的企业，给予不超过实际融资额2%的贴息补助。',
        '',
        '出处：《2024年总体工作思路》第6节「优化金融服务」 · 第3页 · 2024年 · 截至2026-11-20',
        '',
        '（以发文机关的解释为准）',
      ].join('\n'),
    );
  });
});

const HOSTILE = [
  '<at user_id="all">所有人</at>',
  '<at id=all></at>',
  '[点我](https://example.com)',
  '**粗** ~~删~~ `码`',
  '@_all @所有人',
  '| a | b |\n|---|---|\n| 1 | 2 |',
  '<font color="red">红</font>',
  ':OK: #标题 > 引用',
];

const blocksOf = (text: string): Block[] => [
  { kind: 'paragraph', text },
  { kind: 'quote', text },
  { kind: 'list', title: text, items: [text], numbered: true },
  { kind: 'facts', items: [{ label: text, value: text }] },
  { kind: 'note', text },
];

describe('text from outside', () => {
  it.each(HOSTILE)('stays literal and calls nobody: %s', (text) => {
    for (const form of ['rich', 'simple', 'text'] as const) {
      const message: ReplyMessage = {
        ...ANSWER,
        title: text,
        blocks: blocksOf(text),
        buttons: [[{ label: text, action: { kind: 'hand-off', turnId: null } }]],
      };
      const { msg_type } = encodeReply(replyOf(null, { message, form }));
      const content = contentOf(replyOf(null, { message, form }));
      expect(refusalOf(msg_type, content, 0)).toBeNull();
      const reading = readMessage(msg_type, content);
      expect(reading.mentions).toEqual([]);
      for (const line of text.split('\n')) expect(reading.text).toContain(line);
    }
  });

  it('has no markup left after escaping', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escapeMarkdown(text)).not.toMatch(/[<>~*\\[\]()`$_]|&(?!#\d+;|sim;)/);
      }),
    );
  });

  it('never makes a text message a mention or a link', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('<', '>', '[', ']', '(', ')', 'at user_id="all"', '</at>', '😀', '\ud800', '\0', '甲')),
        (parts) => {
          const { text } = contentOf(replyOf(blocksOf(parts.join('')), { form: 'text' })) as { text: string };
          expect(text).not.toMatch(/[<>\0]|\]\(/);
          expect(text.isWellFormed()).toBe(true);
        },
      ),
    );
  });

  it('is encoded without a fault, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('rich', 'simple', 'text'), (text, form) => {
        const { msg_type, content } = encodeReply(replyOf(blocksOf(text), { form }));
        expect(refusalOf(msg_type, JSON.parse(content), 0)).toBeNull();
        expect(content).not.toMatch(/\\u0000|\\ud[89a-f]/i);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeReply } from '../../../src/channels/telegram/encode.ts';
import { type Block, type Button, REPLY_FORMS, type ReplyMessage } from '../../../src/domain/message.ts';
import { formatSource, renderText } from '../../../src/domain/render.ts';
import { RICH } from '../../contracts/channel-contract.ts';
import { checkText } from '../../fakes/telegram-checks.ts';
import { replyTo } from './harness.ts';

const plain: ReplyMessage = { title: '问策', tone: 'plain', blocks: [{ kind: 'paragraph', text: '您好，请直接提问。' }], buttons: [] };
const encode = (message: ReplyMessage, form: (typeof REPLY_FORMS)[number] = 'rich') => encodeReply(replyTo({ message, form }));

/** The stretches of the text that an entity type covers. */
const covered = ({ text, entities = [] }: ReturnType<typeof encodeReply>, type: string) =>
  entities.filter((entity) => entity.type === type).map(({ offset, length }) => text.slice(offset, offset + length));

describe('a rich reply', () => {
  const payload = encode(RICH);
  const [, , source] = RICH.blocks;
  const citation = source?.kind === 'source' ? formatSource(source.citation) : '';

  it('is compact: a title, quotes with their source right below, a list, small print', () => {
    expect(payload.text).toBe(
      [
        '优化金融服务',
        '',
        '相关的规定是：',
        '',
        '对符合条件的企业，给予不超过实际融资额2%的贴息补助。',
        `出处：${citation}`,
        '',
        '每家企业每年最高100万元；连续支持3年（含2024年）。',
        '',
        '扶持金额：最高100万元',
        '申报时间：截至2026-12-31',
        '',
        '相关内容：',
        '· 搭建银企对接平台',
        '· 培育上市后备企业',
        '',
        '以发文机关的解释为准',
      ].join('\n'),
    );
  });

  it('marks what is title, quote, source and small print', () => {
    expect(covered(payload, 'bold')).toEqual(['优化金融服务', '出处：', '扶持金额：', '申报时间：', '相关内容：']);
    expect(covered(payload, 'blockquote')).toEqual(RICH.blocks.flatMap((block) => (block.kind === 'quote' ? [block.text] : [])));
    expect(covered(payload, 'italic')).toEqual(['以发文机关的解释为准']);
  });

  it('carries its buttons, no preview of links and no parse mode', () => {
    expect(payload.reply_markup?.inline_keyboard).toEqual([
      [
        { text: '查看全文', callback_data: 't:2024-plan:6:4' },
        { text: '转人工', callback_data: 'h' },
      ],
      [
        { text: '条件', callback_data: 'c:2024-plan:1' },
        { text: '● 材料', callback_data: 'c:2024-plan:2' },
      ],
      [{ text: '有帮助', callback_data: 'f:u:turn-1' }],
    ]);
    expect(payload.link_preview_options).toEqual({ is_disabled: true });
    expect(payload).not.toHaveProperty('parse_mode');
  });

  it('folds a long quote', () => {
    const quote = (length: number): ReplyMessage => ({ ...plain, blocks: [{ kind: 'quote', text: '策'.repeat(length) }] });
    expect(covered(encode(quote(300)), 'blockquote')).toHaveLength(1);
    expect(covered(encode(quote(301)), 'expandable_blockquote')).toHaveLength(1);
  });

  it('shows the title of a plain reply unless its text begins with it', () => {
    expect(encode(plain).text).toBe('问策\n\n您好，请直接提问。');
    expect(encode({ ...plain, blocks: [{ kind: 'paragraph', text: '问策是政策问答助手。' }] }).text).toBe('问策是政策问答助手。');
    expect(encode({ ...plain, title: '' }).text).toBe('您好，请直接提问。');
  });

  it('continues a row of more than eight buttons in the next', () => {
    const row = Array.from({ length: 9 }, (_, index): Button => ({ label: String(index), action: { kind: 'sample', index } }));
    expect(encode({ ...plain, buttons: [row, []] }).reply_markup?.inline_keyboard.map((keys) => keys.length)).toEqual([8, 1]);
  });

  it('puts three tabs in a row', () => {
    const tabs = Array.from(
      { length: 7 },
      (_, at): Button => ({ label: `方面${at}`, isCurrent: at === 4, action: { kind: 'choose', documentId: 'guide', section: at + 1 } }),
    );
    const keys = encode({ ...plain, buttons: [tabs] }).reply_markup?.inline_keyboard ?? [];
    expect(keys.map((row) => row.length)).toEqual([3, 3, 1]);
    expect(keys.flat().map(({ text }) => text)[4]).toBe('● 方面4');
  });

  it('keeps the longest action within the 64 bytes of a button', () => {
    const action = { kind: 'full-text', documentId: 'd'.repeat(40), section: 9999, revision: 999_999_999 } as const;
    const payload = encode({ ...plain, buttons: [[{ label: '全文', action }]] });
    expect(checkText({ ...payload })).toBeNull();
  });

  it('numbers a list the reader may answer with a number', () => {
    const list: Block = { kind: 'list', title: null, items: ['甲', '乙'], numbered: true };
    expect(encode({ ...plain, title: '', blocks: [list] }).text).toBe('1. 甲\n2. 乙');
  });
});

describe('plainer forms', () => {
  it('simple has the same text without blockquotes and buttons', () => {
    const payload = encode(RICH, 'simple');
    expect(payload.text).toBe(encode(RICH).text);
    expect(new Set(payload.entities?.map(({ type }) => type))).toEqual(new Set(['bold', 'italic']));
    expect(payload).not.toHaveProperty('reply_markup');
  });

  it('simple writes the choices of a question out, unless they are written already', () => {
    const button = (label: string): Button => ({ label, action: { kind: 'choose', documentId: 'plan', section: 1 } });
    const question: ReplyMessage = {
      title: '您想问的是',
      tone: 'question',
      blocks: [],
      buttons: [[button('甲')], [button('乙')], [{ label: '转人工', action: { kind: 'hand-off', turnId: null } }]],
    };
    expect(encode(question, 'simple').text).toBe('您想问的是\n\n1. 甲\n2. 乙');
    const written: Block = { kind: 'list', title: null, items: ['甲', '乙'], numbered: true };
    expect(encode({ ...question, blocks: [written] }, 'simple').text).toBe('您想问的是\n\n1. 甲\n2. 乙');
    expect(encode(question).text).toBe('您想问的是');
  });

  it('text is the plain rendering and nothing else', () => {
    const payload = encode(RICH, 'text');
    expect(payload.text).toBe(renderText(RICH));
    expect(payload).not.toHaveProperty('entities');
    expect(payload).not.toHaveProperty('reply_markup');
  });
});

describe('the place of a reply', () => {
  it('is the chat, the topic and the message replied to', () => {
    const address = { chatId: '-1001234567890', chatKind: 'group', threadId: '9', replyTo: '12' } as const;
    expect(encodeReply(replyTo({ address }))).toMatchObject({
      chat_id: -1_001_234_567_890,
      message_thread_id: 9,
      reply_parameters: { message_id: 12, allow_sending_without_reply: true },
    });
  });

  it('is the chat alone when there is nothing else', () => {
    const payload = encodeReply(replyTo({ address: { chatId: '42', chatKind: 'private', threadId: null, replyTo: null } }));
    expect(payload).not.toHaveProperty('message_thread_id');
    expect(payload).not.toHaveProperty('reply_parameters');
  });
});

describe('any text', () => {
  const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 });
  const sources = RICH.blocks.filter((block) => block.kind === 'source');
  const block: fc.Arbitrary<Block> = fc.oneof(
    fc.record({ kind: fc.constantFrom('paragraph' as const, 'quote' as const, 'note' as const), text: words }),
    fc.record({
      kind: fc.constant('list' as const),
      title: fc.option(words),
      items: fc.array(words, { maxLength: 4 }),
      numbered: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant('facts' as const),
      items: fc.array(fc.record({ label: words, value: words }), { minLength: 1, maxLength: 4 }),
    }),
    fc.constantFrom(...sources),
  );
  const message: fc.Arbitrary<ReplyMessage> = fc.record({
    title: words,
    tone: fc.constantFrom('answer' as const, 'question' as const, 'refusal' as const, 'plain' as const),
    blocks: fc.array(block, { minLength: 1, maxLength: 6 }),
    buttons: fc.constant(RICH.buttons),
  });

  it('is literal and verbatim in every form, with formatting Telegram accepts', () => {
    fc.assert(
      fc.property(message, fc.constantFrom(...REPLY_FORMS), (value, form) => {
        const payload = encode(value, form);
        for (const piece of value.blocks) if ('text' in piece) expect(payload.text).toContain(piece.text);
        for (const piece of value.blocks)
          if (piece.kind === 'facts') for (const fact of piece.items) expect(payload.text).toContain(fact.value);
        if (payload.text.trim() !== '') expect(checkText({ ...payload })).toBeNull();
        for (const { type } of payload.entities ?? []) expect(['bold', 'italic', 'blockquote', 'expandable_blockquote']).toContain(type);
      }),
      { numRuns: 300 },
    );
  });
});

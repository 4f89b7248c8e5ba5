import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { Update } from 'grammy/types';
import { describe, expect, it } from 'vitest';
import { decodeUpdate } from '../../../src/channels/telegram/decode.ts';
import { encodeAction } from '../../../src/domain/action.ts';
import type { IncomingContent } from '../../../src/domain/message.ts';
import {
  ALICE,
  callbackUpdate,
  entitiesOf,
  GROUP_CHAT,
  groupMessage,
  ME,
  type MessageFields,
  messageUpdate,
  OTHER_BOT,
  WRITTEN_S,
} from '../../fakes/telegram-updates.ts';

const NOW_MS = 1_760_000_123_000;
const decode = (update: unknown) => decodeUpdate(update, ME, NOW_MS);
const contentOf = (update: Update): IncomingContent | null => decode(update)?.message.content ?? null;
const inPrivate = (text: string, fields?: MessageFields) => contentOf(messageUpdate(1, text, fields));
const inGroup = (text: string, fields?: MessageFields) => contentOf(groupMessage(1, text, fields));

/** A message with a picture, a voice … instead of a text. */
const wordless = (fields: object) => ({ text: undefined, entities: undefined, ...fields }) as unknown as MessageFields;
const TEXT = { kind: 'text', text: '人才公寓怎么申请？' };
const HELP = { kind: 'command', name: 'help', args: '' };

describe('a message from Telegram', () => {
  it('carries who, where and when, and the keys of its repeats', () => {
    expect(decode(messageUpdate(77, '人才公寓怎么申请？', { message_id: 5 }))).toEqual({
      message: {
        channel: 'telegram',
        lane: 'telegram:42',
        messageId: '5',
        senderId: '42',
        content: TEXT,
        sentAtMs: WRITTEN_S * 1000,
        address: { chatId: '42', chatKind: 'private', threadId: null, replyTo: '5' },
      },
      dedupeKeys: [`tg:${ME.id}:77`, `tg:${ME.id}:42:5:0`],
    });
  });

  it('belongs to a topic only when Telegram says it is a topic message', () => {
    const inTopic = decode(groupMessage(1, '/ask 补贴', { is_topic_message: true, message_thread_id: 9 }))?.message;
    expect(inTopic?.address.threadId).toBe('9');
    expect(inTopic?.lane).toBe(`telegram:${GROUP_CHAT.id}:9`);
    const inThread = decode(groupMessage(1, '/ask 补贴', { message_thread_id: 9 }))?.message;
    expect(inThread?.address.threadId).toBeNull();
    expect(inThread?.lane).toBe(`telegram:${GROUP_CHAT.id}`);
  });

  it('has a key of its own once it is edited', () => {
    expect(decode(messageUpdate(1, '补贴', { edit_date: 1_760_000_050 }))?.dedupeKeys[1]).toBe(`tg:${ME.id}:42:1:1760000050`);
  });

  it('is cleaned of what no store can hold', () => {
    expect(inPrivate('a\0b\uD83Dc')).toEqual({ kind: 'text', text: 'ab\uFFFDc' });
  });

  it.each<[string, MessageFields]>([
    ['another bot', { from: OTHER_BOT }],
    ['ourselves', { from: ME }],
    ['an inline bot', { via_bot: OTHER_BOT }],
    ['an anonymous administrator', { sender_chat: GROUP_CHAT }],
    ['a channel, forwarded by itself', { is_automatic_forward: true }],
  ])('is not heard from %s', (_, fields) => {
    expect(inPrivate('补贴', fields)).toBeNull();
    expect(inGroup('@policy_bot 补贴', fields)).toBeNull();
  });

  it('is not heard from a channel, nor when edited', () => {
    expect(decode({ update_id: 1, channel_post: messageUpdate(1, '补贴').message })).toBeNull();
    expect(decode({ update_id: 1, edited_message: messageUpdate(1, '补贴').message })).toBeNull();
    expect(inPrivate('补贴', { chat: { id: -100, type: 'channel', title: '公告' } })).toBeNull();
  });
});

describe('in private', () => {
  it('every text is meant for us, a caption too', () => {
    expect(inPrivate('人才公寓怎么申请？')).toEqual(TEXT);
    expect(inPrivate('', wordless({ photo: [], caption: '人才公寓怎么申请？' }))).toEqual(TEXT);
  });

  it('a command is known by name, in any case', () => {
    expect(inPrivate('/start')).toEqual({ kind: 'command', name: 'start', args: '' });
    expect(inPrivate('/ASK  人才公寓 怎么申请？')).toEqual({ kind: 'command', name: 'ask', args: '人才公寓 怎么申请？' });
    expect(inPrivate('/topics@POLICY_bot')).toEqual({ kind: 'command', name: 'topics', args: '' });
  });

  it('a member of the house binds the chat to an account', () => {
    expect(inPrivate('/bind K7Q2-M4TX')).toEqual({ kind: 'command', name: 'bind', args: 'K7Q2-M4TX' });
    expect(inPrivate('/unbind@policy_bot')).toEqual({ kind: 'command', name: 'unbind', args: '' });
    expect(inPrivate('/whoami')).toEqual({ kind: 'command', name: 'whoami', args: '' });
    for (const name of ['bind', 'unbind', 'whoami']) expect(inGroup(`/${name}@policy_bot K7Q2-M4TX`)).toBeNull();
  });

  it('an unknown command asks for help, one of another bot nothing', () => {
    expect(inPrivate('/weather 泉州')).toEqual(HELP);
    expect(inPrivate('/ask@other_bot 补贴')).toBeNull();
  });

  it('a slash inside the text is no command', () => {
    expect(inPrivate('请看 /ask 补贴')).toEqual({ kind: 'text', text: '请看 /ask 补贴' });
  });

  it.each(['photo', 'sticker', 'voice', 'video', 'video_note', 'document', 'location', 'contact', 'poll', 'dice'])(
    'a %s is unsupported',
    (what) => {
      expect(inPrivate('', wordless({ [what]: {} }))).toEqual({ kind: 'unsupported', what });
    },
  );

  it('a document is a file, with its caption', () => {
    const document = { file_id: 'BQACAgUAAxk', file_unique_id: 'u', file_name: '2026年申报指南.pdf', file_size: 1234 };
    const file = { kind: 'file', fileId: 'BQACAgUAAxk', name: '2026年申报指南.pdf', bytes: 1234, caption: '' };
    expect(inPrivate('', wordless({ document }))).toEqual(file);
    expect(inPrivate('', wordless({ document, caption: ' 请收录 ' }))).toEqual({ ...file, caption: '请收录' });
    const { file_name: _name, file_size: _size, ...bare } = document;
    expect(inPrivate('', wordless({ document: bare }))).toEqual({ ...file, name: '', bytes: null });
    expect(inPrivate('', wordless({ document: { ...document, file_name: 'C:\\dir/../a\0.pdf' } }))).toMatchObject({ name: 'a.pdf' });
  });

  it('an animation is no file, though Telegram adds a document for old clients', () => {
    const document = { file_id: 'CgACAgQ', file_unique_id: 'u', file_name: 'giphy.mp4' };
    expect(inPrivate('', wordless({ animation: {}, document }))).toEqual({ kind: 'unsupported', what: 'animation' });
  });

  it('a pinned message or another notice says nothing', () => {
    expect(inPrivate('', wordless({ pinned_message: {} }))).toBeNull();
  });
});

describe('in a group', () => {
  it('talk among people is left alone', () => {
    expect(inGroup('人才公寓怎么申请？')).toBeNull();
    expect(inGroup('@policy_bot2 人才公寓怎么申请？')).toBeNull();
    expect(inGroup('', wordless({ sticker: {} }))).toBeNull();
    expect(inGroup('', wordless({ document: { file_id: 'BQACAgUAAxk' } }))).toBeNull();
  });

  it.each([
    '@policy_bot 人才公寓怎么申请？',
    '@POLICY_BOT，人才公寓怎么申请？',
    '人才公寓怎么申请？ @Policy_Bot',
    '@policy_bot @policy_bot 人才公寓怎么申请？',
  ])('a mention is meant for us and taken off: %s', (text) => {
    expect(inGroup(text)).toEqual(TEXT);
  });

  it('a mention is found by its UTF-16 offset, behind an emoji', () => {
    expect(inGroup('🏢👨‍👩‍👧 @policy_bot 怎么申请？')).toEqual({ kind: 'text', text: '🏢👨‍👩‍👧 怎么申请？' });
  });

  it('a mention by id is one', () => {
    const entities = [{ type: 'text_mention' as const, offset: 0, length: 2, user: ME }];
    expect(inGroup('问策 人才公寓怎么申请？', { entities })).toEqual(TEXT);
    const other = [{ type: 'text_mention' as const, offset: 0, length: 2, user: ALICE }];
    expect(inGroup('小陈 人才公寓怎么申请？', { entities: other })).toBeNull();
  });

  it('a mention that is only written, without an entity, is none', () => {
    expect(inGroup('@policy_bot 补贴', { entities: [] })).toBeNull();
  });

  it('a mention in a caption counts', () => {
    const caption = '@policy_bot 这是什么政策？';
    const picture = wordless({ photo: [], caption, caption_entities: entitiesOf(caption) });
    expect(inGroup('', picture)).toEqual({ kind: 'text', text: '这是什么政策？' });
  });

  it('a mention alone asks for help', () => {
    expect(inGroup('@policy_bot')).toEqual(HELP);
  });

  it('other mentions stay', () => {
    expect(inGroup('@policy_bot @alice_01 问的补贴')).toEqual({ kind: 'text', text: '@alice_01 问的补贴' });
  });

  it('a reply to us is meant for us, a reply to someone else not', () => {
    const reply = (from: object, more = {}) => ({ reply_to_message: { message_id: 3, from, ...more } }) as unknown as MessageFields;
    expect(inGroup('人才公寓怎么申请？', reply(ME))).toEqual(TEXT);
    expect(inGroup('人才公寓怎么申请？', reply(ALICE))).toBeNull();
    expect(inGroup('人才公寓怎么申请？', reply(ME, { forum_topic_created: {} }))).toBeNull();
  });

  it('our commands are meant for us, bare or with our name', () => {
    expect(inGroup('/ask 补贴')).toEqual({ kind: 'command', name: 'ask', args: '补贴' });
    expect(inGroup('/ask@policy_bot 补贴')).toEqual({ kind: 'command', name: 'ask', args: '补贴' });
    expect(inGroup('/ask @policy_bot 补贴')).toEqual({ kind: 'command', name: 'ask', args: '补贴' });
    expect(inGroup('/help')).toEqual(HELP);
  });

  it('commands of other bots are not, even if we are mentioned or replied to', () => {
    expect(inGroup('/ask@other_bot 补贴')).toBeNull();
    expect(inGroup('请 /ask@other_bot 补贴 @policy_bot')).toBeNull();
    expect(inGroup('/ask@other_bot 补贴', { reply_to_message: { from: ME } } as unknown as MessageFields)).toBeNull();
    expect(inGroup('/weather 泉州')).toBeNull();
    expect(inGroup('/weather@policy_bot 泉州')).toBeNull();
  });
});

describe('a pressed button', () => {
  const action = { kind: 'choose', documentId: '2024-plan', section: 6 } as const;
  const data = encodeAction(action);

  it('is the action it was made for, in the chat of its message', () => {
    expect(decode(callbackUpdate(8, data))).toEqual({
      message: {
        channel: 'telegram',
        lane: 'telegram:42',
        messageId: 'press-8',
        senderId: '42',
        content: { kind: 'action', action },
        sentAtMs: NOW_MS,
        address: { chatId: '42', chatKind: 'private', threadId: null, replyTo: '900' },
        repliesTo: ['900'],
      },
      dedupeKeys: [`tg:${ME.id}:8`, `tg:${ME.id}:press:press-8`],
    });
  });

  it('counts below a message too old to be shown', () => {
    const message = { chat: GROUP_CHAT, message_id: 12, date: 0 as const } as never;
    expect(decode(callbackUpdate(8, data, { message }))?.message.address).toEqual({
      chatId: String(GROUP_CHAT.id),
      chatKind: 'group',
      threadId: null,
      replyTo: '12',
    });
  });

  it('keeps to the topic of its message', () => {
    const message = { chat: GROUP_CHAT, message_id: 12, date: WRITTEN_S, is_topic_message: true, message_thread_id: 9 } as never;
    expect(decode(callbackUpdate(8, data, { message }))?.message.lane).toBe(`telegram:${GROUP_CHAT.id}:9`);
  });

  it('says nothing with data we did not make, or without a message', () => {
    expect(decode(callbackUpdate(8, 'rm -rf'))).toBeNull();
    expect(decode({ update_id: 8, callback_query: { id: '1', from: ALICE, chat_instance: '1', data } })).toBeNull();
  });
});

describe('whatever comes in', () => {
  interface Case {
    readonly name: string;
    readonly content: IncomingContent | null;
    readonly update: Update;
  }
  const file = new URL('../../fixtures/telegram/updates.jsonl', import.meta.url);
  const cases = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Case);

  it.each(cases)('$name', ({ update, content }) => {
    expect(contentOf(update)).toEqual(content);
  });

  it('is never thrown at', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true, withSparseArray: true }), (value) => void decode(value)),
    );
  });

  const anyEntity = fc.record({
    type: fc.constantFrom('mention', 'bot_command', 'text_mention', 'bold', 'unheard_of'),
    offset: fc.integer({ min: -2, max: 40 }),
    length: fc.integer({ min: -2, max: 40 }),
    user: fc.option(fc.constantFrom(ME, ALICE), { nil: undefined }),
  });
  const fragment = fc.constantFrom('/ask', '/help@', '@policy_bot', '@other_bot', '好', '😀', '\uD83D', '\0', ' ');
  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fragment, { maxLength: 12 }).map((fragments) => fragments.join('')),
  );
  const anyMessage = fc.record(
    {
      message_id: fc.integer(),
      date: fc.integer(),
      chat: fc.constantFrom({ id: 42, type: 'private' }, GROUP_CHAT),
      from: fc.constantFrom(ALICE, ME, OTHER_BOT),
      text: anyText,
      entities: fc.array(anyEntity, { maxLength: 4 }),
      caption: fc.oneof(anyText, fc.anything()),
      reply_to_message: fc.oneof(fc.constant({ from: ME }), fc.anything()),
      message_thread_id: fc.integer(),
      is_topic_message: fc.boolean(),
    },
    { requiredKeys: ['message_id', 'date', 'chat', 'from'] },
  );

  it('is decoded into text every store holds, for this channel, with keys', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        const decoded = decode({ update_id: 1, message });
        if (decoded === null) return;
        const { content, lane } = decoded.message;
        expect(lane.startsWith('telegram:')).toBe(true);
        expect(decoded.dedupeKeys).toHaveLength(2);
        const words = content.kind === 'text' ? content.text : content.kind === 'command' ? content.args : '';
        expect(words.isWellFormed()).toBe(true);
        expect(words).not.toContain('\0');
        if (content.kind === 'text') expect(words.trim()).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });
});

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeEvent } from '../../../src/channels/feishu/decode.ts';
import { cardEvent, messageEvent } from '../../fakes/feishu-events.ts';

const APP = { appId: 'cli_9f5343c580712544', encryptKey: '', verificationToken: 'token', botOpenId: 'ou_bot_123' };
const CONTEXT = { appId: APP.appId, botOpenId: APP.botOpenId };
const US = { key: '@_user_1', openId: APP.botOpenId, name: '政策助手' };

const decode = (envelope: unknown) => decodeEvent(envelope, CONTEXT)?.message ?? null;
const contentOf = (fields: Parameters<typeof messageEvent>[1]) => decode(messageEvent(APP, fields))?.content ?? null;
const textOf = (fields: Parameters<typeof messageEvent>[1]) => {
  const content = contentOf(fields);
  return content?.kind === 'text' ? content.text : content;
};

interface Fixture {
  readonly name: string;
  readonly payload: { readonly header?: Record<string, unknown>; readonly event?: Record<string, unknown> };
  readonly expected: unknown;
}

const FIXTURES = readFileSync(new URL('../../fixtures/feishu/events.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Fixture);

describe('recorded events', () => {
  it.each(FIXTURES)('reads $name', ({ payload, expected }) => {
    expect(decode(payload)?.content ?? null).toEqual(expected);
  });

  it.each(FIXTURES)('reads the flat form the SDK gives of $name', ({ payload, expected }) => {
    const flat = { ...payload.header, ...payload.event };
    expect(decode({ header: flat, event: flat })?.content ?? null).toEqual(expected);
  });

  it('keeps the place, the sender, the time and the key of the documented example', () => {
    const fixture = FIXTURES.find(({ name }) => name.startsWith('the documentation'));
    expect(decodeEvent(fixture?.payload, CONTEXT)).toEqual({
      message: {
        channel: 'feishu',
        lane: 'feishu:oc_5ce6d572455d361153b7xx51da133945:omt_d4be107c616',
        messageId: 'om_5ce6d572455d361153b7cb51da133945',
        senderId: 'ou_84aad35d084aa403a838cf73ee18467',
        content: { kind: 'text', text: 'hello' },
        sentAtMs: 1609073151345,
        address: {
          chatId: 'oc_5ce6d572455d361153b7xx51da133945',
          chatKind: 'group',
          threadId: 'omt_d4be107c616',
          replyTo: 'om_5ce6d572455d361153b7cb51da133945',
        },
        repliesTo: ['om_5ce6d572455d361153b7cb5xxfsdfsdfdsf'],
      },
      dedupeKeys: [`fs:msg:${APP.appId}:om_5ce6d572455d361153b7cb51da133945`],
    });
  });
});

describe('mentions', () => {
  const group = { chatType: 'group' } as const;

  it('takes only our own key out, and puts names for the others', () => {
    const zhang = { key: '@_user_2', openId: 'ou_zhang', name: '张三' };
    expect(textOf({ ...group, text: '@_user_1 @_user_2 问的补贴怎么申请', mentions: [US, zhang] })).toBe('@张三 问的补贴怎么申请');
  });

  it('tells @_user_1 from @_user_10', () => {
    const others = Array.from({ length: 9 }, (_, index) => ({
      key: `@_user_${index + 2}`,
      openId: `ou_${index + 2}`,
      name: `第${index + 2}位`,
    }));
    expect(textOf({ ...group, text: '@_user_1 问 @_user_10 和 @_user_2', mentions: [US, ...others] })).toBe('问 @第10位 和 @第2位');
  });

  it('does not read a name that looks like a key again', () => {
    const odd = { key: '@_user_2', openId: 'ou_odd', name: '_user_3' };
    const third = { key: '@_user_3', openId: 'ou_third', name: '李四' };
    expect(textOf({ ...group, text: '@_user_1 @_user_2 你好', mentions: [US, odd, third] })).toBe('@_user_3 你好');
  });

  it('leaves a key that stands for nobody', () => {
    expect(textOf({ text: '什么是 @_user_7' })).toBe('什么是 @_user_7');
  });

  it('is not moved by a mention of everybody', () => {
    expect(contentOf({ ...group, text: '@_all 开会了' })).toBeNull();
    expect(contentOf({ ...group, text: '@_all 开会了', mentions: [{ key: '@_all', openId: '', name: '所有人' }] })).toBeNull();
    expect(textOf({ ...group, text: '@_all @_user_1 有什么补贴', mentions: [US] })).toBe('有什么补贴');
  });

  it('is not moved by its own name', () => {
    expect(contentOf({ ...group, text: '@_user_1 你好', mentions: [{ ...US, openId: 'ou_other' }] })).toBeNull();
    expect(contentOf({ ...group, text: '政策助手 你好' })).toBeNull();
  });

  it('leaves groups alone while its own id is unknown', () => {
    const unknown = { appId: APP.appId, botOpenId: null };
    expect(decodeEvent(messageEvent(APP, { ...group, text: '@_user_1 你好', mentions: [US] }), unknown)).toBeNull();
    expect(decodeEvent(messageEvent(APP, { ...group, text: '@_user_1 你好', mentions: [{ ...US, openId: '' }] }), unknown)).toBeNull();
    expect(decodeEvent(messageEvent(APP, { text: '你好' }), unknown)).not.toBeNull();
  });

  it('takes a bare mention for a call for help', () => {
    expect(contentOf({ ...group, text: '@_user_1 ', mentions: [US] })).toEqual({ kind: 'command', name: 'help', args: '' });
  });
});

describe('who and what', () => {
  it.each(['app', 'bot', 'anonymous', ''])('does not hear a sender of type "%s"', (senderType) => {
    expect(contentOf({ senderType })).toBeNull();
  });

  it('does not hear itself', () => {
    expect(contentOf({ senderId: APP.botOpenId })).toBeNull();
  });

  it.each([
    ['/help', 'help', ''],
    ['/START', 'start', ''],
    ['/ask  人才公寓怎么申请', 'ask', '人才公寓怎么申请'],
    ['/topics', 'topics', ''],
    ['/weather 泉州', 'help', ''],
  ])('reads "%s" as a command', (text, name, args) => {
    expect(contentOf({ text })).toEqual({ kind: 'command', name, args });
    expect(contentOf({ text: `@_user_1 ${text}`, chatType: 'group', mentions: [US] })).toEqual({ kind: 'command', name, args });
  });

  it.each(['帮助', 'help', '/2024年补贴', '/etc/passwd', '／help'])('reads "%s" as words', (text) => {
    expect(contentOf({ text })).toEqual({ kind: 'text', text });
  });

  it('reads a post with all it may hold, bare or in a locale', () => {
    const post = {
      title: '请教',
      content: [
        [
          { tag: 'at', user_id: '@_user_1', user_name: '政策助手' },
          { tag: 'text', text: ' 贴息 @_user_1 ', style: ['bold'] },
          { tag: 'a', text: '办法', href: 'https://example.com' },
        ],
        [{ tag: 'img', image_key: 'img_1' }],
        [
          { tag: 'code_block', language: 'TEXT', text: '第6条' },
          { tag: 'at', user_id: '@_user_2', user_name: 'x' },
        ],
        [{ tag: 'md', text: '@_user_2 说的' }, { tag: 'hr' }, { tag: 'at', user_id: '@_all' }],
      ],
    };
    const zhang = { key: '@_user_2', openId: 'ou_zhang', name: '张三' };
    const expected = '请教\n 贴息 @_user_1 办法\n第6条@张三\n@张三 说的';
    for (const content of [post, { zh_cn: post }, { en_us: post }, { fr_fr: post }]) {
      expect(textOf({ messageType: 'post', content, chatType: 'group', mentions: [US, zhang] })).toBe(expected);
    }
  });

  it('tells a post of pictures from a bare mention', () => {
    const picture = { title: '', content: [[{ tag: 'img', image_key: 'img_1' }]] };
    expect(contentOf({ messageType: 'post', content: picture })).toEqual({ kind: 'unsupported', what: 'post' });
    expect(contentOf({ messageType: 'post', content: picture, chatType: 'group' })).toBeNull();
  });

  it('answers for other types in private only', () => {
    for (const messageType of ['image', 'file', 'audio', 'media', 'interactive', 'merge_forward', 'location']) {
      expect(contentOf({ messageType, content: {} })).toEqual({ kind: 'unsupported', what: messageType });
      expect(contentOf({ messageType, content: {}, chatType: 'group', mentions: [US] })).toBeNull();
    }
    expect(contentOf({ messageType: 'Robert"); DROP', content: {} })).toEqual({ kind: 'unsupported', what: 'unknown' });
  });

  it('reads a file in private, to be fetched by message and key', () => {
    const content = { file_key: 'file_v3_0012_d66d9a88-7766', file_name: '2026年申报指南.pdf' };
    const file = { kind: 'file', fileId: 'om_9:file_v3_0012_d66d9a88-7766', name: '2026年申报指南.pdf', bytes: null, caption: '' };
    expect(contentOf({ messageType: 'file', messageId: 'om_9', content })).toEqual(file);
    expect(contentOf({ messageType: 'file', content: { ...content, file_name: 'C:\\dir/../a\0.pdf' } })).toMatchObject({ name: 'a.pdf' });
    expect(contentOf({ messageType: 'file', content: { file_key: content.file_key } })).toMatchObject({ kind: 'file', name: '' });
    expect(contentOf({ messageType: 'file', content: { ...content, file_key: '../x' } })).toEqual({ kind: 'unsupported', what: 'file' });
    expect(contentOf({ messageType: 'file', content, chatType: 'group', mentions: [US] })).toBeNull();
  });

  it('reads the commands of members in private only', () => {
    expect(contentOf({ text: '/bind K7Q2-M4TX' })).toEqual({ kind: 'command', name: 'bind', args: 'K7Q2-M4TX' });
    for (const name of ['unbind', 'whoami']) expect(contentOf({ text: `/${name}` })).toEqual({ kind: 'command', name, args: '' });
    const inGroup = contentOf({ text: '@_user_1 /bind K7Q2-M4TX', chatType: 'group', mentions: [US] });
    expect(inGroup).toEqual({ kind: 'command', name: 'help', args: '' });
  });

  it('cleans what no store takes', () => {
    expect(textOf({ text: '补\u0000贴\ud800' })).toBe('补贴\ufffd');
  });

  it.each([
    ['messageId', 'om_x/../om_y?z='],
    ['messageId', '../users'],
    ['chatId', 'oc_1/members'],
    ['senderId', 'ou 1'],
  ])('refuses the id %s "%s"', (field, id) => {
    expect(contentOf({ [field]: id })).toBeNull();
  });

  it('passes over a malformed thread', () => {
    expect(decode(messageEvent(APP, { threadId: 'omt_1/../2' }))?.address.threadId).toBeNull();
  });
});

describe('button presses', () => {
  const press = (value: unknown) => decodeEvent(cardEvent(APP, { value, eventId: 'ev_1', messageId: 'om_1', chatId: 'oc_1' }), CONTEXT);

  it('reads who pressed what and where', () => {
    const received = press({ a: 'f:u:turn-1', k: 'g', t: 'omt_1' });
    expect(received).toMatchObject({
      message: {
        lane: 'feishu:oc_1:omt_1',
        messageId: 'ev_1',
        senderId: 'ou_person',
        content: { kind: 'action', action: { kind: 'feedback', vote: 'up', turnId: 'turn-1' } },
        address: { chatId: 'oc_1', chatKind: 'group', threadId: 'omt_1', replyTo: 'om_1' },
      },
      dedupeKeys: ['fs:card:ev_1'],
    });
    expect(Math.abs(Date.now() - (received?.message.sentAtMs ?? 0))).toBeLessThan(60_000);
  });

  it('reads values given as text', () => {
    expect(press('{"a":"h","k":"p"}')?.message).toMatchObject({
      content: { action: { kind: 'hand-off', turnId: null } },
      address: { chatKind: 'private' },
    });
    expect(press('h')?.message.content).toMatchObject({ action: { kind: 'hand-off', turnId: null } });
  });

  it('does not believe what a button claims', () => {
    expect(press({ a: 'h', k: 'owner', t: 'omt_1/..' })?.message.address).toMatchObject({ chatKind: 'group', threadId: null });
  });

  it.each([null, 1, [], {}, { a: 1 }, { a: 'x:y' }, { a: 'c:plan:6:7' }, '{"a":', { a: `f:u:${'x'.repeat(80)}` }])(
    'refuses the value %j',
    (value) => {
      expect(press(value)).toBeNull();
    },
  );
});

describe('any input', () => {
  it('never throws', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.constantFrom('im.message.receive_v1', 'card.action.trigger'), (header, event, type) => {
        decodeEvent(header, CONTEXT);
        decodeEvent({ header: { event_type: type, ...(header as object) }, event }, CONTEXT);
      }),
    );
  });

  it('never throws for almost right messages', () => {
    const anyJson = fc.jsonValue();
    fc.assert(
      fc.property(anyJson, anyJson, anyJson, fc.constantFrom('text', 'post', 'image'), (content, mentions, extra, messageType) => {
        const event = messageEvent(APP, { messageType, content });
        const message = (event.event as { message: object }).message;
        decodeEvent({ ...event, event: { ...event.event, message: { ...message, mentions, thread_id: extra } } }, CONTEXT);
        decodeEvent(cardEvent(APP, { value: extra }), CONTEXT);
      }),
    );
  });

  it('gives back a private text as it was written, trimmed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (words) => {
        const text = `问${words}？`;
        if (!/@_|\0/.test(text)) expect(textOf({ text })).toBe(text.toWellFormed());
      }),
    );
  });
});

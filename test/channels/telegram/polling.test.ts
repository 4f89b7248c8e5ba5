import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Receive } from '../../../src/channels/channel.ts';
import { encodeAction } from '../../../src/domain/action.ts';
import { callbackUpdate, groupMessage, messageUpdate } from '../../fakes/telegram-server.ts';
import { Stage } from './harness.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open();
});
afterEach(() => stage.close());

const texts = () => stage.received.map(({ message: { content } }) => (content.kind === 'text' ? content.text : content.kind));

/** A promise and the key to it. */
function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  const { promise: opened, resolve: open } = Promise.withResolvers<void>();
  return { opened, open };
}

describe('polling', () => {
  it('receives in order, and confirms what is stored', async () => {
    for (const id of [5, 6, 9]) stage.telegram.push(messageUpdate(id, `第${id}问`));
    await stage.start('polling');
    await stage.telegram.settled();
    expect(texts()).toEqual(['第5问', '第6问', '第9问']);
    expect(stage.telegram.callsOf('getUpdates').at(-1)).toMatchObject({ offset: 10, timeout: 30 });
  });

  it('asks only for the kinds of update it reads', async () => {
    await stage.start('polling');
    const [first] = await stage.telegram.waitForCalls('getUpdates', 1);
    expect(first?.['allowed_updates']).toEqual(['message', 'callback_query', 'my_chat_member']);
    stage.telegram.push({ update_id: 1, edited_message: messageUpdate(1, '改').message } as never);
    stage.telegram.push(groupMessage(2, '/ask@other_bot 补贴'));
    await stage.telegram.settled();
    expect(stage.received).toEqual([]);
  });

  it('logs that it was added to a chat or blocked, and what it cannot read', async () => {
    await stage.start('polling');
    const chat = { id: -1001, type: 'supergroup', title: '企业服务群' };
    stage.telegram.push({ update_id: 1, my_chat_member: { chat, new_chat_member: { status: 'kicked' } } } as never);
    stage.telegram.push({ update_id: 2, message: '不是消息' } as never);
    await stage.telegram.settled();
    expect(stage.received).toEqual([]);
    expect(stage.logged.find((line) => line.includes('our place in a chat'))).toContain('"status":"kicked"');
    expect(stage.logged.some((line) => line.includes('unknown shape'))).toBe(true);
  });

  it('stands still at a message that cannot be stored, then goes on where it stood', async () => {
    const seen: string[] = [];
    let isDown = true;
    const triedTwice = gate();
    const receive: Receive = async ({ message: { messageId } }) => {
      seen.push(messageId);
      if (seen.filter((id) => id === '2').length === 2) triedTwice.open();
      if (messageId === '2' && isDown) throw new Error('the store is down');
    };
    for (const id of [1, 2, 3]) stage.telegram.push(messageUpdate(id, '补贴'));
    const channel = stage.create('polling');
    await channel.start(receive, stage.signal);
    await triedTwice.opened;
    expect(channel.state()).toEqual({ status: 'reconnecting', reason: 'messages cannot be stored' });
    expect(seen).not.toContain('3');
    expect(stage.telegram.pending).toBe(3);
    isDown = false;
    await stage.telegram.settled();
    expect(seen.filter((id) => id !== '2')).toEqual(['1', '3']);
    expect(seen.at(-1)).toBe('3');
    expect(channel.state().status).toBe('connected');
  });

  it('leaves what it could not store to the next start', async () => {
    const tried = gate();
    const failing: Receive = async () => {
      tried.open();
      throw new Error('the store is down');
    };
    stage.telegram.push(messageUpdate(1, '补贴'));
    const stop = new AbortController();
    const channel = stage.create('polling');
    await channel.start(failing, stop.signal);
    await tried.opened;
    stop.abort();
    await channel.stopped();
    expect(stage.telegram.pending).toBe(1);
    await stage.start('polling');
    await stage.telegram.settled();
    expect(texts()).toEqual(['补贴']);
  });

  it('delivers again what was stored but not confirmed before a stop, under the same keys', async () => {
    const keys: string[][] = [];
    const stop = new AbortController();
    stage.telegram.push(messageUpdate(1, '补贴'));
    const channel = stage.create('polling');
    const stored = gate();
    await channel.start(async ({ dedupeKeys }) => {
      keys.push([...dedupeKeys]);
      stop.abort();
      stored.open();
    }, stop.signal);
    await stored.opened;
    await channel.stopped();
    await channel.start(async ({ dedupeKeys }) => void keys.push([...dedupeKeys]), stage.signal);
    await stage.telegram.settled();
    expect(keys).toHaveLength(2);
    expect(keys[1]).toEqual(keys[0]);
  });

  it('tries again after every passing fault, says so, and loses nothing', async () => {
    const states: string[] = [];
    const wait = async () => {
      states.push(stage.channel.state().status);
      await setImmediate();
    };
    stage.telegram.fail({ method: 'getUpdates', reset: true });
    stage.telegram.fail({ method: 'getUpdates', status: 502, body: '<html>Bad Gateway</html>' });
    stage.telegram.fail({
      method: 'getUpdates',
      status: 429,
      body: { ok: false, error_code: 429, description: 'x', parameters: { retry_after: 1 } },
    });
    stage.telegram.fail({ method: 'getUpdates', status: 200, body: { ok: true, result: 'nonsense' } });
    stage.telegram.push(messageUpdate(1, '补贴'));
    const channel = await stage.start('polling', { wait });
    await stage.telegram.settled();
    expect(texts()).toEqual(['补贴']);
    expect(states).toEqual(['reconnecting', 'reconnecting', 'reconnecting', 'reconnecting']);
    expect(channel.state().status).toBe('connected');
  });

  it('fails for good when another process polls', async () => {
    const channel = await stage.start('polling');
    await stage.telegram.waitForCalls('getUpdates', 1);
    await fetch(`${stage.telegram.apiRoot}/bot${stage.telegram.token}/getUpdates`, { method: 'POST', body: '{}' });
    await channel.stopped();
    expect(channel.state()).toMatchObject({ status: 'failed', reason: expect.stringContaining('another process') as string });
    expect(stage.telegram.callsOf('getUpdates')).toHaveLength(2);
  });

  it('fails for good when the token is revoked', async () => {
    stage.telegram.fail({ method: 'getUpdates', status: 401, body: { ok: false, error_code: 401, description: 'Unauthorized' } });
    const channel = await stage.start('polling');
    await channel.stopped();
    expect(channel.state()).toMatchObject({ status: 'failed', reason: expect.stringContaining('token') as string });
  });

  it('stops in the middle of waiting for updates', async () => {
    const channel = await stage.start('polling');
    await stage.telegram.waitForCalls('getUpdates', 1);
    stage.stop();
    await channel.stopped();
    await stage.telegram.quiet();
    expect(channel.state()).toEqual({ status: 'idle' });
  });

  it('stops in the middle of a pause', async () => {
    const paused = gate();
    const wait = (_: number, signal: AbortSignal) =>
      new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => resolve());
        paused.open();
      });
    stage.telegram.fail({ method: 'getUpdates', reset: true });
    const channel = await stage.start('polling', { wait });
    await paused.opened;
    stage.stop();
    await channel.stopped();
    expect(stage.telegram.callsOf('getUpdates')).toHaveLength(1);
  });
});

describe('a pressed button', () => {
  const press = (id: number) => callbackUpdate(id, encodeAction({ kind: 'feedback', turnId: 'turn-1', vote: 'up' }));

  it('is answered once it is stored', async () => {
    await stage.start('polling');
    stage.telegram.push(press(1));
    await stage.telegram.waitForCalls('answerCallbackQuery', 1);
    expect(stage.received).toHaveLength(1);
    expect(stage.telegram.answers).toEqual([{ callback_query_id: 'press-1', text: '感谢您的反馈' }]);
  });

  it('is answered without words where there is nothing to say, even if we did not make it', async () => {
    await stage.start('polling');
    stage.telegram.push(callbackUpdate(1, 'h'));
    stage.telegram.push(callbackUpdate(2, 'stranger'));
    await stage.telegram.waitForCalls('answerCallbackQuery', 2);
    expect(stage.received).toHaveLength(1);
    expect(stage.telegram.answers).toEqual([{ callback_query_id: 'press-1' }, { callback_query_id: 'press-2' }]);
  });

  it('that is too old to be answered is received all the same', async () => {
    const description = 'Bad Request: query is too old and response timeout expired or query ID is invalid';
    stage.telegram.fail({ method: 'answerCallbackQuery', status: 400, body: { ok: false, error_code: 400, description } });
    await stage.start('polling');
    stage.telegram.push(press(1));
    stage.telegram.push(messageUpdate(2, '补贴'));
    await stage.telegram.settled();
    await stage.telegram.waitForCalls('answerCallbackQuery', 1);
    expect(texts()).toEqual(['action', '补贴']);
    stage.stop();
    await stage.channel.stopped();
    expect(stage.logged.some((line) => line.includes('query is too old'))).toBe(true);
  });
});

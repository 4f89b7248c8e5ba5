import { beforeEach, describe, expect, it } from 'vitest';
import { newTicket } from '../support/turns.ts';
import { type Admin, type Client, startAdmin } from './harness.ts';

let admin: Admin;
let zhou: Client;
beforeEach(async () => {
  admin = await startAdmin();
  zhou = await admin.signedIn('editor', 'zhou');
  await admin.tickets.commit(
    [newTicket({ address: { chatId: 'c', chatKind: 'private', threadId: null, replyTo: null } })],
    [],
    admin.now(),
  );
});
const step = (by: Client, name: string, version: number, words: object = {}) => by.post(`/tickets/ticket-1/${name}`, { version, ...words });

describe('a ticket in the console', () => {
  it('is answered, and answered once more when there is something to add', async () => {
    const first = await step(zhou, 'answer', 1, { text: '下月到账。' });
    expect([first.status, first.body.item.state]).toEqual([200, 'answered']);
    const second = await step(zhou, 'answer', 2, { text: '已到账。' });
    expect(second.status).toBe(200);
    expect((await step(zhou, 'claim', 3)).body.error).toMatchObject({ code: 'NOT_POSSIBLE' });
  });

  it('does not change under somebody who looks at an older state of it', async () => {
    expect((await step(zhou, 'claim', 7)).body.error.code).toBe('STALE');
    expect((await zhou.post('/tickets/nobody/answer', { version: 1, text: '好' })).status).toBe(404);
  });

  it('can no longer be added to when its asker has been erased', async () => {
    await step(zhou, 'answer', 1, { text: '下月到账。' });
    await admin.erasePerson('asker-1');
    const late = await step(zhou, 'answer', 3, { text: '已到账。' });
    expect([late.status, late.body.error.message]).toEqual([409, '提问人的信息已经删除，补充的答复无法送达。']);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorResponse } from '../../../src/channels/web/schemas.ts';
import { AppError } from '../../../src/domain/errors.ts';
import { handled, startWeb } from './harness.ts';

describe('faults of the web channel', () => {
  it.each([
    ['no question', {}, '"question"'],
    ['an empty question', { question: '' }, '"question"'],
    ['a blank question', { question: ' \n\u3000' }, '"question"'],
    ['a question that is no string', { question: 7 }, '"question"'],
    ['a null question', { question: null }, '"question"'],
    ['an odd conversation id', { question: '问', conversationId: 'a b' }, '"conversationId"'],
    ['an empty conversation id', { question: '问', conversationId: '' }, '"conversationId"'],
    ['a long conversation id', { question: '问', conversationId: 'a'.repeat(65) }, '"conversationId"'],
    ['a conversation id that is no string', { question: '问', conversationId: 5 }, '"conversationId"'],
    ['an array', [], 'JSON object'],
    ['malformed JSON', '{"question":', 'JSON object'],
    ['a bare word', '"question"', 'JSON object'],
    ['nothing', '', '"question"'],
  ])('turns away %s with 400, naming what was expected', async (_name, body, named) => {
    const web = await startWeb({ handle: async () => handled(null) });
    const answer = await web.post('/api/v1/ask', body);
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({ error: { code: 'INPUT_INVALID', message: expect.stringContaining(named), hint: expect.any(String) } });
    expect(web.heard).toEqual([]);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=gbk'])('turns away %s', async (contentType) => {
    const web = await startWeb({ handle: async () => handled(null) });
    const response = await fetch(`${web.baseUrl}/api/v1/ask`, {
      method: 'POST',
      headers: { 'content-type': contentType },
      body: '{"question":"问"}',
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 'INPUT_INVALID' } });
  });

  it('turns away more than 64 KB with 413', async () => {
    const web = await startWeb({ handle: async () => handled(null) });
    const answer = await web.post('/api/v1/ask', { question: 'a'.repeat(65_536) });
    expect(answer).toMatchObject({ status: 413, body: { error: { code: 'INPUT_TOO_LARGE' } } });
  });

  it('answers any JSON with 200 or with 400 in the error shape', async () => {
    const web = await startWeb({ handle: async () => handled(null) });
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const { status, body } = await web.post('/api/v1/chat', JSON.stringify(value));
        expect([200, 400]).toContain(status);
        if (status === 400) expect(errorResponse.strict().safeParse(body).success).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('gives a fault of the catalogue its status and words', async () => {
    const web = await startWeb({ handle: () => Promise.reject(new AppError('RATE_LIMITED', 'Expected at most 20 questions a minute')) });
    const answer = await web.post('/api/v1/ask', { question: '问' });
    expect(answer).toEqual({
      status: 429,
      body: { error: { code: 'RATE_LIMITED', message: 'Expected at most 20 questions a minute', hint: 'Wait a moment and try again.' } },
    });
    expect(web.logged.map(({ level }) => level)).toEqual(['debug']);
  });

  it('keeps an unknown fault to itself and the log', async () => {
    const web = await startWeb({ handle: () => Promise.reject(new Error('secret detail')) });
    const response = await fetch(`${web.baseUrl}/api/v1/ask`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"question":"问"}',
    });
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ error: { code: 'INTERNAL' } });
    expect(text).not.toContain('secret');
    expect(web.logged).toHaveLength(1);
    expect(web.logged[0]).toMatchObject({
      level: 'error',
      fields: { code: 'INTERNAL', correlationId: response.headers.get('x-correlation-id') },
    });
  });

  it.each(['/api', '/api/v1', '/api/v1/unknown', '/api/v1/ask', '/api/v2/topics'])('answers GET %s with 404 as JSON', async (path) => {
    const web = await startWeb();
    expect(await web.get(path)).toMatchObject({ status: 404, body: { error: { code: 'NOT_FOUND' } } });
  });

  it('answers an address that cannot be read with 400', async () => {
    const web = await startWeb();
    expect(await web.get('/api/v1/sections/%E0%A4%A/1')).toMatchObject({ status: 400, body: { error: { code: 'INPUT_INVALID' } } });
  });
});

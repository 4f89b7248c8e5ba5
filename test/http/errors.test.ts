import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { Router } from 'express';
import { describe, expect, it, onTestFinished } from 'vitest';
import { countInMemory } from '../../src/conversations/rate-limit.ts';
import { AppError } from '../../src/domain/errors.ts';
import { type ErrorWording, errorHandler, unknownRoute } from '../../src/http/errors.ts';
import { createHttp } from '../../src/server.ts';

const WORDS = {
  misread: ({ status, type }, cause) => new AppError('INPUT_INVALID', `${status} ${type}`, { hint: 'Again.', cause }),
  broken: (cause) => new AppError('INTERNAL', 'Broken', { hint: 'Later.', cause }),
} satisfies ErrorWording;

async function listen(app: express.Express): Promise<string> {
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Routes that go wrong, with the shared handler behind them. */
async function faulty(wording: Partial<ErrorWording> = {}) {
  const logged: { level: string; fields: object; message: string }[] = [];
  const at = (level: string) => (fields: object, message: string) => void logged.push({ level, fields, message });
  const log = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
  const app = express();
  app.post('/json', express.json({ limit: 10 }));
  app.get('/stale', () => {
    throw new AppError('STALE', 'Changed');
  });
  app.get('/bug', () => {
    throw new Error('secret');
  });
  // Has a status, but not one that says the request was wrong.
  app.get('/odd', () => {
    throw Object.assign(new Error('odd'), { status: 302 });
  });
  app.get('/begun', (_request, response) => {
    response.write('half');
    throw new Error('secret');
  });
  app.use(unknownRoute('the test'));
  app.use(errorHandler({ ...WORDS, journal: { log, newId: () => 'id-1', request: 'a test request' }, ...wording }));
  return { logged, base: await listen(app) };
}

const told = async (response: Response) => ({ status: response.status, body: await response.json() });

describe('what goes wrong with a request', () => {
  it('is said by the words of the place, and of the catalogue when it is one of the house', async () => {
    const { base, logged } = await faulty();
    const post = (body: string) => fetch(`${base}/json`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    expect(await told(await fetch(`${base}/stale`))).toMatchObject({ status: 409, body: { error: { code: 'STALE', message: 'Changed' } } });
    expect(await told(await post('{'))).toEqual({
      status: 400,
      body: { error: { code: 'INPUT_INVALID', message: '400 entity.parse.failed', hint: 'Again.' } },
    });
    expect(await told(await post('"0123456789"'))).toMatchObject({ body: { error: { message: '413 entity.too.large' } } });
    expect(await told(await fetch(`${base}/nowhere?q=1`))).toMatchObject({
      status: 404,
      body: { error: { message: 'Expected an address of the test, got GET /nowhere' } },
    });
    expect(logged).toHaveLength(4);
    for (const line of logged) expect(line).toMatchObject({ level: 'debug', message: 'a test request was turned away' });
  });

  it.each(['/bug', '/odd'])('keeps a fault of ours to the log, matched by an id: %s', async (path) => {
    const { base, logged } = await faulty();
    const response = await fetch(base + path);
    expect(response.headers.get('x-correlation-id')).toBe('id-1');
    expect(await told(response)).toEqual({ status: 500, body: { error: { code: 'INTERNAL', message: 'Broken', hint: 'Later.' } } });
    expect(logged).toMatchObject([
      { level: 'error', fields: { method: 'GET', path, code: 'INTERNAL', correlationId: 'id-1' }, message: 'a test request failed' },
    ]);
  });

  it('ends an answer that has begun', async () => {
    const sent: AppError[] = [];
    const { base, logged } = await faulty({ send: (error) => void sent.push(error) });
    await expect(fetch(`${base}/begun`).then((response) => response.text())).rejects.toThrow();
    expect(logged).toMatchObject([{ level: 'error' }]);
    expect(sent).toEqual([]);
  });

  it('is sent in the way of the place, which is told whether the request was misread', async () => {
    const { base } = await faulty({ send: ({ code }, response, fault) => void response.status(418).json({ code, fault }) });
    expect(await told(await fetch(`${base}/bug`))).toEqual({ status: 418, body: { code: 'INTERNAL', fault: null } });
    expect(await told(await fetch(`${base}/json`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' }))).toEqual(
      {
        status: 418,
        body: { code: 'INPUT_INVALID', fault: { status: 400, type: 'entity.parse.failed' } },
      },
    );
  });
});

describe('what goes wrong beside the APIs', () => {
  it.each([
    [new AppError('STORE_UNAVAILABLE', 'secret'), 503, 'STORE_UNAVAILABLE'],
    [Object.assign(new Error('secret'), { status: 416 }), 416, 'INPUT_INVALID'],
    [new Error('secret'), 500, 'INTERNAL'],
  ])('is a status and a code alone', async (error, status, code) => {
    const fail = async (): Promise<never> => {
      throw error;
    };
    const base = await listen(
      createHttp({
        webhooks: new Map(),
        web: Router(),
        admin: { api: Router(), page: null },
        trustProxy: 0,
        rates: countInMemory(),
        health: fail,
        metrics: fail,
      }),
    );
    expect(await told(await fetch(`${base}/readyz`))).toEqual({ status, body: { error: { code } } });
  });
});

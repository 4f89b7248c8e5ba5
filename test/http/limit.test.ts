import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Router } from 'express';
import { describe, expect, it, onTestFinished } from 'vitest';
import { countInMemory, type RateCounts } from '../../src/conversations/rate-limit.ts';
import { createHttp } from '../../src/server.ts';

/** A server whose question API always answers. */
async function listen(rates: RateCounts): Promise<string> {
  const web = Router().post('/api/v1/ask', (_request, response) => void response.json({}));
  const unused = async (): Promise<never> => {
    throw new Error('not asked for');
  };
  const admin = { api: Router(), page: null };
  const http = createHttp({ webhooks: new Map(), web, admin, trustProxy: 0, rates, health: unused, metrics: unused });
  const server = createServer(http).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/ask`;
}

const ask = (url: string): Promise<Response> => fetch(url, { method: 'POST' });

describe('questions from one address', () => {
  it('have one limit over all processes', async () => {
    const rates = countInMemory();
    const [one, other] = [await listen(rates), await listen(rates)];
    for (let asked = 0; asked < 600; asked++) expect((await ask(asked % 2 === 0 ? one : other)).status).toBe(200);
    for (const url of [one, other]) {
      const refused = await ask(url);
      expect(refused.status).toBe(429);
      expect(await refused.json()).toMatchObject({ error: { code: 'RATE_LIMITED', hint: expect.any(String) } });
    }
  });

  it('are let through when they cannot be counted', async () => {
    const url = await listen({ count: () => Promise.reject(new Error('away')) });
    expect((await ask(url)).status).toBe(200);
  });
});

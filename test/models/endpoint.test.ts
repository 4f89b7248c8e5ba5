import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createBudget } from '../../src/models/budget.ts';
import { createChatModel } from '../../src/models/chat.ts';
import type { Endpoint } from '../../src/models/endpoint.ts';
import { estimateOf, rewriteTask } from '../../src/models/prompts.ts';
import { MODEL_KEY, type ModelMode } from '../fakes/model-server.ts';
import { endpointOf, fakeModel, SHORT_MS } from './support.ts';

const answer = z.object({ question: z.string() });
const ask = (endpoint: Endpoint, signal?: AbortSignal) =>
  createChatModel(endpoint).ask('rewrite', rewriteTask('老板跑路了'), answer, signal);
const unavailable = (reason: string) => ({ kind: 'unavailable', reason });

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

describe('a call', () => {
  it('gives the answer of an endpoint that works', async () => {
    const model = await fakeModel();
    model.rewrites.set('老板跑路了', '企业拖欠工资怎么办');
    expect(await ask(endpointOf(model))).toEqual({ kind: 'ok', value: { question: '企业拖欠工资怎么办' } });
    expect(model.calls[0]!.body.model).toBe('test-model');
  });

  it.each<[ModelMode, string]>([
    ['hanging', 'timed-out'],
    ['dribbling', 'timed-out'],
    ['error', 'failed'],
    ['rate-limited', 'rate-limited'],
    ['unauthorised', 'refused'],
    ['unfit', 'unfit'],
    ['malformed', 'unreadable'],
    ['chatty', 'unreadable'],
    ['huge', 'unreadable'],
    ['closing', 'failed'],
    ['redirecting', 'failed'],
  ])('to an endpoint that is %s ends as %s', async (mode, reason) => {
    const model = await fakeModel(mode);
    const timeoutMs = reason === 'timed-out' ? SHORT_MS : 5_000;
    expect(await ask(endpointOf(model, { timeoutMs }))).toEqual(unavailable(reason));
    expect(model.calls.every(({ path }) => path === '/v1/chat/completions')).toBe(true);
  });

  it('to nobody ends as failed', async () => {
    const model = await fakeModel();
    const endpoint = endpointOf(model);
    await model.close();
    expect(await ask(endpoint)).toEqual(unavailable('failed'));
  });

  it('is never repeated by itself', async () => {
    const model = await fakeModel('error');
    await ask(endpointOf(model));
    expect(model.calls).toHaveLength(1);
  });

  it('ends with its signal', async () => {
    const model = await fakeModel('hanging');
    const asker = new AbortController();
    const asked = ask(endpointOf(model), asker.signal);
    await model.waitForCalls(1);
    asker.abort();
    expect(await asked).toEqual(unavailable('timed-out'));
    expect(await ask(endpointOf(model), asker.signal)).toEqual(unavailable('timed-out'));
    expect(model.calls).toHaveLength(1);
  });

  it('ends when we stop, and none begins after that', async () => {
    const model = await fakeModel('hanging');
    const stopping = new AbortController();
    const endpoint = endpointOf(model, { stop: stopping.signal });
    const asked = ask(endpoint);
    await model.waitForCalls(1);
    stopping.abort();
    expect(await asked).toEqual(unavailable('stopped'));
    expect(await ask(endpoint)).toEqual(unavailable('stopped'));
    expect(model.calls).toHaveLength(1);
  });

  it('asks again without what a picky model refuses, and remembers it', async () => {
    const model = await fakeModel('picky');
    const chat = createChatModel(endpointOf(model));
    for (const wanted of [2, 3]) {
      expect((await chat.ask('rewrite', rewriteTask('问'), answer)).kind).toBe('ok');
      expect(model.calls).toHaveLength(wanted);
    }
    expect(Object.keys(model.calls[2]!.body).sort()).toEqual(['messages', 'model']);
  });
});

describe('what is sent', () => {
  it('are the key, the model and the messages, and nothing of this machine or its environment', async () => {
    vi.stubEnv('OPENAI_API_KEY', 'sk-of-somebody-else');
    vi.stubEnv('OPENAI_ORG_ID', 'org-of-somebody-else');
    vi.stubEnv('OPENAI_BASE_URL', 'http://127.0.0.1:9');
    vi.stubEnv('OPENAI_CUSTOM_HEADERS', 'x-secret: from the environment');
    const model = await fakeModel();
    await ask(endpointOf(model));
    const { headers } = model.calls[0]!;
    expect(headers.authorization).toBe(`Bearer ${MODEL_KEY}`);
    const ours = Object.keys(headers).filter(
      (name) =>
        !['host', 'connection', 'content-length', 'accept-language', 'sec-fetch-mode', 'accept-encoding', 'user-agent'].includes(name),
    );
    expect(ours.sort()).toEqual(['accept', 'authorization', 'content-type']);
    expect(JSON.stringify(headers)).not.toMatch(/somebody|environment|stainless|linux|darwin|windows/i);
  });

  it('is no key where none is set', async () => {
    const model = await fakeModel();
    const settings = { baseUrl: model.baseUrl, apiKey: null, model: 'test-model', timeoutMs: 5_000 };
    expect((await ask(endpointOf(model, { settings }))).kind).toBe('ok');
    expect(model.calls[0]!.headers.authorization).toBeUndefined();
  });
});

describe('a breaker', () => {
  it('opens after failures in a row, lets one call through after a rest, and closes when it succeeds', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const model = await fakeModel('error');
    const states: boolean[] = [];
    const endpoint = endpointOf(model, { breaker: { failures: 3, restMs: 1_000 }, onBreaker: (isOpen) => states.push(isOpen) });
    for (let call = 0; call < 3; call++) expect(await ask(endpoint)).toEqual(unavailable('failed'));
    for (let call = 0; call < 3; call++) expect(await ask(endpoint)).toEqual(unavailable('circuit-open'));
    expect(model.calls).toHaveLength(3);

    vi.setSystemTime(Date.now() + 1_001);
    expect(await ask(endpoint)).toEqual(unavailable('failed'));
    expect(await ask(endpoint)).toEqual(unavailable('circuit-open'));
    expect(model.calls).toHaveLength(4);

    vi.setSystemTime(Date.now() + 1_001);
    model.mode = 'honest';
    expect((await ask(endpoint)).kind).toBe('ok');
    expect((await ask(endpoint)).kind).toBe('ok');
    expect(states).toEqual([true, true, false]);
  });

  it('opens for an endpoint that hangs, whoever loses patience first', async () => {
    const model = await fakeModel('hanging');
    const endpoint = endpointOf(model, { timeoutMs: SHORT_MS, breaker: { failures: 2, restMs: 60_000 } });
    await ask(endpoint);
    const asker = new AbortController();
    const asked = ask(endpoint, asker.signal);
    await model.waitForCalls(2);
    asker.abort();
    await asked;
    expect(await ask(endpoint)).toEqual(unavailable('circuit-open'));
  });

  it('lets nobody wait for the call that tries whether the endpoint is back', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const model = await fakeModel('error');
    const endpoint = endpointOf(model, { timeoutMs: 60_000, breaker: { failures: 1, restMs: 1_000 } });
    await ask(endpoint);
    vi.setSystemTime(Date.now() + 1_001);
    model.mode = 'hanging';
    const asker = new AbortController();
    const trying = ask(endpoint, asker.signal);
    await model.waitForCalls(2);
    expect(await ask(endpoint)).toEqual(unavailable('circuit-open'));
    asker.abort();
    expect(await trying).toEqual(unavailable('timed-out'));
  });

  it('counts neither input that is refused nor our own stop', async () => {
    const model = await fakeModel('unfit');
    const endpoint = endpointOf(model, { breaker: { failures: 1, restMs: 60_000 } });
    for (let call = 0; call < 3; call++) expect(await ask(endpoint)).toEqual(unavailable('unfit'));
  });
});

describe('a budget', () => {
  it('stops calls when it is used up', async () => {
    const model = await fakeModel();
    const estimate = 1_000;
    model.usage = 700;
    const budget = createBudget({ tokensPerDay: 1_500, now: Date.now, file: null });
    const endpoint = endpointOf(model, { budget });
    const call = () => endpoint.call('rewrite', estimate, async () => ({ value: 1, tokens: model.usage }));
    expect((await call()).kind).toBe('ok');
    expect(budget.usedToday()).toBe(700);
    expect(await call()).toEqual(unavailable('over-budget'));
    expect(budget.usedToday()).toBe(700);
  });

  it('is charged what was set aside when nobody says what a call took', async () => {
    const budget = createBudget({ tokensPerDay: 100_000, now: Date.now, file: null });
    const model = await fakeModel('hanging');
    await ask(endpointOf(model, { budget, timeoutMs: SHORT_MS }));
    const setAside = estimateOf(rewriteTask('老板跑路了'));
    expect(budget.usedToday()).toBe(setAside);
    model.mode = 'honest';
    model.usage = null;
    await ask(endpointOf(model, { budget }));
    expect(budget.usedToday()).toBe(2 * setAside);
  });

  it('is not charged for calls the breaker keeps back', async () => {
    const budget = createBudget({ tokensPerDay: 100_000, now: Date.now, file: null });
    const model = await fakeModel('error');
    const endpoint = endpointOf(model, { budget, breaker: { failures: 1, restMs: 60_000 } });
    await ask(endpoint);
    const used = budget.usedToday();
    expect(await ask(endpoint)).toEqual(unavailable('circuit-open'));
    expect(budget.usedToday()).toBe(used);
  });

  it.each([-5, 1.5, Number.NaN, '900', null])('takes no nonsense for a count: %s', async (usage) => {
    const budget = createBudget({ tokensPerDay: 100_000, now: Date.now, file: null });
    const model = await fakeModel();
    model.usage = usage as number;
    expect((await ask(endpointOf(model, { budget }))).kind).toBe('ok');
    expect(budget.usedToday()).toBeGreaterThan(100);
  });
});

import { onTestFinished } from 'vitest';
import { type Budget, createBudget } from '../../src/models/budget.ts';
import { createEndpoint, type Endpoint, type EndpointOptions } from '../../src/models/endpoint.ts';
import { FakeModel, MODEL_KEY, type ModelMode } from '../fakes/model-server.ts';

/** The model server of the test in hand. */
export async function fakeModel(mode: ModelMode = 'honest'): Promise<FakeModel> {
  const model = await FakeModel.start();
  model.mode = mode;
  onTestFinished(() => model.close());
  return model;
}

export const ampleBudget = (): Budget => createBudget({ tokensPerDay: 1_000_000, now: Date.now, file: null });

/** An endpoint of a model server, with a time-out that only a server that hangs will meet. */
export function endpointOf(model: FakeModel, options: Partial<EndpointOptions> & { readonly timeoutMs?: number } = {}): Endpoint {
  const { timeoutMs = 5_000, ...others } = options;
  return createEndpoint({
    settings: { baseUrl: model.baseUrl, apiKey: MODEL_KEY, model: 'test-model', timeoutMs },
    budget: ampleBudget(),
    stop: new AbortController().signal,
    maxAnswerBytes: 256 * 1024,
    ...others,
  });
}

/** A time-out for servers that never answer. */
export const SHORT_MS = 60;

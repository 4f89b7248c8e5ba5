import {
  CircuitState,
  circuitBreaker,
  ConsecutiveBreaker,
  handleWhen,
  isBrokenCircuitError,
  isTaskCancelledError,
  TimeoutStrategy,
  timeout,
  wrap,
} from 'cockatiel';
import { APIError, OpenAI } from 'openai';
import { z } from 'zod';
import type { Budget } from './budget.ts';
import { guardedFetch } from './guarded-fetch.ts';
import { type ModelUse, type Outcome, UnreadableAnswer, type UnavailableReason, unavailable } from './outcome.ts';

/** An OpenAI-compatible API and the model to use there. */
export interface EndpointSettings {
  readonly baseUrl: string;
  /** Null: the endpoint asks for none. */
  readonly apiKey: string | null;
  readonly model: string;
  /** Longest a call may take, in milliseconds, its answer read to the end. */
  readonly timeoutMs: number;
}

/** When a failing endpoint is left alone: after so many failures in a row, for so long; then one call is let through to try. */
export interface BreakerSettings {
  readonly failures: number;
  readonly restMs: number;
}

export const DEFAULT_BREAKER: BreakerSettings = { failures: 5, restMs: 30_000 };

export interface EndpointOptions {
  readonly settings: EndpointSettings;
  readonly budget: Budget;
  /** Ends all calls. */
  readonly stop: AbortSignal;
  readonly maxAnswerBytes: number;
  readonly breaker?: BreakerSettings;
  readonly onCall?: (use: ModelUse, result: 'ok' | UnavailableReason, tookMs: number) => void;
  /** The endpoint is left alone from now on, or is used again. */
  readonly onBreaker?: (isOpen: boolean) => void;
}

/** What a call gives: its value, and the tokens the endpoint says it took (null: it does not say). */
export interface Taken<T> {
  readonly value: T;
  readonly tokens: number | null;
}

/** One API with all that keeps it from holding up or costing more than it should. */
export interface Endpoint {
  readonly settings: EndpointSettings;
  /**
   * Runs one call. Never rejects, and never takes longer than the time-out; `signal` may end it sooner, which counts as a failure of the endpoint too.
   * @param estimate tokens it may take
   */
  call<T>(
    use: ModelUse,
    estimate: number,
    run: (client: OpenAI, signal: AbortSignal) => Promise<Taken<T>>,
    signal?: AbortSignal,
  ): Promise<Outcome<T>>;
}

export function createEndpoint({
  settings,
  budget,
  stop,
  maxAnswerBytes,
  breaker = DEFAULT_BREAKER,
  onCall,
  onBreaker,
}: EndpointOptions): Endpoint {
  const { baseUrl, apiKey, timeoutMs } = settings;
  // Everything the library would otherwise take from the environment is given.
  const client = new OpenAI({
    baseURL: baseUrl,
    apiKey: apiKey ?? 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    maxRetries: 0,
    timeout: timeoutMs,
    logLevel: 'off',
    fetch: guardedFetch({ hasKey: apiKey !== null, maxBytes: maxAnswerBytes }),
  });
  const circuit = circuitBreaker(
    handleWhen((error) => !stop.aborted && !isUnfit(error)),
    { halfOpenAfter: breaker.restMs, breaker: new ConsecutiveBreaker(breaker.failures) },
  );
  circuit.onBreak(() => onBreaker?.(true));
  circuit.onReset(() => onBreaker?.(false));
  const policy = wrap(circuit, timeout(timeoutMs, TimeoutStrategy.Aggressive));

  const reasonOf = (error: unknown): UnavailableReason => {
    if (stop.aborted) return 'stopped';
    if (isTaskCancelledError(error)) return 'timed-out';
    if (isBrokenCircuitError(error)) return 'circuit-open';
    if (error instanceof UnreadableAnswer || error instanceof SyntaxError) return 'unreadable';
    if (isUnfit(error)) return 'unfit';
    const status = statusOf(error);
    if (status === 429) return 'rate-limited';
    return status !== undefined && status >= 400 && status < 500 ? 'refused' : 'failed';
  };

  return {
    settings,
    async call(use, estimate, run, signal) {
      const startMs = performance.now();
      const end = <T>(outcome: Outcome<T>): Outcome<T> => {
        onCall?.(use, outcome.kind === 'ok' ? 'ok' : outcome.reason, performance.now() - startMs);
        return outcome;
      };
      if (stop.aborted) return end(unavailable('stopped'));
      if (signal?.aborted) return end(unavailable('timed-out'));
      // While one call tries whether the endpoint is back, the others do not wait for it.
      if (circuit.state === CircuitState.HalfOpen) return end(unavailable('circuit-open'));
      const reservation = budget.reserve(estimate);
      if (!reservation) return end(unavailable('over-budget'));
      let tokens: number | null = null;
      try {
        const taken = await policy.execute((context) => run(client, context.signal), signal ? AbortSignal.any([stop, signal]) : stop);
        tokens = taken.tokens;
        return end({ kind: 'ok', value: taken.value });
      } catch (error) {
        const reason = reasonOf(error);
        if (reason === 'circuit-open') tokens = 0;
        return end(unavailable(reason));
      } finally {
        reservation.settle(tokens);
      }
    },
  };
}

const statusOf = (error: unknown): number | undefined => (error instanceof APIError ? (error.status as number | undefined) : undefined);
/** The endpoint works, but not on this: it says nothing about the next call. */
const isUnfit = (error: unknown): boolean => [400, 413, 422].includes(statusOf(error) ?? 0);

const reported = z.object({ usage: z.object({ total_tokens: z.int().min(0) }) });

/** Tokens as an answer reports them; null when it does not, or reports nonsense. */
export function reportedTokens(answer: unknown): number | null {
  const read = reported.safeParse(answer);
  return read.success ? read.data.usage.total_tokens : null;
}

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What `/metrics` shows, in the format of Prometheus. */
export interface Metrics {
  readonly messageStored: (channel: string) => void;
  readonly messageRepeated: (channel: string) => void;
  /** A message ended after so many milliseconds from its receipt. */
  readonly messageEnded: (channel: string, outcome: string, tookMs: number) => void;
  readonly replyEnded: (channel: string, status: string, tookMs: number) => void;
  readonly replyRetried: (channel: string, code: string) => void;
  /** A question was answered, asked back, refused … */
  readonly questionEnded: (channel: string, outcome: string) => void;
  /** Answered on the web, in milliseconds. */
  readonly webAnswered: (tookMs: number) => void;
  /** A call of a language or embedding model ended with a result or without one. */
  readonly modelCalled: (use: string, result: string, tookMs: number) => void;
  /** What became of what a model said: `taken`, or why not. */
  readonly modelJudged: (use: string, verdict: string) => void;
  /** All figures as text. `gather` sets the gauges first. */
  readonly render: (gather: (gauges: Gauges) => Promise<void>) => Promise<{ readonly contentType: string; readonly body: string }>;
}

export interface Gauges {
  readonly queue: (name: 'waiting' | 'unsent' | 'dead_messages' | 'dead_replies' | 'unknown_replies', count: number) => void;
  readonly oldestWaitingSeconds: (seconds: number) => void;
  /** 1 connected, 0 otherwise. */
  readonly connected: (channel: string, isConnected: boolean) => void;
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

export function createMetrics(): Metrics {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const counter = (name: string, help: string, ...labelNames: string[]) => new Counter({ name, help, labelNames, registers: [register] });
  const gauge = (name: string, help: string, ...labelNames: string[]) => new Gauge({ name, help, labelNames, registers: [register] });
  const histogram = (name: string, help: string, ...labelNames: string[]) =>
    new Histogram({ name, help, labelNames, buckets: SECONDS, registers: [register] });

  const stored = counter('wence_messages_stored_total', 'Messages stored in the inbox', 'channel');
  const repeated = counter('wence_messages_repeated_total', 'Messages the platform delivered again', 'channel');
  const ended = counter('wence_messages_ended_total', 'Messages by how they ended', 'channel', 'outcome');
  const answerSeconds = histogram('wence_answer_seconds', 'From receipt of a message to its queued reply', 'channel');
  const answers = counter('wence_answers_total', 'Questions by what was said to them', 'channel', 'outcome');
  const replies = counter('wence_replies_ended_total', 'Replies by how they ended', 'channel', 'status');
  const replySeconds = histogram('wence_reply_seconds', 'From a queued reply to its end', 'channel');
  const retries = counter('wence_reply_retries_total', 'Sends to be tried again', 'channel', 'code');
  const modelCalls = counter('wence_model_calls_total', 'Calls of language and embedding models by result', 'use', 'result');
  const modelSeconds = histogram('wence_model_seconds', 'Duration of a call of a model', 'use');
  const modelVerdicts = counter('wence_model_verdicts_total', 'Rewritten questions and wordings by what became of them', 'use', 'verdict');
  const queue = gauge('wence_queue', 'Messages and replies in each state', 'state');
  const oldest = gauge('wence_oldest_waiting_seconds', 'Age of the oldest message waiting');
  const connected = gauge('wence_channel_connected', '1 while a channel is connected', 'channel');
  const gauges: Gauges = {
    queue: (state, count) => queue.set({ state }, count),
    oldestWaitingSeconds: (seconds) => oldest.set(seconds),
    connected: (channel, isConnected) => connected.set({ channel }, isConnected ? 1 : 0),
  };

  return {
    messageStored: (channel) => stored.inc({ channel }),
    messageRepeated: (channel) => repeated.inc({ channel }),
    messageEnded(channel, outcome, tookMs) {
      ended.inc({ channel, outcome });
      answerSeconds.observe({ channel }, tookMs / 1000);
    },
    replyEnded(channel, status, tookMs) {
      replies.inc({ channel, status });
      replySeconds.observe({ channel }, tookMs / 1000);
    },
    replyRetried: (channel, code) => retries.inc({ channel, code }),
    questionEnded: (channel, outcome) => answers.inc({ channel, outcome }),
    webAnswered: (tookMs) => answerSeconds.observe({ channel: 'web' }, tookMs / 1000),
    modelCalled(use, result, tookMs) {
      modelCalls.inc({ use, result });
      modelSeconds.observe({ use }, tookMs / 1000);
    },
    modelJudged: (use, verdict) => modelVerdicts.inc({ use, verdict }),
    async render(gather) {
      await gather(gauges);
      return { contentType: register.contentType, body: await register.metrics() };
    },
  };
}

import { join } from 'node:path';
import type { Log } from '../domain/log.ts';
import type { Section } from '../domain/record.ts';
import { createBudget } from './budget.ts';
import { createChatModel, MAX_CHAT_BYTES } from './chat.ts';
import { createEmbeddingModel, MAX_EMBEDDING_BYTES } from './embed.ts';
import { createEmbeddingIndex, type EmbeddingIndex } from './embedding-index.ts';
import { type BreakerSettings, createEndpoint, type Endpoint, type EndpointSettings } from './endpoint.ts';
import type { ModelUse, UnavailableReason } from './outcome.ts';
import { createRewriter, type QuestionRewriter } from './rewrite.ts';
import { createTrial, type Fuse, isWorthwhile, type Trial, type TrialResult } from './trial.ts';
import { openVectorCache, vectorFile } from './vector-cache.ts';
import { type AnswerWording, createWording } from './wording.ts';

export { createChatModel } from './chat.ts';
export { suggestQuestions } from './suggest.ts';

export interface EndpointWithBudget extends EndpointSettings {
  readonly dailyTokens: number;
}

export interface ModelsOptions {
  readonly llm: (EndpointWithBudget & { readonly uses: readonly ('rewrite' | 'wording')[] }) | null;
  readonly embedding: EndpointWithBudget | null;
  /** Where budgets and vectors are kept. */
  readonly folder: string;
  /** The sections in service; another array means that the library changed. */
  readonly sections: () => readonly Section[];
  readonly now: () => number;
  readonly log: Log;
  /** How scores by words and likeness of meaning are summed in answering. */
  readonly fuse: Fuse;
  /** Ends all calls and the work in the background. */
  readonly stop: AbortSignal;
  readonly breaker?: BreakerSettings;
  /** Pause of the work in the background after a failure. */
  readonly pauseMs?: number;
  /** Whether embeddings are of use; tried on the library unless told otherwise. */
  readonly trial?: Trial;
  readonly onCall?: (use: ModelUse, result: 'ok' | UnavailableReason, tookMs: number) => void;
}

/** What is set up; null: off. */
export interface Models {
  readonly rewriter: QuestionRewriter | null;
  readonly wording: AnswerWording | null;
  readonly embeddings: EmbeddingIndex | null;
  /** Resolves, after the stop, when nothing is written any more. */
  readonly closed: () => Promise<void>;
}

/** Endpoint, budget, breaker and log of one API. Addresses and keys are never logged, nor is anything the endpoint says. */
export function openEndpoint(
  name: 'llm' | 'embedding',
  settings: EndpointWithBudget,
  { folder, now, log, stop, breaker, onCall }: Omit<ModelsOptions, 'llm' | 'embedding' | 'sections' | 'fuse'>,
): Endpoint {
  return createEndpoint({
    settings,
    budget: createBudget({ tokensPerDay: settings.dailyTokens, now, file: join(folder, `${name}-budget.json`) }),
    stop,
    maxAnswerBytes: name === 'llm' ? MAX_CHAT_BYTES : MAX_EMBEDDING_BYTES,
    ...(breaker && { breaker }),
    onCall(use, result, tookMs) {
      if (result !== 'ok' && result !== 'circuit-open' && result !== 'stopped') log.info({ use, result }, 'the model gave nothing');
      onCall?.(use, result, tookMs);
    },
    onBreaker(isOpen) {
      if (isOpen) log.warn({ model: name }, 'the model keeps failing; answering without it for a while');
      else log.info({ model: name }, 'the model answers again');
    },
  });
}

const tellTrial =
  (log: Log) =>
  (result: TrialResult | null): void => {
    if (result === null) log.warn({}, 'the library is too small to tell whether embeddings help; ranking without them');
    else if (isWorthwhile(result)) log.info(result, 'embeddings find what words alone miss; ranking with them');
    else log.warn(result, 'embeddings add nothing to the words of this library; ranking without them');
  };

/** Opens what is set up. Waits for no endpoint: vectors the library lacks are got in the background. */
export async function openModels(options: ModelsOptions): Promise<Models> {
  const { llm, embedding, folder, sections, log, stop } = options;
  const chat = llm && llm.uses.length > 0 ? createChatModel(openEndpoint('llm', llm, options)) : null;
  let embeddings: EmbeddingIndex | null = null;
  if (embedding) {
    let paused: UnavailableReason | null = null;
    embeddings = createEmbeddingIndex({
      model: createEmbeddingModel(openEndpoint('embedding', embedding, options)),
      cache: await openVectorCache(vectorFile(folder, embedding.baseUrl, embedding.model)),
      sections,
      stop,
      trial: options.trial ?? createTrial(options.fuse, tellTrial(log)),
      ...(options.pauseMs !== undefined && { pauseMs: options.pauseMs }),
      onProgress(progress) {
        paused = null;
        log.info(progress, progress.done === progress.total ? 'embeddings complete' : 'getting embeddings');
      },
      onPause(reason) {
        if (reason !== paused) log.warn({ reason }, 'embeddings incomplete; ranking without them until the endpoint answers');
        paused = reason;
      },
    });
    embeddings.refresh();
  }
  return {
    rewriter: chat && llm!.uses.includes('rewrite') ? createRewriter(chat) : null,
    wording: chat && llm!.uses.includes('wording') ? createWording(chat) : null,
    embeddings,
    closed: async () => embeddings?.ready(),
  };
}

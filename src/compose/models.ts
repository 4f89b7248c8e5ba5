import type { Config } from '../config/load.ts';
import type { ModelHelp } from '../conversations/model-ports.ts';
import type { Models, ModelsOptions } from '../models/index.ts';

/** The models that are set up; null when none is, and then their libraries are not even loaded. */
export async function startModels({ llm, embedding }: Config, options: Omit<ModelsOptions, 'llm' | 'embedding'>): Promise<Models | null> {
  if (!llm && !embedding) return null;
  const { openModels } = await import('../models/index.ts');
  return openModels({ ...options, llm, embedding });
}

/** What of the models the assistant makes use of, and within which time. */
export const modelHelp = (
  { rewriter, wording, embeddings }: Models,
  { llm, embedding }: Config,
  onVerdict: ModelHelp['onVerdict'],
): ModelHelp => ({
  rewriter,
  wording,
  embedder: embeddings,
  timeoutMs: llm?.timeoutMs ?? 0,
  embeddingTimeoutMs: embedding?.timeoutMs ?? 0,
  ...(onVerdict && { onVerdict }),
});

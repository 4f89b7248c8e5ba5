import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createAnswerer } from '../answering/answerer.ts';
import { explainQuestion } from '../answering/explain.ts';
import { loadConfig } from '../config/load.ts';
import { type Assistant, createAssistant } from '../conversations/assistant.ts';
import { DEFAULT_SAMPLES } from '../conversations/notices.ts';
import type { Explanation } from '../domain/explanation.ts';
import type { Log } from '../domain/log.ts';
import type { Handled } from '../domain/turn.ts';
import { terminalMessage } from '../channels/terminal/decode.ts';
import { openLibrary } from '../library-service.ts';
import { MemoryStore } from '../storage/memory-store.ts';

const quiet: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** The assistant as shipped, with its memory, without a server. */
export interface Session {
  readonly assistant: Assistant;
  readonly save: (handled: Handled) => Promise<void>;
  /** One line of a conversation at the terminal. */
  readonly say: (text: string) => Promise<Handled>;
  /** How a question that stands by itself is answered, step by step. */
  readonly explain: (question: string) => Explanation;
}

/** @throws {AppError} `CONFIG_INVALID`, `KNOWLEDGE_UNREADABLE` */
export async function openSession(): Promise<Session> {
  const config = loadConfig();
  const library = await openLibrary(config.knowledgeDir, quiet, join(config.dataDir, 'index.snapshot'));
  const store = new MemoryStore();
  const assistant = createAssistant({
    answerer: createAnswerer(library.corpus),
    store,
    words: { sampleQuestions: DEFAULT_SAMPLES, contact: config.staffContact },
    now: Date.now,
    newId: () => randomBytes(12).toString('base64url'),
  });
  const save = (handled: Handled): Promise<void> => store.save(handled);
  return {
    assistant,
    save,
    explain: (question) => explainQuestion(question, null, library.corpus()),
    async say(text) {
      const handled = await assistant.handle(terminalMessage(text, Date.now()));
      await save(handled);
      return handled;
    },
  };
}

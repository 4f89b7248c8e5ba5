import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createAnswerer } from '../answering/answerer.ts';
import { terminalMessage } from '../channels/terminal/decode.ts';
import { composeStacks } from '../compose/stacks.ts';
import type { Config } from '../config/load.ts';
import { loadConfig } from '../config/load.ts';
import { type Assistant, createAssistant } from '../conversations/assistant.ts';
import { DEFAULT_SAMPLES } from '../conversations/notices.ts';
import { dayIn } from '../domain/day.ts';
import type { Explanation } from '../domain/explanation.ts';
import type { Log } from '../domain/log.ts';
import type { Handled } from '../domain/turn.ts';
import { readLibrary } from '../knowledge/library.ts';
import { explainWidely } from '../library/explain-widely.ts';
import { loadState, stateOf } from '../library/snapshot.ts';
import { fileShelf } from '../library/snapshot-shelf.ts';
import type { LibraryState } from '../library/state.ts';
import { MemoryStore } from '../storage/memory-store.ts';
import { withExistingStore } from './store.ts';

const quiet: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** The assistant as shipped, with its memory, without a server. */
export interface Session {
  readonly assistant: Assistant;
  readonly save: (handled: Handled) => Promise<void>;
  /** One line of a conversation at the terminal. */
  readonly say: (text: string) => Promise<Handled>;
  /** How a question that stands by itself is answered, step by step. */
  readonly explain: (question: string) => Promise<Explanation>;
  readonly close: () => Promise<void>;
}

/** @throws {AppError} `CONFIG_INVALID`, `KNOWLEDGE_UNREADABLE`, `STORE_UNAVAILABLE` */
export async function openSession(): Promise<Session> {
  const config = loadConfig();
  const state = await openState(config);
  const store = new MemoryStore();
  const answerer = createAnswerer(() => state);
  const stacks = composeStacks({ config, state: () => state, log: quiet, now: Date.now });
  const assistant = createAssistant({
    answerer,
    store,
    ...(stacks && { stacks }),
    words: { sampleQuestions: DEFAULT_SAMPLES, contact: config.staffContact },
    now: Date.now,
    newId: () => randomBytes(12).toString('base64url'),
  });
  const save = (handled: Handled): Promise<void> => store.save(handled);
  return {
    assistant,
    save,
    explain: (question) => explainWidely(question, state, stacks),
    close: async () => {
      await stacks?.close();
    },
    async say(text) {
      const handled = await assistant.handle(terminalMessage(text, Date.now()));
      await save(handled);
      return handled;
    },
  };
}

/** What is published, when there is a database; before the first start, the knowledge folder as it is. No database is made. */
async function openState(config: Config): Promise<LibraryState> {
  const { timeZone, knowledgeDir, dataDir } = config;
  const today = dayIn(timeZone, Date.now());
  const shelf = fileShelf(join(dataDir, 'index.snapshot'));
  const published = await withExistingStore(({ editorial }) => editorial.published());
  return published && published.texts.length > 0
    ? (await loadState(published, { today, timeZone }, shelf, quiet)).state
    : (await stateOf(await readLibrary(knowledgeDir), 0, today, shelf, quiet)).state;
}

import { randomBytes } from 'node:crypto';
import { createAnswerer } from '../answering/answerer.ts';
import { loadConfig } from '../config/load.ts';
import { createAssistant } from '../conversations/assistant.ts';
import { DEFAULT_SAMPLES } from '../conversations/notices.ts';
import type { Log } from '../domain/log.ts';
import type { Handled } from '../domain/turn.ts';
import { terminalMessage } from '../channels/terminal/decode.ts';
import { openLibrary } from '../library-service.ts';
import { MemoryStore } from '../storage/memory-store.ts';

const quiet: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** A conversation of this process with the assistant as shipped, without a server. */
export async function openSession(): Promise<{ say(text: string): Promise<Handled> }> {
  const config = loadConfig();
  const library = await openLibrary(config.knowledgeDir, quiet);
  const store = new MemoryStore();
  const assistant = createAssistant({
    answerer: createAnswerer(library.corpus),
    store,
    words: { sampleQuestions: DEFAULT_SAMPLES, contact: config.staffContact },
    now: Date.now,
    newId: () => randomBytes(12).toString('base64url'),
  });
  return {
    async say(text) {
      const handled = await assistant.handle(terminalMessage(text, Date.now()));
      await store.save(handled);
      return handled;
    },
  };
}

import { type FSWatcher, watch } from 'node:fs';

/** Editors write a file in several steps; wait until it has been quiet for this long. */
const QUIET_MS = 300;

/**
 * Calls back after files of the knowledge folder changed, once per burst of changes, until `signal` aborts. Where the file system offers no
 * notice of changes nothing is called: edits then count from the next start.
 */
export function watchKnowledge(folder: string, onChange: () => void, signal: AbortSignal): void {
  let timer: NodeJS.Timeout | undefined;
  let watcher: FSWatcher;
  try {
    watcher = watch(folder, { recursive: true, signal });
  } catch {
    return;
  }
  watcher.on('change', (_event, file) => {
    if (file !== null && !/\.(md|ya?ml|txt|jsonl)$/.test(String(file))) return;
    clearTimeout(timer);
    timer = setTimeout(onChange, QUIET_MS);
  });
  watcher.on('error', () => {});
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
}

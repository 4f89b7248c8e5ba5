/**
 * Runs tasks of one key one after another, tasks of different keys side by side. A failed task does not hold up the next.
 * @example const run = inOrder(); await run('web:1', () => assistant.handle(message));
 */
export function inOrder(): <T>(key: string, task: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return (key, task) => {
    const turn = (last.get(key) ?? Promise.resolve()).then(task, task);
    last.set(key, turn);
    void turn
      .catch(() => {})
      .finally(() => {
        if (last.get(key) === turn) last.delete(key);
      });
    return turn;
  };
}

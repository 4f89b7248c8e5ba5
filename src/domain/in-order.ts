/** Runs tasks of one key one after another in the order they came, tasks of different keys side by side. A failed task does not hold up the next. */
export type InOrder = <Result>(key: string, task: () => Promise<Result>) => Promise<Result>;

/** @example const run = inOrder(); await run('web:1', () => assistant.handle(message)); */
export function inOrder(): InOrder {
  const last = new Map<string, Promise<unknown>>();
  return (key, task) => {
    const turn = (last.get(key) ?? Promise.resolve()).then(task, task);
    last.set(key, turn);
    // What failed is told to its own caller only.
    void turn
      .catch(() => {})
      .finally(() => {
        if (last.get(key) === turn) last.delete(key);
      });
    return turn;
  };
}

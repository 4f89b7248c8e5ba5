import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inOrder } from '../../src/domain/in-order.ts';

/** The same cases in every run. */
fc.configureGlobal({ seed: 20_240_101 });

describe('inOrder', () => {
  it('starts a task of a key only when the one before has ended, and others at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 }), fc.scheduler(), async (keys, scheduler) => {
        const run = inOrder();
        const busy = new Set<string>();
        const ended: Record<string, number[]> = {};
        const tasks = keys.map((key, at) =>
          run(key, async () => {
            expect(busy.has(key)).toBe(false);
            busy.add(key);
            await scheduler.schedule(Promise.resolve());
            busy.delete(key);
            (ended[key] ??= []).push(at);
            return at;
          }),
        );
        expect(await scheduler.waitFor(Promise.all(tasks))).toEqual(keys.map((_, at) => at));
        for (const list of Object.values(ended)) expect(list).toEqual([...list].sort((a, b) => a - b));
      }),
      { numRuns: 60 },
    );
  });

  it('goes on after a task that failed', async () => {
    const run = inOrder();
    const failed = run('a', async () => {
      throw new Error('no luck');
    });
    const next = run('a', async () => 'done');
    await expect(failed).rejects.toThrow('no luck');
    expect(await next).toBe('done');
  });

  it('does not hold up other keys', async () => {
    const run = inOrder();
    const gate = Promise.withResolvers<void>();
    const waiting = run('one', () => gate.promise);
    await run('other', async () => gate.resolve());
    await waiting;
  });
});

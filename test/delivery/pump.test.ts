import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createPump, type PumpOptions } from '../../src/delivery/pump.ts';
import { T0 } from '../storage/messages.ts';
import { gate, logBook, pass, stopClock } from './clock.ts';

beforeEach(stopClock);

/** A pump over a list of items. `asked` lists how many it asked for each time. */
function pumpOf(waiting: string[], options: Partial<PumpOptions<string>> = {}) {
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const asked: number[] = [];
  const started: string[] = [];
  let call: () => boolean = () => false;
  const pump = createPump<string>(
    {
      claim: async (limit) => {
        asked.push(limit);
        return waiting.splice(0, limit);
      },
      work: async (item) => {
        started.push(item);
        return null;
      },
      concurrency: 3,
      keeps: 2,
      pollMs: 1_000,
      onWork: (listener) => {
        call = listener;
        return () => {};
      },
      log: logBook(),
      ...options,
    },
    stop.signal,
  );
  return { pump, stop, asked, started, call: () => call() };
}

describe('a pump', () => {
  it('asks for as many as it has room for, and once for all that end together', async () => {
    const ends = gate();
    const { asked, started } = pumpOf(['1', '2', '3', '4'], {
      work: async (item) => {
        started.push(item);
        await ends.opened;
        return null;
      },
    });
    await pass();
    expect([asked, started]).toEqual([[3], ['1', '2', '3']]);
    await pass(5_000);
    expect(asked, 'with its hands full it does not ask').toEqual([3]);
    ends.open();
    await pass();
    expect(started).toEqual(['1', '2', '3', '4']);
    expect(asked.slice(0, 2)).toEqual([3, 3]);
  });

  it('says of each call whether it takes what is called for: not while enough is in hand or on its way', async () => {
    const ends = gate();
    const { call, stop } = pumpOf(['1'], {
      work: async () => {
        await ends.opened;
        return null;
      },
    });
    await pass();
    expect([call(), call()], 'one is in hand').toEqual([true, false]);
    await pass();
    expect([call(), call()], 'nothing came of those').toEqual([true, false]);
    ends.open();
    await pass();
    expect([call(), call(), call()]).toEqual([true, true, false]);
    stop.abort();
    expect(call()).toBe(false);
  });

  it('looks once for many calls, and by itself from time to time', async () => {
    const { asked, call } = pumpOf([]);
    await pass();
    expect(asked).toEqual([3]);
    for (let times = 0; times < 50; times++) call();
    await pass();
    expect(asked).toEqual([3, 3]);
    await pass(2_500);
    expect(asked).toEqual([3, 3, 3, 3]);
  });

  it('looks again when an item is due again', async () => {
    const waiting = ['1'];
    const tries: number[] = [];
    pumpOf(waiting, {
      pollMs: 60_000,
      work: async (item) => {
        tries.push(Date.now() - T0);
        if (tries.length > 1) return null;
        setTimeout(() => waiting.push(item), 500);
        return 501;
      },
    });
    await pass(500);
    expect(tries).toEqual([0]);
    await pass(1);
    expect(tries).toEqual([0, 501]);
  });
});

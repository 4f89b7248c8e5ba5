import { AppError } from '../domain/errors.ts';

/** Things kept for their owner for a while, in memory: uploads, plans, jobs. */
export interface Kept<Thing> {
  put(id: string, ownerId: string, thing: Thing): void;
  /** @throws {AppError} `NOT_FOUND` when there is none, it is another's, or its time is over */
  get(id: string, ownerId: string): Thing;
  /** All that are kept, or those of one owner. */
  all(ownerId?: string): readonly Thing[];
  /** Lets go of what is over; done by itself whenever something is put or asked for. */
  sweep(): void;
  clear(): void;
}

export interface Keeping<Thing> {
  readonly keepMs: number;
  readonly now: () => number;
  /** So many for one owner; the oldest make room. */
  readonly most?: number;
  /** What is still at work is kept beyond its time. */
  readonly isIdle?: (thing: Thing) => boolean;
}

export function createKept<Thing>({ keepMs, now, most = Infinity, isIdle = () => true }: Keeping<Thing>): Kept<Thing> {
  const kept = new Map<string, { readonly ownerId: string; readonly untilMs: number; readonly thing: Thing }>();
  const sweep = (): void => {
    const nowMs = now();
    for (const [id, { untilMs, thing }] of kept) if (nowMs >= untilMs && isIdle(thing)) kept.delete(id);
  };
  return {
    put(id, ownerId, thing) {
      sweep();
      kept.set(id, { ownerId, untilMs: now() + keepMs, thing });
      const own = [...kept].filter(([, entry]) => entry.ownerId === ownerId);
      const idle = own.filter(([, entry]) => entry.thing !== thing && isIdle(entry.thing));
      for (const [oldest] of idle.slice(0, Math.max(0, own.length - most))) kept.delete(oldest);
    },
    get(id, ownerId) {
      sweep();
      const found = kept.get(id);
      if (found?.ownerId !== ownerId) {
        throw new AppError('NOT_FOUND', '没有找到，可能已经过期。', { hint: '上传的文件、导入计划和任务结果保留一小时，请重新操作。' });
      }
      return found.thing;
    },
    all(ownerId) {
      sweep();
      return [...kept.values()].filter((entry) => ownerId === undefined || entry.ownerId === ownerId).map(({ thing }) => thing);
    },
    sweep,
    clear: () => kept.clear(),
  };
}

import type { OutgoingReply } from '../domain/message.ts';

/** Which scheduled work is done. Declared here, implemented in storage. */
export interface ScheduleStore {
  /** @param slot what it is done for, e.g. the day "2026-11-23"; compared as text only */
  isDone(job: string, slot: string): Promise<boolean>;
  /**
   * Notes a job as done for a slot, over all processes, and queues what it has to say, all or nothing.
   * @returns false when it was done before: nothing was queued
   */
  finish(job: string, slot: string, replies: readonly OutgoingReply[], nowMs: number): Promise<boolean>;
}

/** The process that measures one engine: gets a `Job` as its only message, answers with a `Reply`, ends. */
import { AppError } from '../../src/domain/errors.ts';
import { type Job, measure, type Observation } from './measure.ts';

export type Reply = { readonly observation: Observation } | { readonly failure: string };

process.once('message', (job) => {
  void measure(job as Job)
    .then(
      (observation): Reply => ({ observation }),
      (error: unknown): Reply => ({ failure: error instanceof AppError ? error.message : String((error as Error)?.stack ?? error) }),
    )
    // An engine may keep threads or handles open; there is nothing left to wait for.
    .then((reply) => process.send!(reply, () => process.exit()));
});
process.once('disconnect', () => process.exit(1));

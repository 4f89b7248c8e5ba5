import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { z } from 'zod';
import { AppError } from '../../src/domain/errors.ts';
import { type Measurement, measurementSchema } from './measurement.ts';

const machineSchema = z.object({
  cpu: z.string(),
  cores: z.number(),
  memoryGb: z.number(),
  system: z.string(),
  node: z.string(),
});

/** Measurements made in one go. */
const sessionSchema = z.object({
  /** ISO date, YYYY-MM-DD. */
  date: z.string(),
  machine: machineSchema,
  /** Something the reader should know, such as that the machine was busy. */
  note: z.string().nullable(),
  measurements: z.array(measurementSchema),
});

const resultsSchema = z.object({ version: z.literal(1), sessions: z.array(sessionSchema) });

export type Machine = z.infer<typeof machineSchema>;
export type Session = z.infer<typeof sessionSchema>;
export type Results = z.infer<typeof resultsSchema>;

/** The machine this process runs on. */
export const thisMachine = (): Machine => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
  memoryGb: Math.round(totalmem() / 2 ** 30),
  system: `${process.platform} ${process.arch}`,
  node: process.versions.node,
});

/** Results kept in a file; none when there is no such file. @throws {AppError} `INPUT_INVALID` when it holds something else. */
export function readResults(file: string): Results {
  if (!existsSync(file)) return { version: 1, sessions: [] };
  try {
    return resultsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new AppError('INPUT_INVALID', `${file}: expected results of this benchmark: ${(error as Error).message}`, {
      hint: 'Restore the file, or remove it and measure again.',
      cause: error,
    });
  }
}

const keyOf = ({ set, passages, hasDistractors, repeat, engine }: Measurement): string =>
  [set, passages, hasDistractors, repeat, engine].join('|');

/** Whether two sessions may be told as one. */
const isAlike = (one: Session, other: Session): boolean =>
  one.date === other.date && one.note === other.note && JSON.stringify(one.machine) === JSON.stringify(other.machine);

/** The results with a session added: what it measured anew takes the place of what was measured before. */
export function withSession(results: Results, session: Session): Results {
  const anew = new Set(session.measurements.map(keyOf));
  const older = results.sessions.map((one) => ({ ...one, measurements: one.measurements.filter((each) => !anew.has(keyOf(each))) }));
  const before = older.find((one) => isAlike(one, session))?.measurements ?? [];
  const others = older.filter((one) => one.measurements.length > 0 && !isAlike(one, session));
  return { version: 1, sessions: [...others, { ...session, measurements: [...before, ...session.measurements] }] };
}

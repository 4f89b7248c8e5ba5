import { AppError } from '../../src/domain/errors.ts';
import { ENGINE_NAMES, ENGINES, type EngineName, needsEmbedding } from './engines/catalogue.ts';
import { measureInChild } from './in-child.ts';
import type { Job, Observation } from './measure.ts';
import { type Measurement, measurementsOf } from './measurement.ts';
import type { Options } from './options.ts';
import { findSets, readSet, type SetFiles } from './read-set.ts';

/** A corpus to be measured. */
export interface CorpusPlan {
  readonly set: SetFiles;
  readonly distractors: string | null;
  readonly repeat: number;
}

export interface Failure {
  readonly set: string;
  readonly engine: EngineName;
  readonly reason: string;
}

export interface RunResult {
  readonly measurements: readonly Measurement[];
  readonly failures: readonly Failure[];
}

/** Told while it runs. */
export interface Progress {
  say(text: string): void;
  done(measurements: readonly Measurement[]): void;
}

/** Of a repeated corpus only times are of interest; so many questions tell them. */
const REPEATED_QUESTIONS = 200;

/** The corpora that are asked for, in order. @throws {AppError} `INPUT_INVALID` */
export function planCorpora({ folder, queries, qrels, distractors, repeat, growth }: Options): CorpusPlan[] {
  const found = findSets(folder);
  if (queries !== null && found.length > 1) {
    throw new AppError('INPUT_INVALID', `${folder}: expected one set for --queries and --qrels, found ${found.length}`, {
      hint: 'Give the folder of the set they belong to.',
    });
  }
  const sets = found.map((set) => ({ ...set, queries: queries ?? set.queries, qrels: qrels ?? set.qrels }));
  const enlarged = (set: SetFiles): CorpusPlan[] => repeat.map((times) => ({ set, distractors, repeat: times }));
  if (growth === null) return sets.flatMap(enlarged);
  const growing = sets.find(({ name }) => name === growth);
  if (!growing) {
    throw new AppError('INPUT_INVALID', `--growth: expected the name of a set in ${folder}, got "${growth}"`, {
      hint: `There are: ${sets.map(({ name }) => name).join(', ')}.`,
    });
  }
  return [...sets.map((set) => ({ set, distractors: null, repeat: 1 })), ...enlarged(growing).filter(isEnlarged)];
}

const suitable = (passages: number, { embedding }: Options): EngineName[] =>
  ENGINE_NAMES.filter((name) => passages <= ENGINES[name].maxPassages && (embedding !== null || !needsEmbedding(name)));

const isEnlarged = ({ distractors, repeat }: CorpusPlan): boolean => distractors !== null || repeat > 1;

/** Measures one engine after the other, each in a process of its own. An engine that fails does not stop the others. */
export async function run(options: Options, progress: Progress): Promise<RunResult> {
  const measurements: Measurement[] = [];
  const failures: Failure[] = [];
  for (const { set, distractors, repeat } of planCorpora(options)) {
    const { questions, passages, notes } = readSet(set, distractors);
    const size = passages.length * repeat;
    for (const note of notes) progress.say(`${set.name}: ${note}`);
    const observed: { job: Job; observation: Observation }[] = [];
    for (const engine of options.engines ?? suitable(size, options)) {
      progress.say(`${set.name}, ${size} passages: ${engine} …`);
      const asked = Math.min(
        options.limit,
        ENGINES[engine].isSlow ? options.sample : Number.POSITIVE_INFINITY,
        repeat > 1 ? REPEATED_QUESTIONS : Number.POSITIVE_INFINITY,
      );
      const job: Job = { engine, set, distractors, repeat, questions: asked, embedding: options.embedding };
      const reply = await measureInChild(job);
      if ('observation' in reply) observed.push({ job, observation: reply.observation });
      else {
        failures.push({ set: set.name, engine, reason: reply.failure });
        progress.say(`${set.name}: ${engine} failed: ${reply.failure}`);
      }
    }
    const done = measurementsOf({ questions }, observed);
    progress.done(done);
    measurements.push(...done);
  }
  return { measurements, failures };
}

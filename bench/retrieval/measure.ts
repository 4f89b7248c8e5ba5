import type { EmbeddingApi, Engine, SnapshotFigures } from './engines/engine.ts';
import { ENGINES, type EngineName } from './engines/catalogue.ts';
import type { Passage, Question } from './passage.ts';
import { readSet, type SetFiles } from './read-set.ts';
import { repeated } from './repeat.ts';
import { sampleOf } from './sample.ts';

/** One engine over one corpus, as told to the process that measures it. */
export interface Job {
  readonly engine: EngineName;
  readonly set: SetFiles;
  readonly distractors: string | null;
  /** How many times the passages are in the corpus. */
  readonly repeat: number;
  /** At most so many questions, evenly spread. */
  readonly questions: number;
  readonly embedding?: EmbeddingApi | null;
}

/** What came of it, as it was observed. */
export interface Observation {
  readonly passages: number;
  /** Per question, in their order: id, the ten best passages, how long it took. */
  readonly rows: readonly { readonly id: string; readonly ranked: readonly string[]; readonly tookMs: number }[];
  readonly buildMs: number;
  /** Bytes of the process: before the index was built (with the passages in memory), after the last question (without), and at most. */
  readonly rss: { readonly before: number; readonly after: number; readonly peak: number };
  readonly snapshot: SnapshotFigures | null;
}

const DEPTH = 10;
/** Questions asked before the clock runs, so that compiled code is measured. */
const WARM_UP = 50;
const WARM_UP_SLOW = 1;

/** Runs a job in this process, which should do nothing else and have done nothing before. */
export async function measure(job: Job): Promise<Observation> {
  const engine = await ENGINES[job.engine].load();
  await engine.prepare?.(job.embedding ?? null);
  const { questions, searcher, ...built } = await build(engine, job);

  const warmUp = ENGINES[job.engine].isSlow ? WARM_UP_SLOW : WARM_UP;
  for (const text of unaskedQuestions(questions).slice(0, warmUp)) await searcher.search(text, DEPTH);
  collectGarbage();
  const rows = [];
  for (const { id, text } of sampleOf(questions, job.questions)) {
    const startMs = performance.now();
    const ranked = await searcher.search(text, DEPTH);
    rows.push({ id, ranked, tookMs: performance.now() - startMs });
  }
  collectGarbage();
  const after = process.memoryUsage.rss();
  const snapshot = (await searcher.snapshot?.()) ?? null;
  await searcher.close?.();
  return { ...built, rows, rss: { before: built.rss, after, peak: process.resourceUsage().maxRSS * 1_024 }, snapshot };
}

/** Reads and builds. When it returns nobody but the engine has the passages any more. */
async function build(engine: Engine, { set, distractors, repeat }: Job) {
  const { passages, questions } = readSet(set, distractors);
  collectGarbage();
  const rss = process.memoryUsage.rss();
  const source = timed(repeated(passages, repeat));
  const startMs = performance.now();
  const searcher = await engine.build(source.passages);
  const buildMs = performance.now() - startMs - source.tookMs();
  return { questions, searcher, buildMs, rss, passages: source.count() };
}

/** Passes the passages on, and counts them and the time it took to make them: that is not the engine's. */
function timed(passages: Iterator<Passage>) {
  let count = 0;
  let tookMs = 0;
  return {
    count: () => count,
    tookMs: () => tookMs,
    passages: {
      *[Symbol.iterator](): Generator<Passage> {
        for (;;) {
          const startMs = performance.now();
          const { value, done } = passages.next();
          tookMs += performance.now() - startMs;
          if (done) return;
          count++;
          yield value;
        }
      },
    },
  };
}

/** Questions like those to be asked, none of which will be: the front half of one with the back half of the next. */
function unaskedQuestions(questions: readonly Question[]): string[] {
  const half = (text: string): number => Math.ceil(text.length / 2);
  return questions.map(({ text }, at) => {
    const next = questions[(at + 1) % questions.length]!.text;
    return `${text.slice(0, half(text))}${next.slice(half(next))}另`;
  });
}

/** Needs --expose-gc; does nothing without. */
function collectGarbage(): void {
  globalThis.gc?.();
}

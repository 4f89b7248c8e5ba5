import { SIGNALS, type Signals, signals } from '../answering/confidence.ts';
import { buildCorpus, type Corpus, type Knowledge } from '../answering/corpus.ts';
import { FEATURES, type Feature, type FeatureVector } from '../answering/features.ts';
import { keyTerms, type KeyTerm } from '../answering/key-terms.ts';
import { createQuery } from '../answering/query.ts';
import { type Candidate, retrieve, scoreOf } from '../answering/retrieve.ts';
import { understand } from '../answering/understand.ts';
import { CONFIDENCE_WEIGHTS, RANKING_WEIGHTS } from '../answering/weights.ts';
import type { LibraryRecord, Section } from '../domain/record.ts';
import { type EvaluationQuestion, isWanted } from './question-set.ts';

/** A question, its candidates, and which of them are right. */
interface Sample {
  readonly candidates: readonly Candidate[];
  readonly right: readonly boolean[];
  readonly terms: readonly KeyTerm[];
  readonly corpus: Corpus;
  readonly isOutOfScope: boolean;
  readonly weight: number;
}

export interface Fit {
  readonly ranking: FeatureVector;
  readonly confidence: Signals & { readonly bias: number };
  readonly samples: number;
  readonly rankedRight: number;
}

/** Features whose weights are fitted on the library. */
const FITTED = ['text', 'asked', 'askedConcepts', 'bestQuestion', 'nextQuestions', 'topic', 'topicConcepts'] as const;
/** What counts next to the text as such, as found on public sets of questions and passages (docs/benchmarks.md); the library is too small to tell. */
const TEXT_SHARES: Partial<Record<Feature, number>> = { document: 0.85, distinctive: 0.255, answer: 0.172, textConcepts: 0.1 };

const FOLDS = 5;
/** Questions written for evaluation are few and varied; each counts as this many of the library's own. */
const WRITTEN_WEIGHT = 6;

/** The library without some of its alternate questions. */
function without(records: readonly LibraryRecord[], isHeldOut: (question: string) => boolean): LibraryRecord[] {
  return records.map((record) => ({
    ...record,
    sections: record.sections.map((section) => ({ ...section, questions: section.questions.filter(({ text }) => !isHeldOut(text)) })),
  }));
}

function sample(q: string, isRight: (section: Section) => boolean, corpus: Corpus, weight: number, isOutOfScope = false): Sample | null {
  const understood = understand(q, corpus);
  if (understood.intent !== 'question') return null;
  const candidates = retrieve(createQuery(understood.text, corpus), corpus);
  return {
    candidates,
    right: candidates.map(({ section }) => isRight(corpus.sectionAt(section))),
    terms: keyTerms(understood.text, corpus),
    corpus,
    isOutOfScope,
    weight,
  };
}

/** A number from 0 to 1 that depends on the text alone. */
function hash(text: string): number {
  let value = 2_166_136_261;
  for (const character of text) value = Math.imul(value ^ character.codePointAt(0)!, 16_777_619) >>> 0;
  return value / 2 ** 32;
}

/** Asks the library its own alternate questions, each while it is left out, and the written development questions. */
function collect(knowledge: Knowledge, written: readonly EvaluationQuestion[], onProgress: (done: string) => void): Sample[] {
  const samples: Sample[] = [];
  const keep = (found: Sample | null): void => void (found && samples.push(found));
  const sections = knowledge.records.flatMap((record) => record.sections);
  for (let fold = 0; fold < FOLDS; fold++) {
    const isHeldOut = (question: string): boolean => Math.floor(hash(question) * FOLDS) === fold;
    const corpus = buildCorpus({ ...knowledge, records: without(knowledge.records, isHeldOut) });
    for (const { id, questions } of sections) {
      for (const { text } of questions) if (isHeldOut(text)) keep(sample(text, (section) => section.id === id, corpus, 1));
    }
    onProgress(`alternate questions, fold ${fold + 1} of ${FOLDS}`);
  }
  const corpus = buildCorpus(knowledge);
  for (const { q, sections, kind } of written) {
    const isRight = (section: Section): boolean =>
      isWanted({ kind: corpus.recordOf(section).kind, documentId: section.documentId, section: section.number }, sections);
    keep(sample(q, isRight, corpus, WRITTEN_WEIGHT, kind === 'oos'));
  }
  return samples;
}

/**
 * Softmax over the candidates of each question: weights under which the right ones come first. Never below zero: no feature may speak against.
 * Features in `TEXT_SHARES` keep their share of the weight of `text`, and the others stay at 0.
 */
function fitRanking(samples: readonly Sample[]): FeatureVector {
  const usable = samples.filter(({ right }) => right.some(Boolean));
  const rows = usable.map(({ candidates, right, weight }) => ({
    vectors: candidates.map(({ features }) => FITTED.map((feature) => valueOf(feature, features))),
    right,
    weight,
  }));
  const total = rows.reduce((sum, row) => sum + row.weight, 0);
  const vector = FITTED.map((feature) => RANKING_WEIGHTS[feature]);
  const squares = vector.map(() => 1e-8);
  const steps = 300;
  for (let step = 0; step < steps; step++) {
    const gradient = vector.map((value) => 0.0008 * value);
    for (const { vectors, right, weight } of rows) {
      const scores = vectors.map((features) => features.reduce((sum, value, at) => sum + value * vector[at]!, 0));
      const top = Math.max(...scores);
      const exps = scores.map((score) => Math.exp(score - top));
      const sum = exps.reduce((a, b) => a + b, 0);
      const rightSum = exps.reduce((a, value, at) => a + (right[at] ? value : 0), 0) || 1e-12;
      vectors.forEach((features, at) => {
        const pull = exps[at]! / sum - (right[at] ? exps[at]! / rightSum : 0);
        features.forEach((value, feature) => (gradient[feature]! += (weight / total) * pull * value));
      });
    }
    vector.forEach((value, at) => {
      squares[at] = squares[at]! + gradient[at]! ** 2;
      vector[at] = Math.max(0, value - (0.5 * gradient[at]!) / Math.sqrt(squares[at]));
    });
  }
  const round = (value: number): number => Math.round(value * 100) / 100;
  const weights = Object.fromEntries(FEATURES.map((feature) => [feature, 0])) as Record<Feature, number>;
  FITTED.forEach((feature, at) => (weights[feature] = round(vector[at]!)));
  for (const [feature, share] of Object.entries(TEXT_SHARES) as [Feature, number][]) weights[feature] = round(share * weights.text);
  return weights;
}

/** A fitted feature with those that go along with it. */
function valueOf(feature: Feature, features: FeatureVector): number {
  if (feature !== 'text') return features[feature];
  return (Object.entries(TEXT_SHARES) as [Feature, number][]).reduce((sum, [other, share]) => sum + share * features[other], features.text);
}

/** Logistic regression: how likely the first candidate is right. In-scope and out-of-scope questions weigh the same in all. */
function fitConfidence(samples: readonly Sample[], ranking: FeatureVector): Signals & { bias: number } {
  const rows = samples.map(({ candidates, right, terms, corpus, isOutOfScope, weight }) => {
    const order = candidates.map((candidate, at) => ({
      candidate: { ...candidate, score: scoreOf(candidate.features, ranking) },
      isRight: right[at]!,
    }));
    order.sort((a, b) => b.candidate.score - a.candidate.score);
    const values = signals(
      order.map(({ candidate }) => candidate),
      terms,
      corpus,
    );
    return { values: SIGNALS.map((signal) => values[signal]), label: order[0]?.isRight ? 1 : 0, isOutOfScope, weight };
  });
  const mass = (isOut: boolean): number => rows.reduce((sum, row) => sum + (row.isOutOfScope === isOut ? row.weight : 0), 0) || 1;
  const inMass = mass(false);
  const outMass = mass(true);
  const vector = [CONFIDENCE_WEIGHTS.bias, ...SIGNALS.map((signal) => CONFIDENCE_WEIGHTS[signal])];
  const squares = vector.map(() => 1e-8);
  for (let step = 0; step < 3_000; step++) {
    const gradient = vector.map((value, at) => (at === 0 ? 0 : 0.0005 * value));
    for (const { values, label, isOutOfScope, weight } of rows) {
      const sum = values.reduce((total, value, at) => total + value * vector[at + 1]!, vector[0]!);
      const pull = (1 / (1 + Math.exp(-sum)) - label) * (isOutOfScope ? (0.5 * weight) / outMass : (0.5 * weight) / inMass);
      gradient[0]! += pull;
      values.forEach((value, at) => (gradient[at + 1]! += pull * value));
    }
    vector.forEach((value, at) => {
      squares[at] = squares[at]! + gradient[at]! ** 2;
      const next = value - (0.5 * gradient[at]!) / Math.sqrt(squares[at]);
      // What speaks for a section may not speak against the answer, however the out-of-scope questions happen to be worded.
      vector[at] = at === 0 ? next : SIGNALS[at - 1] === 'unknown' ? Math.min(0, next) : Math.max(0, next);
    });
  }
  const round = (value: number): number => Math.round(value * 100) / 100;
  return { bias: round(vector[0]!), ...(Object.fromEntries(SIGNALS.map((signal, at) => [signal, round(vector[at + 1]!)])) as Signals) };
}

/** Fits the weights of ranking and confidence on development data. Takes a minute or two; deterministic. */
export function fit(knowledge: Knowledge, written: readonly EvaluationQuestion[], onProgress: (done: string) => void): Fit {
  const samples = collect(knowledge, written, onProgress);
  const ranking = fitRanking(samples);
  const confidence = fitConfidence(samples, ranking);
  const inScope = samples.filter(({ isOutOfScope }) => !isOutOfScope);
  const right = inScope.filter(({ candidates, right: flags }) => {
    let best = 0;
    candidates.forEach((candidate, at) => {
      if (scoreOf(candidate.features, ranking) > scoreOf(candidates[best]!.features, ranking)) best = at;
    });
    return flags[best];
  });
  return { ranking, confidence, samples: samples.length, rankedRight: right.length / inScope.length };
}

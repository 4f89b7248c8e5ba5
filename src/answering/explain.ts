import type { LapsedDocument } from '../domain/answer.ts';
import type { Contribution, ExplainedCandidate, Explanation } from '../domain/explanation.ts';
import { sentenceText } from '../domain/record.ts';
import { sectionRef } from './cite.ts';
import { statusText } from './compose-lapsed.ts';
import { SIGNALS } from './confidence.ts';
import type { Corpus } from './corpus.ts';
import { answerTo, type Reaction } from './answerer.ts';
import { type AnsweringState, allInForce } from './state.ts';
import { evidenceOf } from './evidence.ts';
import { FEATURES } from './features.ts';
import { type Context, judge, type Judgement, knowsNothing } from './judge.ts';
import type { Query } from './query.ts';
import { type Candidate, sectionTerms } from './retrieve.ts';
import { type Understanding, understand } from './understand.ts';
import { ANSWER_FROM, CONFIDENCE_WEIGHTS, RANKING_WEIGHTS, REFUSE_BELOW } from './weights.ts';

const MAX_CANDIDATES = 5;
const MAX_MATCHES = 24;

/** Answers a question as `answerQuestion` does, and tells every step of it. Pure. */
export function explainQuestion(question: string, context: Context | null, state: AnsweringState | Corpus): Explanation {
  const now = 'corpus' in state ? state : allInForce(state);
  const { corpus } = now;
  const understood = understand(question, corpus);
  const judgement = judge(understood, context, corpus);
  const isQuestion = understood.intent === 'question';
  const answer = isQuestion ? answerTo(question, judgement, context, now) : null;
  const outcome = answer?.outcome ?? (understood.intent === 'browse' ? 'browse' : 'notice');
  const { query, terms, signals } = judgement;
  return {
    question,
    intent: understood.intent,
    outcome,
    why:
      answer === null
        ? NOT_A_QUESTION[understood.intent as keyof typeof NOT_A_QUESTION]
        : answer.outcome === 'lapsed'
          ? whyLapsed(answer.document)
          : whyOf(judgement),
    understanding: {
      text: understood.text,
      readAs: understood.readAs,
      corrections: understood.corrections,
      isFollowUp: context !== null && understood.isFollowUp,
      asksFor: Object.entries(understood.asks).flatMap(([kind, asks]) => (asks ? [kind] : [])),
    },
    tokens: { words: [...query.words.keys()], bigrams: [...query.bigrams.keys()] },
    expansions: corpus.thesaurus.longestMatches(understood.text).map(({ phrase, concept, isAmbiguous }) => ({
      phrase,
      official: corpus.thesaurus.groups[concept]!.official,
      isAmbiguous,
    })),
    keyTerms: terms.map(({ term, weight, isKnown }) => ({ term, weight, isKnown })),
    confidence: judgement.confidence,
    signals: contributions(SIGNALS, signals, CONFIDENCE_WEIGHTS),
    thresholds: { answerFrom: ANSWER_FROM, refuseBelow: REFUSE_BELOW },
    candidates: judgement.candidates.slice(0, MAX_CANDIDATES).map((candidate) => explained(candidate, query, understood, corpus)),
  };
}

function explained(candidate: Candidate, query: Query, understood: Understanding, corpus: Corpus): ExplainedCandidate {
  const section = corpus.sectionAt(candidate.section);
  const { scored, evidence } = evidenceOf(candidate, query, understood.asks, corpus);
  const quoted = new Set(evidence.map(({ sentence }) => sentence));
  return {
    section: sectionRef(section, corpus.recordOf(section)),
    score: candidate.score,
    features: contributions(FEATURES, candidate.features, RANKING_WEIGHTS),
    matches: corpus.sectionIndex
      .explain(sectionTerms(query), candidate.section)
      .slice(0, MAX_MATCHES)
      .map((match) => named(match, corpus)),
    sentences: scored.map(({ sentence, score }) => ({ text: sentenceText(section, sentence), score, isQuoted: quoted.has(sentence) })),
  };
}

/** A concept under the words the texts use for it. */
function named<Match extends { readonly field: string; readonly term: string }>(match: Match, corpus: Corpus): Match {
  const concept = match.field.endsWith('Concepts') ? corpus.thesaurus.groups[Number(match.term.slice(1))] : undefined;
  return concept ? { ...match, term: concept.official.join('/') } : match;
}

function contributions<Name extends string>(
  names: readonly Name[],
  values: Readonly<Record<Name, number>>,
  weights: Readonly<Record<Name, number>>,
): Contribution[] {
  return names
    .map((name) => ({ name, value: values[name], weight: weights[name], adds: values[name] * weights[name] }))
    .filter(({ adds }) => adds !== 0)
    .sort((a, b) => Math.abs(b.adds) - Math.abs(a.adds));
}

const whyLapsed = (document: LapsedDocument): string => `问的是《${document.title}》，这份文件${statusText(document)}，因此说明现行规定。`;

const percent = (share: number): string => `${Math.round(share * 100)}%`;

function whyOf(judgement: Judgement): string {
  const { candidates, confidence, terms, asksOtherYear, asksForTab, isKnownQuestion } = judgement;
  const unknown = terms.filter((term) => !term.isKnown && term.weight >= 1).map(({ term }) => `“${term}”`);
  const missing = unknown.length > 0 ? `库中没有${unknown.join('、')}；` : '';
  if (candidates.length === 0) return `${missing}没有任何章节与问题有共同的词，因此不作回答。`;
  if (confidence < REFUSE_BELOW) return `${missing}把握 ${percent(confidence)}，低于 ${percent(REFUSE_BELOW)}，因此说明库中没有。`;
  if (knowsNothing(judgement)) return `${missing}把握 ${percent(confidence)}，问题中的关键词库中都没有，因此说明库中没有。`;
  if (asksOtherYear) return `${missing}问的年份库中没有，因此请提问人确认。`;
  if (asksForTab) return '问的是一份办事指南里的内容，因此直接给出那一项。';
  if (isKnownQuestion) return '资料库里列有同样的问法，因此直接给出它的答案。';
  if (confidence < ANSWER_FROM) {
    return `${missing}把握 ${percent(confidence)}，在 ${percent(REFUSE_BELOW)} 与 ${percent(ANSWER_FROM)} 之间，因此给出最接近的内容并请提问人确认。`;
  }
  return `把握 ${percent(confidence)}，达到 ${percent(ANSWER_FROM)}，因此直接回答。`;
}

const NOT_A_QUESTION: Readonly<Record<Exclude<Reaction['intent'], 'question'>, string>> = {
  browse: '问的是有哪些内容，因此列出目录。',
  greeting: '只是问候，因此回以介绍。',
  thanks: '只是致谢，因此回以客气话。',
  help: '问的是怎么使用，因此给出使用说明。',
  'hand-off': '要求转人工，因此给出联系方式。',
  empty: '没有文字，因此回以介绍。',
};

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { evaluateDialogues, evaluateQuestions, type QuestionResult } from '../../src/evaluation/evaluate.ts';
import { readDialogues, readQuestions, type WantedSection } from '../../src/evaluation/question-set.ts';
import { formatReport, report } from '../../src/evaluation/report.ts';
import type { Answer, Citation } from '../../src/domain/answer.ts';
import type { Incoming } from '../../src/domain/message.ts';
import type { Handled } from '../../src/domain/turn.ts';
import { temporaryFolder } from '../support/config.ts';
import { turnOf } from '../support/turns.ts';

const citation = (section: number, of: Partial<Citation> = {}): Citation => ({
  documentId: 'd',
  documentTitle: '计划',
  section,
  sectionTitle: '标题',
  part: null,
  quote: `原文${section}`,
  issued: null,
  page: null,
  asOf: null,
  revision: null,
  ...of,
});
const ref = (section: number) => ({ documentId: 'd', section, title: '标题' });

/** What the hand-made assistant answers; anything else gets a notice. */
const ANSWERS: Record<string, Answer> = {
  right: {
    outcome: 'answered',
    aspects: [],
    facts: [],
    citations: [citation(1)],
    related: [ref(2), ref(3)],
    confidence: 0.9,
    understoodAs: null,
  },
  wrong: {
    outcome: 'answered',
    aspects: [],
    facts: [],
    citations: [citation(9)],
    related: [ref(1), ref(3)],
    confidence: 0.8,
    understoodAs: null,
  },
  unclear: { outcome: 'clarify', nearest: [citation(1)], options: [ref(1), ref(2)], missingTerms: [], confidence: 0.3, understoodAs: null },
  refused: { outcome: 'refused', reason: 'not-in-library', missingTerms: [], suggestions: [ref(1)], confidence: 0.1 },
  list: { outcome: 'browse', category: null, sections: [citation(1), citation(2)] },
  guide: {
    outcome: 'browse',
    category: null,
    sections: [citation(1, { kind: 'procedure', documentId: 'g' }), citation(1, { kind: 'faq', documentId: 'f' }), citation(2)],
  },
};

/** Answers by the script; remembers what was saved, and answers "again" with the last answer. */
function handMade() {
  const saved = new Map<string, Answer>();
  const people: string[] = [];
  return {
    people,
    assistant: {
      async handle(message: Incoming): Promise<Handled> {
        people.push(message.senderId);
        const text = message.content.kind === 'text' ? message.content.text : '';
        const answer = text === 'again' ? saved.get(message.senderId) : ANSWERS[text];
        const shown = answer && 'citations' in answer ? answer.citations.map(({ quote }) => quote).join('') : '';
        return {
          replies: [{ title: '', tone: 'plain', blocks: [{ kind: 'paragraph', text: shown }], buttons: [] }],
          turn: answer ? turnOf({ contextKey: message.senderId, question: text, answer }) : null,
          feedback: null,
        };
      },
    },
    save: async ({ turn }: Handled): Promise<void> => {
      if (turn?.answer) saved.set(turn.contextKey, turn.answer);
    },
  };
}

const question = (q: string, kind = 'fact', sections: WantedSection[] = [1], evidence: string[] = []) => ({
  id: `${kind}-${q}`,
  kind,
  q,
  sections,
  evidence,
});

describe('a question judged', () => {
  const judge = async (...args: Parameters<typeof question>) => (await evaluateQuestions(handMade(), [question(...args)]))[0]!;

  it('is right when the first section is, and among three when one of three is', async () => {
    expect(await judge('right')).toMatchObject({
      sections: ['d#1', 'd#2', 'd#3'],
      isFirstRight: true,
      isAmongThree: true,
      isConfident: true,
      confidence: 0.9,
    });
    expect(await judge('wrong')).toMatchObject({ sections: ['d#9', 'd#1', 'd#3'], isFirstRight: false, isAmongThree: true });
    expect(await judge('wrong', 'fact', [7])).toMatchObject({ isFirstRight: false, isAmongThree: false });
  });

  it('takes a number for a section of a policy, and an id for that section of that document', async () => {
    expect(await judge('guide', 'fact', [1])).toMatchObject({ sections: ['g#1', 'f#1', 'd#2'], isFirstRight: false, isAmongThree: false });
    expect(await judge('guide', 'fact', [2])).toMatchObject({ isFirstRight: false, isAmongThree: true });
    expect(await judge('guide', 'fact', ['g#1'])).toMatchObject({ isFirstRight: true, isAmongThree: true });
    expect(await judge('guide', 'fact', ['f#1'])).toMatchObject({ isFirstRight: false, isAmongThree: true });
    expect(await judge('guide', 'fact', ['d#1'])).toMatchObject({ isFirstRight: false, isAmongThree: false });
    const [held] = await evaluateDialogues(handMade(), [{ id: 'a', turns: [{ q: 'guide', sections: [1] }] }]);
    expect(held).toMatchObject({ isRight: false });
  });

  it('counts a clarifying question by what it shows, each section once, and not as confident', async () => {
    expect(await judge('unclear')).toMatchObject({ sections: ['d#1', 'd#2'], isFirstRight: true, isConfident: false, outcome: 'clarify' });
  });

  it('counts a list as confident and a refusal or a notice as not', async () => {
    expect(await judge('list')).toMatchObject({ sections: ['d#1', 'd#2'], isConfident: true, confidence: null });
    expect(await judge('refused')).toMatchObject({ sections: ['d#1'], isConfident: false, outcome: 'refused' });
    expect(await judge('hello')).toMatchObject({
      sections: [],
      isFirstRight: false,
      isConfident: false,
      outcome: 'notice',
      confidence: null,
    });
  });

  it('has evidence when every wanted piece is shown', async () => {
    expect(await judge('right', 'fact', [1], ['原文', '文1'])).toMatchObject({ hasEvidence: true });
    expect(await judge('right', 'fact', [1], ['原文', '别的'])).toMatchObject({ hasEvidence: false });
  });

  it('is asked in a conversation of its own', async () => {
    const made = handMade();
    await evaluateQuestions(made, [question('right'), question('wrong')]);
    expect(new Set(made.people).size).toBe(2);
  });
});

describe('a dialogue judged', () => {
  it('is right when every turn is, on what was said before', async () => {
    const turns = (...list: [string, number][]) => list.map(([q, section]) => ({ q, sections: [section] }));
    const results = await evaluateDialogues(handMade(), [
      { id: 'a', turns: turns(['right', 1], ['again', 1]) },
      { id: 'b', turns: turns(['again', 1], ['right', 1]) },
    ]);
    expect(results.map(({ isRight }) => isRight)).toEqual([true, false]);
    expect(results[1]!.turns.map(({ isRight, found }) => [isRight, found[0]])).toEqual([
      [false, undefined],
      [true, 'd#1'],
    ]);
  });
});

describe('a report', () => {
  const row = (kind: string, change: Partial<QuestionResult>, tookMs = 1): QuestionResult => ({
    id: kind,
    kind,
    q: '',
    outcome: 'answered',
    sections: [],
    isFirstRight: true,
    isAmongThree: true,
    hasEvidence: true,
    isConfident: true,
    confidence: null,
    tookMs,
    ...change,
  });
  const rows = [
    row('fact', {}, 4),
    row('fact', { isFirstRight: false, hasEvidence: false }, 1),
    row('typo', { isFirstRight: false, isAmongThree: false, outcome: 'refused', isConfident: false }, 3),
    row('typo', { outcome: 'clarify', isConfident: false }, 2),
    row('oos', { outcome: 'refused', isConfident: false, isFirstRight: false }, 9),
    row('oos', { outcome: 'clarify', isConfident: false, isFirstRight: false }, 5),
    row('oos', { isFirstRight: false }, 6),
  ];
  const result = report(rows, [
    { id: 'a', isRight: true, turns: [] },
    { id: 'b', isRight: false, turns: [] },
  ]);

  it('counts over the questions in scope', () => {
    expect(result.overall).toEqual({
      questions: 7,
      recallAt1: 0.5,
      recallAt3: 0.75,
      evidenceRate: 0.75,
      confidentRate: 0.5,
      refusedRate: 0.25,
    });
  });

  it('counts each kind for itself', () => {
    expect(Object.keys(result.byKind)).toEqual(['fact', 'typo', 'oos']);
    expect(result.byKind.fact).toMatchObject({ questions: 2, recallAt1: 0.5, evidenceRate: 0.5, confidentRate: 1, refusedRate: 0 });
    expect(result.byKind.oos).toMatchObject({ questions: 3, recallAt1: null, recallAt3: null, refusedRate: 1 / 3 });
  });

  it('holds refusals against what is out of scope: not answering outright is enough', () => {
    expect(result.refusal).toEqual({ precision: 0.5, recall: 2 / 3 });
  });

  it('tells median, 99th percentile and dialogues', () => {
    expect(result.latencyMs).toEqual({ median: 4, p99: 9 });
    expect(result.dialogues).toEqual({ right: 1, total: 2 });
  });

  it('of nothing has no rates', () => {
    expect(report([], null)).toMatchObject({
      overall: { questions: 0, recallAt1: null },
      refusal: { precision: null, recall: null },
      dialogues: null,
    });
  });

  it('is a table for people', () => {
    const text = formatReport(result);
    expect(text).toMatch(/^kind\s+n\s+R@1 %/);
    expect(text).toMatch(/fact\s+2\s+50\.0\s+100\.0\s+50\.0\s+100\.0\s+0\.0/);
    expect(text).toMatch(/oos\s+3\s+–/);
    expect(text).toContain('out of scope not answered outright: 66.7 %; refusals that were out of scope: 50.0 %');
    expect(text).toContain('dialogues right in every turn: 1 of 2');
  });
});

describe('a question set', () => {
  const fileOf = (text: string): string => {
    const file = join(temporaryFolder(), 'set.jsonl');
    writeFileSync(file, text);
    return file;
  };

  it('is read line by line; evidence may be left out', () => {
    expect(readQuestions(fileOf('{"id":"1","kind":"fact","q":"问","sections":[1]}\n\n'))).toEqual([
      { id: '1', kind: 'fact', q: '问', sections: [1], evidence: [] },
    ]);
    expect(readDialogues(fileOf('{"id":"1","turns":[{"q":"问","sections":[1]}]}'))).toHaveLength(1);
  });

  it.each(['{"id":"1"', '{"id":"2","kind":"fact","q":"","sections":[]}', '[]'])('is refused with file and line: %s', (line) => {
    const file = fileOf(`{"id":"1","kind":"fact","q":"问","sections":[1]}\n${line}\n`);
    expect(() => readQuestions(file)).toThrow(`${file}:2: not a line of a question set`);
  });

  it('that is not there is refused by name', () => {
    expect(() => readDialogues('nowhere.jsonl')).toThrow(/^nowhere\.jsonl: cannot be read/);
  });
});

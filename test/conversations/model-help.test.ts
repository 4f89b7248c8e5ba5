import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { composeAnswer } from '../../src/answering/compose.ts';
import { startDeadline } from '../../src/conversations/deadline.ts';
import { helpAnswer, similaritiesOf, withSummary } from '../../src/conversations/model-help.ts';
import type { Embedder, ModelHelp, ModelVerdict, Rewriter, Wording } from '../../src/conversations/model-ports.ts';
import type { Answer, Citation } from '../../src/domain/answer.ts';

const QUOTE = '支持企业参加境内外知名展会,参展奖励每家5万元。申请人应当在展会结束后30日内提交合同、发票和付款凭证。';
const SUMMARY = '支持企业参加知名展会，参展奖励每家5万元。';
const TIMEOUT_MS = 4_000;
const citation = (quote = QUOTE): Citation => ({
  documentId: 'plan',
  documentTitle: '年度计划',
  section: 2,
  sectionTitle: '提升外贸',
  part: null,
  quote,
  issued: null,
  page: null,
  asOf: null,
  revision: null,
});
const ref = { documentId: 'plan', section: 2, title: '提升外贸' };
const answered = (confidence = 0.8, quote = QUOTE): Extract<Answer, { outcome: 'answered' }> => ({
  outcome: 'answered',
  aspects: [],
  facts: [],
  citations: [citation(quote)],
  related: [ref],
  confidence,
  understoodAs: null,
});
const clarify = (confidence: number): Answer => ({
  outcome: 'clarify',
  nearest: [citation()],
  options: [ref],
  missingTerms: [],
  confidence,
  understoodAs: null,
});
const refused = (confidence = 0.1): Answer => ({
  outcome: 'refused',
  reason: 'not-in-library',
  missingTerms: [],
  suggestions: [],
  confidence,
});

const never = (): Promise<null> => new Promise(() => {});
let verdicts: [string, ModelVerdict][];
const helpOf = (rewrite: Rewriter['rewrite'] | null, word: Wording['word'] | null): ModelHelp => ({
  rewriter: rewrite && { rewrite },
  wording: word && { word },
  embedder: null,
  timeoutMs: TIMEOUT_MS,
  embeddingTimeoutMs: 0,
  onVerdict: (use, verdict) => verdicts.push([use, verdict]),
});

beforeEach(() => {
  verdicts = [];
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a rewritten question', () => {
  const rewriting = (answer: Answer, second: Answer | null) => {
    const asked: string[] = [];
    const help = helpOf(async () => '参展有什么奖励', null);
    return helpAnswer('出去摆摊给钱不', answer, help, (question) => {
      asked.push(question);
      return second;
    }).then((helped) => ({ ...helped, asked }));
  };

  it('is answered in place of a refused one when that is surer, and the reply says so', async () => {
    const { answer, asked } = await rewriting(refused(0.1), answered(0.8));
    expect(asked).toEqual(['参展有什么奖励']);
    expect(answer).toEqual({ ...answered(0.8), understoodAs: '参展有什么奖励' });
    expect(composeAnswer(answer as ReturnType<typeof answered>, 't').blocks[0]).toEqual({
      kind: 'note',
      text: '已按“参展有什么奖励”为您查找',
    });
    expect(verdicts).toEqual([['rewrite', 'taken']]);
  });

  it.each<[string, Answer, Answer | null]>([
    ['refused again', refused(0.1), refused(0.2)],
    ['as unclear as before', clarify(0.3), clarify(0.4)],
    ['answered, but no surer', clarify(0.4), answered(0.4)],
    ['unclear where it was refused with more confidence', refused(0.5), clarify(0.3)],
    ['no question any more', refused(0.1), null],
    ['a list of everything', refused(0.1), { outcome: 'browse', category: null, sections: [citation()] }],
  ])('changes nothing when it is %s', async (_, first, second) => {
    const { answer, summary } = await rewriting(first, second);
    expect(answer).toBe(first);
    expect(summary).toBeNull();
    expect(verdicts).toEqual([['rewrite', 'not-better']]);
  });

  it('improves a refusal to a choice, and a choice to an answer', async () => {
    expect((await rewriting(refused(0.1), clarify(0.3))).answer.outcome).toBe('clarify');
    expect((await rewriting(clarify(0.3), answered(0.6))).answer.outcome).toBe('answered');
  });

  it.each<[string, Answer]>([
    ['an answer', answered(0.1)],
    ['a question that is too long', { outcome: 'refused', reason: 'too-long', missingTerms: [], suggestions: [], confidence: 1 }],
    ['a list', { outcome: 'browse', category: null, sections: [citation()] }],
  ])('is not asked for after %s', async (_, answer) => {
    const rewrite = vi.fn(async () => '参展有什么奖励');
    await helpAnswer('问', answer, helpOf(rewrite, null), () => answered(0.9));
    expect(rewrite).not.toHaveBeenCalled();
  });
});

describe('a wording', () => {
  const wordingOf = (text: string | null, quote?: string) =>
    helpAnswer(
      '参展给多少',
      answered(0.8, quote),
      helpOf(null, async () => text),
      () => null,
    );

  it('that the quotes bear out is shown', async () => {
    expect(await wordingOf(SUMMARY)).toEqual({ answer: answered(), summary: SUMMARY });
    expect(verdicts).toEqual([['wording', 'taken']]);
  });

  it.each(['参展奖励每家8万元。', '市财政局支持企业参加展会。', '请访问 http://a.cn 领取。', '好的。'])(
    'that says more is not: %s',
    async (text) => {
      expect(await wordingOf(text)).toEqual({ answer: answered(), summary: null });
      expect(verdicts).toEqual([['wording', 'rejected']]);
    },
  );

  it('that did not come leaves the answer as it was', async () => {
    expect(await wordingOf(null)).toEqual({ answer: answered(), summary: null });
    expect(verdicts).toEqual([['wording', 'none']]);
  });

  it('is not asked for over a quote read at a glance, or without an answer', async () => {
    const word = vi.fn(async () => SUMMARY);
    await helpAnswer('问', answered(0.8, '参展奖励每家5万元。'), helpOf(null, word), () => null);
    await helpAnswer('问', refused(), helpOf(null, word), () => null);
    await helpAnswer('问', clarify(0.3), helpOf(null, word), () => null);
    expect(word).not.toHaveBeenCalled();
  });

  it('is made for the answer to the rewritten question, from the words of the asker', async () => {
    const word = vi.fn(async () => SUMMARY);
    const helped = await helpAnswer(
      '出去摆摊给钱不',
      refused(),
      helpOf(async () => '参展有什么奖励', word),
      () => answered(),
    );
    expect(word).toHaveBeenCalledWith('出去摆摊给钱不', helped.answer, expect.any(AbortSignal));
    expect(helped.summary).toBe(SUMMARY);
  });
});

describe('time', () => {
  it('is up for a rewriter that never answers, and the first answer goes out', async () => {
    let ended: AbortSignal | undefined;
    const helping = helpAnswer(
      '问',
      refused(),
      helpOf((_, signal) => ((ended = signal), never()), never),
      () => answered(),
    );
    await vi.advanceTimersByTimeAsync(TIMEOUT_MS - 1);
    expect(ended!.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await helping).toEqual({ answer: refused(), summary: null });
    expect(ended!.aborted).toBe(true);
  });

  it('is one for rewriting and wording together', async () => {
    const slowly = (): Promise<string> => new Promise((resolve) => void setTimeout(() => resolve('参展有什么奖励'), TIMEOUT_MS - 100));
    const helping = helpAnswer('问', refused(), helpOf(slowly, never), () => answered());
    await vi.advanceTimersByTimeAsync(TIMEOUT_MS);
    expect(await helping).toEqual({ answer: { ...answered(), understoodAs: '参展有什么奖励' }, summary: null });
    expect(verdicts).toEqual([
      ['rewrite', 'taken'],
      ['wording', 'none'],
    ]);
  });

  it('leaves no clock running when the models were quick', async () => {
    await helpAnswer(
      '问',
      answered(),
      helpOf(null, async () => SUMMARY),
      () => null,
    );
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('an embedder', () => {
  const near = new Map([['plan#2', 0.8]]);
  const withEmbedder = (similarities: Embedder['similarities']): ModelHelp => ({
    ...helpOf(null, null),
    embedder: { similarities },
    embeddingTimeoutMs: 1_000,
  });

  it('is asked for the question', async () => {
    const similarities = vi.fn(async () => near);
    expect(await similaritiesOf('参展给多少', withEmbedder(similarities))).toBe(near);
    expect(similarities).toHaveBeenCalledWith('参展给多少', expect.any(AbortSignal));
    expect(vi.getTimerCount()).toBe(0);
  });

  it('that does not answer in time is not waited for', async () => {
    const asked = similaritiesOf('问', withEmbedder(never));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await asked).toBeNull();
  });

  it('that fails or is not set up gives nothing', async () => {
    expect(
      await similaritiesOf(
        '问',
        withEmbedder(() => Promise.reject(new Error('a fault'))),
      ),
    ).toBeNull();
    expect(await similaritiesOf('问', helpOf(null, null))).toBeNull();
  });
});

describe('a model that throws', () => {
  it('costs nothing but its help', async () => {
    const fail = async (): Promise<never> => {
      throw new Error('a fault');
    };
    expect(await helpAnswer('问', refused(), helpOf(fail, fail), () => answered())).toEqual({ answer: refused(), summary: null });
    expect(await helpAnswer('问', answered(), helpOf(fail, fail), () => null)).toEqual({ answer: answered(), summary: null });
  });

  it('at once does so too', async () => {
    const deadline = startDeadline(TIMEOUT_MS);
    const work = (): never => {
      throw new Error('a fault');
    };
    expect(await deadline.meet(work)).toBeNull();
    deadline.end();
  });
});

describe('a summary in a reply', () => {
  const reply = composeAnswer({ ...answered(), understoodAs: '参展' }, 'turn');

  it('stands right above the first quote, says where it is from, and changes nothing else', () => {
    const summed = withSummary(reply, SUMMARY);
    expect(summed.blocks.map(({ kind }) => kind)).toEqual(['note', 'paragraph', 'quote', 'source', 'list']);
    expect(summed.blocks[1]).toEqual({ kind: 'paragraph', text: `要点（由模型根据下列原文概括）：${SUMMARY}` });
    expect(summed.blocks.toSpliced(1, 1)).toEqual(reply.blocks);
    expect({ ...summed, blocks: [] }).toEqual({ ...reply, blocks: [] });
  });

  it('is left out where there is none, or nothing is quoted', () => {
    expect(withSummary(reply, null)).toBe(reply);
    const notice = { ...reply, blocks: [] };
    expect(withSummary(notice, SUMMARY)).toBe(notice);
  });
});

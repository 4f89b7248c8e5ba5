import { type Answerer, createAnswerer } from '../../src/answering/answerer.ts';
import { buildCorpus } from '../../src/answering/corpus.ts';
import { allInForce } from '../../src/answering/state.ts';
import { categoryOf } from '../../src/conversations/handing-over.ts';
import { addDays } from '../../src/domain/day.ts';
import type { Answer } from '../../src/domain/answer.ts';
import { FEEDBACK_REASONS, type Feedback, type FeedbackReason } from '../../src/domain/feedback.ts';
import type { ChannelName } from '../../src/domain/message.ts';
import type { Ticket, TicketChange } from '../../src/domain/ticket.ts';
import type { Turn } from '../../src/domain/turn.ts';
import { readLibrary } from '../../src/knowledge/library.ts';
import type { SqlStore } from '../../src/storage/sql-store.ts';
import { seededRandom } from './random.ts';
import { newTicket, ticketEvent, turnOf } from './turns.ts';

export interface MonthOptions {
  readonly questions: number;
  /** The last of the days, ISO. */
  readonly lastDay: string;
  readonly days?: number;
  readonly seed?: number;
  /** Desks the tickets go to. */
  readonly deskIds: readonly string[];
}

/** What was kept of one question and of what followed. */
interface Exchange {
  readonly turns: readonly Turn[];
  readonly feedback: Feedback | null;
  readonly tickets: readonly TicketChange[];
}

const BEFORE = ['', '', '', '', '请问', '你好，', '您好，请问', '想问一下', '麻烦问下，', '在吗？'];
const AFTER = ['', '', '', '？', '?', '呢', '吗', '谢谢', '？谢谢！', '，急', '啊'];
/** What people ask an office that is not in any plan. */
const ELSEWHERE = [
  '怎么办理',
  '要带什么材料',
  '在哪里办',
  '多久能办好',
  '收费吗',
  '可以网上办吗',
  '周末上班吗',
  '电话多少',
  '找谁',
  '过期了怎么办',
];
const THINGS =
  '公积金提取,驾照换证,居住证续期,宠物狗证,结婚登记,护照换发,车辆年检,燃气开户,水电过户,失业金申领,生育津贴,医保转移,社保卡补办,学区划分,公交线路,停车月卡,快递站加盟,发票遗失,不动产登记,遗产公证,低保申请,残疾证,健康证,营业执照遗失,食品许可延期,消防验收,排污许可,烟草证,网吧许可,劳动仲裁'.split(
    ',',
  );
const CHANNELS: readonly (readonly [ChannelName, number])[] = [
  ['feishu', 0.55],
  ['telegram', 0.25],
  ['web', 0.2],
];
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const PEOPLE = 3_000;

/** A month of questions to the shipped library, answered as it answers, with votes, choices and tickets; the same for the same options. */
export async function simulatedMonth({ questions, lastDay, days = 30, seed = 1, deskIds }: MonthOptions): Promise<Exchange[]> {
  const library = await readLibrary('knowledge');
  const state = allInForce(buildCorpus(library));
  const answerer = createAnswerer(() => state);
  const random = seededRandom(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  /** Some are asked much more than others. */
  const pickSkewed = <T>(from: readonly T[]): T => from[Math.floor(random() ** 3 * from.length)]!;

  const inLibrary = [
    ...library.questions.map(({ q }) => q),
    ...library.records.flatMap(({ sections }) => sections.flatMap((section) => section.questions.map(({ text }) => text))),
  ];
  const elsewhere = THINGS.flatMap((thing) => ELSEWHERE.map((what) => thing + what));
  const shuffled = <T>(from: readonly T[]): T[] =>
    from
      .map((value) => [random(), value] as const)
      .sort((a, b) => a[0] - b[0])
      .map(([, value]) => value);
  const [asked, unknown] = [shuffled(inLibrary), shuffled(elsewhere)];
  const known = new Map<string, Answer | null>();
  const answerTo = (question: string): Answer | null => {
    const before = known.get(question);
    if (before !== undefined) return before;
    const reaction = answerer.answer(question, null);
    const answer = 'answer' in reaction ? reaction.answer : null;
    known.set(question, answer);
    return answer;
  };

  const channelOf = (): ChannelName => {
    let left = random();
    return (CHANNELS.find(([, share]) => (left -= share) < 0) ?? CHANNELS[0]!)[0];
  };
  const timeOf = (): { readonly day: string; readonly atMs: number } => {
    for (;;) {
      const day = addDays(lastDay, -Math.floor(random() * days));
      const isWeekend = [0, 6].includes(new Date(day).getUTCDay());
      // Few ask at weekends; from eight in the morning by Chinese time.
      if (!isWeekend || random() < 0.25) return { day, atMs: Date.parse(day) + Math.floor(random() * 12 * 60) * MINUTE_MS };
    }
  };

  let tickets = 0;
  const exchangeOf = (at: number): Exchange => {
    const isElsewhere = random() < 0.22;
    const question = `${pick(BEFORE)}${pickSkewed(isElsewhere ? unknown : asked)}${pick(AFTER)}`;
    const answer = answerTo(question);
    const person = Math.floor(random() ** 2 * PEOPLE);
    const channel = channelOf();
    const turn = turnOf({
      id: `month-${at}`,
      channel,
      contextKey: `context-${channel}-${person}`,
      asker: `person-${channel}-${person}`,
      question,
      answer,
      category: categoryOf(answer, answerer),
      tookMs: Math.round(2 + random() * 18),
      ...timeOf(),
    });
    const turns = [turn, ...chosenAfter(turn, answerer)];
    return { turns, feedback: voteOn(turn), tickets: random() < handOffShare(answer) ? [ticketOn(turn)] : [] };
  };

  const chosenAfter = (turn: Turn, from: Answerer): Turn[] => {
    if (turn.answer?.outcome !== 'clarify' || random() > 0.4) return [];
    const { options, nearest } = turn.answer;
    const option = options.length > 0 ? pickSkewed(options) : pickSkewed(nearest);
    if (option === undefined) return [];
    const answer = from.fromSection(option.documentId, option.section, turn.question);
    return [{ ...turn, id: `${turn.id}-chosen`, via: 'chosen', answer, category: categoryOf(answer, from), atMs: turn.atMs + MINUTE_MS }];
  };
  const voteOn = ({ id, asker, answer }: Turn): Feedback | null => {
    if (answer === null || random() > 0.12) return null;
    const isHelpful = random() < (answer.outcome === 'answered' ? 0.86 : 0.35);
    const reasons = Object.keys(FEEDBACK_REASONS) as FeedbackReason[];
    return { turnId: id, asker, vote: isHelpful ? 'up' : 'down', reason: isHelpful || random() < 0.4 ? null : pick(reasons) };
  };
  const handOffShare = (answer: Answer | null): number => (answer?.outcome === 'refused' ? 0.08 : 0.005);
  const ticketOn = (turn: Turn): TicketChange => {
    const number = ++tickets;
    const claimedAtMs = turn.atMs + Math.round((1 + random() ** 2 * 120) * MINUTE_MS);
    const isOver = random() < 0.9;
    const isAnswered = isOver && random() < 0.9;
    const ticket: Partial<Ticket> = {
      id: `month-ticket-${number}`,
      number,
      deskId: pick(deskIds),
      category: turn.category,
      question: turn.question,
      turnId: turn.id,
      asker: turn.asker,
      contextKey: turn.contextKey,
      channel: turn.channel,
      createdAtMs: turn.atMs,
      ...(isOver && {
        claimedAtMs,
        endedAtMs: claimedAtMs + Math.round(random() ** 2 * DAY_MS),
        state: isAnswered ? 'answered' : 'ignored',
      }),
      // The draft was made, and put aside.
      ...(isAnswered && { answer: '请到一楼综合窗口咨询。', answeredFor: '企业服务科', draftTextId: 'put-aside' }),
    };
    return { ...newTicket(ticket), event: ticketEvent('opened', { atMs: turn.atMs }) };
  };

  return Array.from({ length: questions }, (_, at) => exchangeOf(at));
}

const AT_ONCE = 500;

/** Writes a month into a store, as the house would have. */
export async function keepMonth(month: readonly Exchange[], store: Pick<SqlStore, 'save' | 'tickets'>): Promise<void> {
  for (let at = 0; at < month.length; at += AT_ONCE) {
    await Promise.all(
      month.slice(at, at + AT_ONCE).map(async ({ turns: [first, ...others], feedback, tickets }) => {
        await store.save({ turn: first!, feedback, tickets });
        for (const turn of others) await store.save({ turn, feedback: null });
      }),
    );
  }
}

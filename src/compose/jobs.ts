import type { Answerer } from '../answering/answerer.ts';
import type { Log } from '../domain/log.ts';
import type { Notice, OutgoingReply } from '../domain/message.ts';
import type { HandOff } from '../hand-off/hand-off.ts';
import { type DigestOptions, sendDigest } from '../insight/send-digest.ts';
import { asksTheSame } from '../hand-off/similar.ts';
import type { Editorial } from '../knowledge/editorial/editorial.ts';
import { draftAnswers } from '../library/draft-answers.ts';
import { every } from '../library/every.ts';
import type { LibraryService } from '../library/service.ts';
import { tellInterested } from '../library/tell-interested.ts';
import { keepRetention, readRetention, RETENTION_SETTING } from '../privacy/retention.ts';
import { type NewsOptions, noteNews, tellNews } from '../subscriptions/deliver-news.ts';
import type { SqlStore } from '../storage/sql-store.ts';

export interface JobTuning {
  /** How often tickets, answers and wishes are looked at. */
  readonly everyMs?: number;
}

export interface JobParts {
  readonly store: SqlStore;
  readonly editorial: Editorial;
  readonly library: LibraryService;
  readonly answerer: Answerer;
  readonly handOff: HandOff;
  readonly digest: DigestOptions;
  readonly news: NewsOptions;
  readonly outgoing: (notices: readonly Notice[]) => readonly OutgoingReply[];
  readonly now: () => number;
  readonly log: Log;
}

const EVERY_MS = 20_000;
/** Erasing is looked at so often; what is due is done in the first minutes of a day at the latest. */
const RETENTION_EVERY_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** How far back, and among how many, other wordings of a question are looked for. */
const WORDINGS_DAYS = 90;
const MOST_WORDINGS = 5_000;

/** What the house does by itself. Each job may be interrupted anywhere and done by several processes: what it does takes effect once. */
export function startJobs(parts: JobParts, { everyMs = EVERY_MS }: JobTuning = {}, signal: AbortSignal): void {
  const { store, editorial, library, answerer, handOff, digest, news, outgoing, now, log } = parts;
  const { tickets, interests } = store;
  const today = (): string => library.current().today;

  const likeQuestions = async (question: string): Promise<readonly string[]> => {
    const fromDay = new Date(now() - WORDINGS_DAYS * DAY_MS).toISOString().slice(0, 10);
    return (await interests.unanswered(fromDay, MOST_WORDINGS)).filter((other) => other !== question && asksTheSame(other, question));
  };
  /** Version of the library that was last looked into for answers. */
  let told = -1;
  /** Version of the library and day that were last looked through for news. */
  let noted = '';
  const stops = [
    every(everyMs, 'staff were not reminded', log, () => handOff.remind()),
    every(everyMs, 'no drafts were made of answers', log, () =>
      draftAnswers({ tickets, texts: store.editorial, editorial, likeQuestions, today, now, log }),
    ),
    every(everyMs, 'people who wait for an answer were not told', log, async () => {
      const version = library.version();
      if (version === told) return;
      await tellInterested({ interests, answerer, outgoing, now });
      told = version;
    }),
    every(everyMs, 'news were not told', log, async () => {
      const state = `${library.version()} ${today()}`;
      if (state !== noted) {
        await noteNews(news);
        noted = state;
      }
      await tellNews(news);
    }),
    every(everyMs, 'the weekly digest was not sent', log, async () => {
      if (await sendDigest(digest)) log.info({}, 'weekly digest sent to the staff chats');
    }),
    every(RETENTION_EVERY_MS, 'what has been kept for long enough was not erased', log, async () => {
      const count = await keepRetention(store.privacy, readRetention(await store.admin.setting(RETENTION_SETTING)), now());
      if (count > 0) log.info({ count }, 'words erased that were kept for long enough');
    }),
  ];
  signal.addEventListener('abort', () => stops.forEach((stop) => stop()), { once: true });
}

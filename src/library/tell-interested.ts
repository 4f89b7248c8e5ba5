import type { Answerer } from '../answering/answerer.ts';
import { wordAnswer } from '../conversations/word-reaction.ts';
import type { Answer } from '../domain/answer.ts';
import type { Notice, OutgoingReply, ReplyMessage } from '../domain/message.ts';
import type { Interest, InterestStore } from '../conversations/interests.ts';

export interface TellInterestedOptions {
  readonly interests: Pick<InterestStore, 'interests' | 'tell'>;
  readonly answerer: Pick<Answerer, 'answer'>;
  readonly outgoing: (notices: readonly Notice[]) => readonly OutgoingReply[];
  readonly now: () => number;
}

/** Questions read at once; between two of them others are answered. */
const AT_ONCE = 500;

const later = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Tells people, once, who asked when there was no answer and wanted to know. @returns how many were told */
export async function tellInterested({ interests, answerer, outgoing, now }: TellInterestedOptions): Promise<number> {
  let told = 0;
  let after: string | null = null;
  for (;;) {
    const page: readonly Interest[] = await interests.interests(after, AT_ONCE);
    for (const interest of page) {
      await later();
      const reaction = answerer.answer(interest.question, null);
      if (reaction.intent !== 'question' || reaction.answer.outcome !== 'answered') continue;
      const { id, channel, address } = interest;
      const replies = outgoing([{ channel, address, message: newsOf(interest, reaction.answer) }]);
      if (await interests.tell(id, replies, now())) told++;
    }
    if (page.length < AT_ONCE) return told;
    after = page.at(-1)!.id;
  }
}

function newsOf({ question, turnId }: Interest, answer: Answer): ReplyMessage {
  const message = wordAnswer(answer, turnId);
  return {
    ...message,
    title: '您之前的问题有答案了',
    blocks: [{ kind: 'note', text: `您问过：${question}` }, ...message.blocks],
  };
}

import type { Editor, Editorial } from '../knowledge/editorial/editorial.ts';
import type { EditorialStore } from '../knowledge/editorial/store.ts';
import { THE_HOUSE } from '../domain/audit.ts';
import type { Log } from '../domain/log.ts';
import type { Ticket } from '../domain/ticket.ts';
import { drafted } from '../hand-off/changes.ts';
import type { TicketStore } from '../hand-off/store.ts';
import { recordText } from '../knowledge/front-matter-text.ts';
import { recordSchema } from '../knowledge/record-schema.ts';
import { maskPersonal } from '../privacy/mask.ts';

export interface DraftAnswersOptions {
  readonly tickets: Pick<TicketStore, 'undrafted' | 'commit'>;
  readonly texts: Pick<EditorialStore, 'text'>;
  readonly editorial: Pick<Editorial, 'create'>;
  /** Other wordings people have asked the same in. */
  readonly likeQuestions: (question: string) => Promise<readonly string[]>;
  /** Today, ISO. */
  readonly today: () => string;
  readonly now: () => number;
  readonly log: Pick<Log, 'info' | 'error'>;
}

/** Drafts made in one go; the others have their turn a minute later. */
const AT_ONCE = 20;
const MOST_ALTERNATES = 8;
const LONGEST_TITLE = 120;

/** The id of the draft from a ticket: the same each time, so that none is made twice. */
const idOf = ({ number }: Ticket): string => `answer-${number}`;

const oneLine = (text: string): string => maskPersonal(text.replaceAll(/\s+/g, ' ').trim());

/** What staff answered, as an FAQ: the question as asked, without what could name anybody, and the answer word for word. */
function sourceOf(ticket: Ticket, alternates: readonly string[], today: string): string {
  const title = [...oneLine(ticket.question)].slice(0, LONGEST_TITLE).join('');
  const questions = [...new Set(alternates.map(oneLine))].filter((text) => text !== '' && text !== title).slice(0, MOST_ALTERNATES);
  const meta = recordSchema.parse({
    id: idOf(ticket),
    kind: 'faq',
    title,
    source: `工作人员答复（${ticket.answeredFor ?? '人工服务'}）`,
    year: Number(today.slice(0, 4)),
    verifiedOn: today,
    verifiedBy: ticket.answeredFor ?? '人工服务',
    category: ticket.category ?? 'approval',
    questions,
  });
  // A line that opens with "#" would be read as a heading.
  return recordText(meta, maskPersonal(ticket.answer ?? '').replaceAll(/^(\s*)#/gm, '$1＃'));
}

/** Makes drafts of what staff have answered; nothing is answered from them before somebody else has approved them. @returns how many were made */
export async function draftAnswers({ tickets, texts, editorial, likeQuestions, today, now, log }: DraftAnswersOptions): Promise<number> {
  let made = 0;
  for (const ticket of await tickets.undrafted(AT_ONCE)) {
    const textId = idOf(ticket);
    try {
      // Made before, when we were interrupted in between.
      if ((await texts.text(textId)) === null) {
        const editor: Editor = {
          ...THE_HOUSE,
          userId: ticket.assignee?.userId ?? null,
          name: ticket.assignee?.name ?? THE_HOUSE.name,
          role: 'editor',
        };
        const source = sourceOf(ticket, await likeQuestions(ticket.question), today());
        await editorial.create(editor, { source, note: `由工单 #${ticket.number} 的人工答复整理，请核对内容和分类`, origin: 'chat' });
      }
      if (await tickets.commit([drafted(ticket, textId, now())], [], now())) made++;
    } catch (error) {
      log.error(
        { ticket: ticket.number, reason: error instanceof Error ? error.message : String(error) },
        'no draft was made of an answer',
      );
    }
  }
  if (made > 0) log.info({ made }, 'drafts made of what staff answered');
  return made;
}

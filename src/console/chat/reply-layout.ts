import type { BlockView, ButtonView, ReplyView } from '../../channels/web/schemas.ts';
import { readAction, type Vote } from '../api/action.ts';
import type { FullTextRequest } from '../full-text/full-text-drawer.tsx';

export interface PlacedBlock {
  readonly block: BlockView;
  /** Buttons that stand for the items of a list, one each; empty when the list is only read. */
  readonly choices: readonly ButtonView[];
}

export interface Feedback {
  readonly turnId: string;
  readonly buttons: readonly { readonly label: string; readonly vote: Vote }[];
}

export interface Arrangement {
  readonly blocks: readonly PlacedBlock[];
  readonly fullTexts: readonly { readonly label: string; readonly request: FullTextRequest }[];
  readonly others: readonly ButtonView[];
  readonly feedback: Feedback | null;
}

/**
 * Where the buttons of a reply go: full text first, votes at the foot, and the choices of a numbered list onto its items, so that nobody has to
 * match a number with a line. Choices that do not fit the list one to one stay buttons.
 */
export function arrange(reply: ReplyView): Arrangement {
  const buttons = reply.buttons.flat().map((button) => ({ button, read: readAction(button.action) }));
  const quotes = reply.blocks.flatMap((block) => (block.kind === 'source' ? [block.citation] : []));
  const choices = buttons.filter(({ read }) => read.kind === 'choose').map(({ button }) => button);
  const lists = reply.blocks.filter((block) => block.kind === 'list' && block.items.length === choices.length);
  const chosenList = choices.length === 0 ? undefined : (lists.find((block) => block.kind === 'list' && block.numbered) ?? lists[0]);

  const fullTexts = buttons.flatMap(({ button, read }) => {
    if (read.kind !== 'full-text') return [];
    const { documentId, section } = read;
    const quoted = quotes.filter((citation) => citation.documentId === documentId && citation.section === section);
    return [{ label: button.label, request: { documentId, section, quotes: quoted.map(({ quote }) => quote) } }];
  });
  const votes = buttons.flatMap(({ button, read }) => (read.kind === 'feedback' ? [{ label: button.label, ...read }] : []));
  const turnId = votes[0]?.turnId;

  return {
    blocks: reply.blocks.map((block) => ({ block, choices: block === chosenList ? choices : [] })),
    fullTexts,
    others: buttons.flatMap(({ button, read }) => (read.kind === 'other' || (read.kind === 'choose' && !chosenList) ? [button] : [])),
    feedback: turnId === undefined ? null : { turnId, buttons: votes.map(({ label, vote }) => ({ label, vote })) },
  };
}

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
  /** The aspects of a service guide, one of them open; empty for most replies. */
  readonly tabs: readonly ButtonView[];
  readonly others: readonly ButtonView[];
  readonly feedback: Feedback | null;
}

/**
 * Where the buttons of a reply go: full text first, votes at the foot, and choices onto the items of the list they belong to, so that nobody
 * has to match a button with a line. Choices without such a list stay buttons. A row with an open tab stays together.
 */
export function arrange(reply: ReplyView): Arrangement {
  const isTabs = (row: readonly ButtonView[]): boolean => row.some(({ isCurrent }) => isCurrent);
  const loose = reply.buttons.filter((row) => !isTabs(row));
  const buttons = loose.flat().map((button) => ({ button, read: readAction(button.action) }));
  const citations = reply.blocks.flatMap((block) => (block.kind === 'source' ? [block.citation] : []));
  const choices = buttons.flatMap(({ button, read }) => (read.kind === 'choice' ? [button] : []));
  const list = reply.blocks.find((block) => block.kind === 'list' && belongTogether(block.items, choices));

  const fullTexts = buttons.flatMap(({ button, read }) => {
    if (read.kind !== 'full-text') return [];
    const { documentId, section, revision } = read;
    const quoted = citations.filter((citation) => citation.documentId === documentId && citation.section === section);
    return [{ label: button.label, request: { documentId, section, revision, quotes: quoted.map(({ quote }) => quote) } }];
  });
  const votes = buttons.flatMap(({ button, read }) => (read.kind === 'feedback' ? [{ label: button.label, ...read }] : []));
  const turnId = votes[0]?.turnId;

  return {
    blocks: reply.blocks.map((block) => ({ block: withoutRepeatedTitle(block, reply.title), choices: block === list ? choices : [] })),
    fullTexts,
    tabs: reply.buttons.filter(isTabs).flat(),
    others: buttons.flatMap(({ button, read }) => (read.kind === 'other' || (read.kind === 'choice' && !list) ? [button] : [])),
    feedback: turnId === undefined ? null : { turnId, buttons: votes.map(({ label, vote }) => ({ label, vote })) },
  };
}

/** Whether each button is labelled with the number or with words of the item in its place. */
function belongTogether(items: readonly string[], choices: readonly ButtonView[]): boolean {
  if (choices.length === 0 || items.length !== choices.length) return false;
  return choices.every(({ label }, index) => label === String(index + 1) || items[index]?.includes(label));
}

function withoutRepeatedTitle(block: BlockView, title: string): BlockView {
  return block.kind === 'list' && block.title === title ? { ...block, title: null } : block;
}

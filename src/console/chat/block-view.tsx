import type { BlockView as Block, ButtonView } from '../../channels/web/schemas.ts';
import type { FullTextRequest } from '../full-text/full-text-drawer.tsx';
import type { Saying } from './conversation.ts';
import { FactsBlock } from './facts-block.tsx';
import { ListBlock } from './list-block.tsx';
import { SourceLine } from './source-line.tsx';

interface Props {
  readonly block: Block;
  readonly choices: readonly ButtonView[];
  readonly isBusy: boolean;
  readonly onSay: (saying: Saying) => void;
  readonly onFullText: (request: FullTextRequest) => void;
}

/** One piece of a reply. All text is literal. */
export function BlockView({ block, choices, isBusy, onSay, onFullText }: Props) {
  switch (block.kind) {
    case 'paragraph':
      return <p className="block-paragraph">{block.text}</p>;
    case 'quote':
      return <blockquote className="block-quote">{block.text}</blockquote>;
    case 'source':
      return <SourceLine source={block} onFullText={onFullText} />;
    case 'list':
      return <ListBlock list={block} choices={choices} isBusy={isBusy} onSay={onSay} />;
    case 'facts':
      return <FactsBlock items={block.items} />;
    case 'note':
      return <p className="block-note">{block.text}</p>;
  }
}

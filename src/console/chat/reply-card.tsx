import './reply-card.css';
import { useId } from 'react';
import type { ReplyView } from '../../channels/web/schemas.ts';
import type { Vote } from '../api/action.ts';
import type { FullTextRequest } from '../full-text/full-text-drawer.tsx';
import { BlockView } from './block-view.tsx';
import type { Saying } from './conversation.ts';
import { CopyButton } from './copy-button.tsx';
import { FeedbackButtons } from './feedback-buttons.tsx';
import { arrange } from './reply-layout.ts';
import { TabRow } from './tab-row.tsx';

interface Props {
  readonly reply: ReplyView;
  readonly votes: Readonly<Record<string, Vote>>;
  readonly isBusy: boolean;
  readonly onSay: (saying: Saying) => void;
  readonly onFullText: (request: FullTextRequest) => void;
  readonly onVote: (turnId: string, vote: Vote) => Promise<boolean>;
}

/** One reply: its words, where they stand, and what can be done next. */
export function ReplyCard({ reply, votes, isBusy, onSay, onFullText, onVote }: Props) {
  const titleId = useId();
  const { blocks, fullTexts, tabs, others, feedback } = arrange(reply);
  const isQuoting = reply.blocks.some((block) => block.kind === 'source');
  const hasFoot = feedback !== null || isQuoting;
  return (
    <article className={`reply-card reply-${reply.tone}`} aria-labelledby={titleId}>
      <h2 id={titleId}>{reply.title}</h2>
      {tabs.length > 0 && <TabRow tabs={tabs} isBusy={isBusy} onSay={onSay} />}
      <div className="reply-blocks">
        {blocks.map(({ block, choices }, index) => (
          // Blocks of a reply never change their order.
          <BlockView key={index} block={block} choices={choices} isBusy={isBusy} onSay={onSay} onFullText={onFullText} />
        ))}
      </div>
      {(fullTexts.length > 0 || others.length > 0) && (
        <div className="reply-actions">
          {fullTexts.map(({ label, request }) => (
            <button key={label} type="button" className="button button-strong" onClick={() => onFullText(request)}>
              {label}
            </button>
          ))}
          {others.map(({ label, action }) => (
            <button
              key={action}
              type="button"
              className="button"
              disabled={isBusy}
              onClick={() => onSay({ shown: label, sends: { action } })}
            >
              {label}
            </button>
          ))}
        </div>
      )}
      {hasFoot && (
        <div className="reply-foot">
          {feedback !== null && <FeedbackButtons feedback={feedback} vote={votes[feedback.turnId]} onVote={onVote} />}
          {isQuoting && <CopyButton text={reply.copyText} />}
        </div>
      )}
    </article>
  );
}

import './message-list.css';
import { useEffect, useRef } from 'react';
import type { FullTextRequest } from '../full-text/full-text-drawer.tsx';
import type { Saying } from './conversation.ts';
import { FaultCard } from './fault-card.tsx';
import { ReplyCard } from './reply-card.tsx';
import { Thinking } from './thinking.tsx';
import type { Talk } from './use-conversation.ts';

interface Props {
  readonly talk: Talk;
  readonly onSay: (saying: Saying) => void;
  readonly onFullText: (request: FullTextRequest) => void;
}

/** The conversation. Screen readers hear what is added; eyes are led to the last question with as much of its answer as fits. */
export function MessageList({ talk, onSay, onFullText }: Props) {
  const { entries, isBusy, votes } = talk.conversation;
  const list = useRef<HTMLDivElement>(null);
  const lastKey = entries.at(-1)?.key ?? 0;

  useEffect(() => {
    if (lastKey === 0) return;
    const end = list.current?.lastElementChild;
    const asked = Array.from(list.current?.querySelectorAll('.asked') ?? []).at(-1);
    end?.scrollIntoView({ block: 'end' });
    if (asked && asked.getBoundingClientRect().top < HEADER_HEIGHT_PX) asked.scrollIntoView({ block: 'start' });
  }, [lastKey]);

  return (
    <div className="message-list" ref={list} role="log" aria-live="polite" aria-label="对话记录">
      {entries.map((entry) => {
        switch (entry.kind) {
          case 'asked':
            return (
              <div className="asked" key={entry.key}>
                <p className="bubble">
                  <span className="visually-hidden">您问：</span>
                  {entry.saying.shown}
                </p>
              </div>
            );
          case 'replied':
            return (
              <div className="replied" key={entry.key}>
                {entry.replies.map((reply, index) => (
                  <ReplyCard
                    // Replies of one entry never change their order.
                    key={index}
                    reply={reply}
                    votes={votes}
                    isBusy={isBusy}
                    onSay={onSay}
                    onFullText={onFullText}
                    onVote={talk.vote}
                  />
                ))}
              </div>
            );
          case 'failed':
            return <FaultCard key={entry.key} fault={entry.fault} onRetry={talk.retry} />;
        }
      })}
      {isBusy && <Thinking />}
    </div>
  );
}

/** As the list's scroll margin in message-list.css. */
const HEADER_HEIGHT_PX = 64;

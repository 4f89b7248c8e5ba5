import './chat-page.css';
import { useCallback, useRef, useState } from 'react';
import { FullTextDrawer, type FullTextRequest } from '../full-text/full-text-drawer.tsx';
import { Composer } from './composer.tsx';
import type { Saying } from './conversation.ts';
import { MessageList } from './message-list.tsx';
import { PageHeader } from './page-header.tsx';
import { useConversation } from './use-conversation.ts';
import { WelcomeCard } from './welcome-card.tsx';

/** The public page: one conversation, from the greeting to the composer at the foot. */
export function ChatPage() {
  const talk = useConversation();
  const { conversation, say } = talk;
  const [opened, setOpened] = useState<FullTextRequest | null>(null);
  const main = useRef<HTMLElement>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  const isEmpty = conversation.entries.length === 0;

  /** A pressed button may be gone once it is answered: the focus goes to where the answer appears, without opening a phone's keyboard. */
  const sayFromButton = useCallback(
    (saying: Saying) => {
      say(saying);
      main.current?.focus({ preventScroll: true });
    },
    [say],
  );

  const beginAnew = () => {
    talk.beginAnew();
    window.scrollTo({ top: 0 });
    input.current?.focus({ preventScroll: true });
  };

  return (
    <div className="page">
      <a className="skip-link" href="#question">
        跳到提问框
      </a>
      <PageHeader canBeginAnew={!isEmpty} onBeginAnew={beginAnew} />
      <main className="page-main column" ref={main} tabIndex={-1} aria-label="问答">
        {isEmpty && <WelcomeCard onSay={sayFromButton} />}
        <MessageList talk={talk} onSay={sayFromButton} onFullText={setOpened} />
      </main>
      <Composer input={input} isBusy={conversation.isBusy} onAsk={(question) => say({ shown: question, sends: { question } })} />
      {opened !== null && <FullTextDrawer request={opened} onClose={() => setOpened(null)} />}
    </div>
  );
}

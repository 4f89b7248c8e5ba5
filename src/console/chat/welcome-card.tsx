import './welcome-card.css';
import { topicAction } from '../api/action.ts';
import { ChevronIcon } from '../shared/icons.tsx';
import type { Saying } from './conversation.ts';
import { useOpeners } from './use-openers.ts';

/** What the page is for, and a way to begin for those who do not know what to ask. */
export function WelcomeCard({ onSay }: { readonly onSay: (saying: Saying) => void }) {
  const { samples, topics } = useOpeners();
  return (
    <section className="welcome" aria-labelledby="welcome-title">
      <h2 id="welcome-title">您好，想了解哪项政策？</h2>
      <p className="welcome-promise">用平常的话问就行。回答只引用政策原文，并注明出处；文件里没有的，会如实告诉您。</p>
      {samples.length > 0 && (
        <>
          <h3 id="welcome-samples">可以这样问</h3>
          <ul className={samples.length > 3 ? 'welcome-samples in-columns' : 'welcome-samples'} aria-labelledby="welcome-samples">
            {samples.map((sample) => (
              <li key={sample}>
                <button type="button" className="sample" onClick={() => onSay({ shown: sample, sends: { question: sample } })}>
                  <span>{sample}</span>
                  <ChevronIcon />
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      {topics.length > 0 && (
        <>
          <h3 id="welcome-topics">按主题看</h3>
          <ul className="welcome-topics" aria-labelledby="welcome-topics">
            {topics.map(({ category, label }) => (
              <li key={category}>
                <button type="button" className="chip" onClick={() => onSay({ shown: label, sends: { action: topicAction(category) } })}>
                  {label}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

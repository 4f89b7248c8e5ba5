import type { Impact } from '../../api/types.ts';
import { OutcomeTag, StateWord } from '../../shared/tag.tsx';
import { share } from '../../words/time.ts';

type Changed = Impact['changed'][number];

/** Answers before and after, those that get worse first. */
export function ImpactResult({ impact: { asked, rightBefore, rightAfter, changed } }: { readonly impact: Impact }) {
  const sorted = changed.toSorted((left, right) => rank(left) - rank(right));
  const [worse, better] = [changed.filter(isWorse).length, changed.filter(isBetter).length];
  return (
    <>
      <dl className="counts counts-wide">
        <Count label="题数" value={String(asked)} />
        <Count label="答案会变" value={String(changed.length)} />
        <Count label="变好 / 变差" value={`${better} / ${worse}`} isBad={worse > 0} />
        <Count label="答对率" value={`${share(rightBefore)} → ${share(rightAfter)}`} />
      </dl>
      {changed.length === 0 && <p className="good-news">发布后，题集里每道题的回答都和现在一样。</p>}
      {changed.length > 0 && (
        <ul className="impacts" aria-label="会变的回答">
          {sorted.map((answer) => (
            <li key={answer.id}>
              <div className="impact-head">
                <strong>{answer.question}</strong>
                <Verdict answer={answer} />
              </div>
              <div className="impact-sides">
                <Gist title="现在" gist={answer.before} />
                <Gist title="发布后" gist={answer.after} />
              </div>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

const isWorse = ({ wasRight, isRight }: Changed): boolean => wasRight === true && isRight === false;
const isBetter = ({ wasRight, isRight }: Changed): boolean => wasRight === false && isRight === true;
const rank = (answer: Changed): number => (isWorse(answer) ? 0 : isBetter(answer) ? 2 : 1);

function Verdict({ answer }: { readonly answer: Changed }) {
  if (isWorse(answer)) return <StateWord tone="bad">变差</StateWord>;
  if (isBetter(answer)) return <StateWord tone="good">变好</StateWord>;
  return <StateWord tone="plain">{answer.isRight === null ? '有变化' : answer.isRight ? '仍然对' : '仍不对'}</StateWord>;
}

function Gist({ title, gist: { outcome, source, quote } }: { readonly title: string; readonly gist: Changed['before'] }) {
  return (
    <div className="gist">
      <p>
        <span className="quiet">{title}</span> <OutcomeTag outcome={outcome} />
      </p>
      {source !== null && <p>{source}</p>}
      {quote !== null && <blockquote>{quote}</blockquote>}
    </div>
  );
}

const Count = ({ label, value, isBad }: { readonly label: string; readonly value: string; readonly isBad?: boolean }) => (
  <div className={isBad ? 'count count-bad' : 'count'}>
    <dt>{label}</dt>
    <dd>{value}</dd>
  </div>
);

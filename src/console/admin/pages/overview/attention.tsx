import { Link } from 'react-router';
import type { Overview } from '../../api/types.ts';
import { Nothing } from '../../shared/nothing.tsx';
import { Panel } from '../../shared/panel.tsx';
import { StateWord } from '../../shared/tag.tsx';

const SHOWN = 6;

/** Documents somebody has to look after: soon out of force, or not verified for long. */
export function Attention({ overview: { expiringSoon, stale } }: { readonly overview: Overview }) {
  return (
    <Panel title="需要留意">
      {expiringSoon.length + stale.length === 0 && <Nothing words="没有即将失效或久未核对的文档" />}
      {expiringSoon.length > 0 && (
        <>
          <h3>30 天内失效</h3>
          <ul className="lines">
            {expiringSoon.map(({ id, title, expiresOn }) => (
              <li key={id}>
                <Link to={`/texts/${id}`}>{title}</Link>
                <StateWord tone="bad">{expiresOn} 止</StateWord>
              </li>
            ))}
          </ul>
        </>
      )}
      {stale.length > 0 && (
        <>
          <h3>半年未核对（{stale.length}）</h3>
          <ul className="lines">
            {stale.slice(0, SHOWN).map(({ id, title, verifiedOn }) => (
              <li key={id}>
                <Link to={`/texts/${id}`}>{title}</Link>
                <span className="quiet">{verifiedOn === null ? '从未核对' : `上次 ${verifiedOn}`}</span>
              </li>
            ))}
          </ul>
          {stale.length > SHOWN && <p className="quiet">另有 {stale.length - SHOWN} 份</p>}
        </>
      )}
    </Panel>
  );
}

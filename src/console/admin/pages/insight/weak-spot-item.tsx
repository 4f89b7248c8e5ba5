import { Button } from 'antd';
import { Link } from 'react-router';
import type { WeakMark, WeakSpot } from '../../api/insight.ts';
import { StateWord } from '../../shared/tag.tsx';
import { KINDS, REASON_NAMES } from '../../words/insight.ts';
import { CATEGORY_NAMES } from '../../words/names.ts';

interface Props {
  readonly spot: WeakSpot;
  readonly isBusy: boolean;
  readonly onMark: (mark: WeakMark | null) => void;
  readonly onMake: (what: 'alternate' | 'synonym') => void;
}

/** The form of a new FAQ, filled with what was asked. */
function faqAddress({ samples, category }: WeakSpot): string {
  const [title = '', ...others] = samples;
  const fields = new URLSearchParams({ title });
  for (const other of others) fields.append('ask', other);
  if (category !== null) fields.set('category', category);
  return `/texts/new/faq?${fields}`;
}

/** Questions that ask for like things: how often, why they stand here, and what can be done. */
export function WeakSpotItem({ spot, isBusy, onMark, onMake }: Props) {
  const { samples, count, askers, wordings, trend, kinds, reasons, nearest, category, firstDay, lastDay, mark } = spot;
  const [first = '', ...others] = samples;
  const why = (Object.keys(REASON_NAMES) as (keyof typeof REASON_NAMES)[]).filter((reason) => (reasons[reason] ?? 0) > 0);
  return (
    <li className="spot">
      <div className="spot-head">
        <h3>{first}</h3>
        <span className="spot-count">{count} 次</span>
        {KINDS.filter(({ key }) => kinds[key] > 0).map(({ key, name, tone }) => (
          <StateWord key={key} tone={tone}>
            {name} {kinds[key]}
          </StateWord>
        ))}
      </div>
      {others.length > 0 && (
        <ul className="spot-samples" aria-label="其他问法">
          {others.map((sample) => (
            <li key={sample}>{sample}</li>
          ))}
          {wordings > samples.length && <li>……共 {wordings} 种问法</li>}
        </ul>
      )}
      <p className="spot-facts">
        <span>{askers} 人</span>
        <span>{firstDay === lastDay ? lastDay : `${firstDay} 至 ${lastDay}`}</span>
        <span>
          近 {trend.days} 天 {trend.recent} 次（之前 {trend.before} 次）
        </span>
        {why.length > 0 && <span>原因：{why.map((reason) => `${REASON_NAMES[reason]} ${reasons[reason]}`).join('、')}</span>}
        {category !== null && <span>{CATEGORY_NAMES[category]}</span>}
        {nearest !== null && (
          <span>
            最接近：<Link to={`/texts/${encodeURIComponent(nearest.documentId)}`}>{nearest.sectionTitle}</Link>
          </span>
        )}
      </p>
      <div className="action-bar">
        {mark === null ? (
          <>
            <Button size="small" onClick={() => onMake('alternate')}>
              加为问法
            </Button>
            <Link to={faqAddress(spot)}>
              <Button size="small" tabIndex={-1}>
                写成问答
              </Button>
            </Link>
            <Button size="small" onClick={() => onMake('synonym')}>
              补充同义词
            </Button>
            <Button size="small" disabled={isBusy} onClick={() => onMark('out-of-scope')}>
              不归我们管
            </Button>
            <Button size="small" disabled={isBusy} onClick={() => onMark('done')}>
              已处理
            </Button>
          </>
        ) : (
          <Button size="small" disabled={isBusy} onClick={() => onMark(null)}>
            放回待处理
          </Button>
        )}
      </div>
    </li>
  );
}

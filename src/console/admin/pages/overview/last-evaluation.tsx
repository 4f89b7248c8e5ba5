import { Link } from 'react-router';
import type { EvaluationItem } from '../../api/types.ts';
import { Nothing } from '../../shared/nothing.tsx';
import { Panel } from '../../shared/panel.tsx';
import { SummaryFigures } from '../evaluation/summary-figures.tsx';
import { moment } from '../../words/time.ts';

export function LastEvaluation({ item }: { readonly item: EvaluationItem | null }) {
  return (
    <Panel title="最近评测" extra={<Link to="/evaluation">评测</Link>}>
      {item === null ? (
        <Nothing words="还没有运行过评测" />
      ) : (
        <>
          <p className="panel-intro">
            <Link to={`/evaluation/${item.id}`}>{moment(item.atMs)}</Link> · {item.by} · 资料版本 {item.libraryVersion}
          </p>
          <SummaryFigures summary={item.summary} />
        </>
      )}
    </Panel>
  );
}

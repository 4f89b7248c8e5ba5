import type { EvaluationSummary } from '../../api/types.ts';
import { share } from '../../words/time.ts';

/** A run of the question set in a few numbers. */
export function SummaryFigures({ summary }: { readonly summary: EvaluationSummary }) {
  return (
    <dl className="counts counts-wide">
      <Count label="首条正确" value={share(summary.firstRight)} />
      <Count label="前三含正确" value={share(summary.amongThree)} />
      <Count label="依据命中" value={share(summary.evidence)} />
      <Count label="该拒则拒" value={share(summary.heldBack)} />
      <Count label="题数" value={String(summary.asked)} />
      <Count label="答 / 问 / 拒" value={`${summary.answered} / ${summary.clarified} / ${summary.refused}`} />
    </dl>
  );
}

const Count = ({ label, value }: { readonly label: string; readonly value: string }) => (
  <div className="count">
    <dt>{label}</dt>
    <dd>{value}</dd>
  </div>
);

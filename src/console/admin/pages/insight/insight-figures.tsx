import type { InsightSummary } from '../../api/insight.ts';
import { duration, percent, REASON_NAMES } from '../../words/insight.ts';

/** The days in some numbers. */
export function InsightFigures({ summary }: { readonly summary: InsightSummary }) {
  const { totals, helpful, unhelpful, reasons, medianTookMs, askers } = summary;
  const why = (Object.keys(REASON_NAMES) as (keyof typeof REASON_NAMES)[])
    .filter((reason) => (reasons[reason] ?? 0) > 0)
    .map((reason) => `${REASON_NAMES[reason]} ${reasons[reason]}`)
    .join(' · ');
  const figures = [
    { label: '提问', value: totals.asked.toLocaleString('zh-CN'), note: `${askers.toLocaleString('zh-CN')} 人` },
    { label: '直接回答', value: percent(totals.answered, totals.asked), note: `${totals.answered} 次，反问 ${totals.clarify} 次` },
    { label: '资料库里没有', value: percent(totals.refused, totals.asked), note: `${totals.refused} 次` },
    { label: '转人工', value: totals.handedOff.toLocaleString('zh-CN'), note: `每百次提问 ${per100(totals.handedOff, totals.asked)} 次` },
    {
      label: '觉得有帮助',
      value: percent(helpful, helpful + unhelpful),
      note: why === '' ? `${helpful + unhelpful} 人评价` : `没帮助 ${unhelpful}：${why}`,
    },
    { label: '回答用时', value: duration(medianTookMs), note: '中位数' },
  ];
  return (
    <ul className="figures figures-six" aria-label="数字一览">
      {figures.map(({ label, value, note }) => (
        <li key={label}>
          <div className="figure">
            <span className="figure-label">{label}</span>
            <span className="figure-value">{value}</span>
            <span className="figure-note">{note}</span>
          </div>
        </li>
      ))}
    </ul>
  );
}

const per100 = (part: number, whole: number): string => (whole === 0 ? '—' : ((100 * part) / whole).toFixed(1));

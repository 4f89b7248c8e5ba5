import { Input, Segmented } from 'antd';
import { useSearchParams } from 'react-router';
import type { DayRange } from '../../api/insight.ts';
import { isDay, lastDays, rangeIn, SPANS, today } from './range.ts';

/** The days the address names; the last 30 when it names none. */
export function useRange(): readonly [DayRange, (range: DayRange) => void] {
  const [parameters, setParameters] = useSearchParams();
  const range = rangeIn(parameters);
  const choose = (chosen: DayRange): void =>
    setParameters((before) => {
      const after = new URLSearchParams(before);
      after.set('from', chosen.from);
      after.set('to', chosen.to);
      return after;
    });
  return [range, choose];
}

/** Some days, by a click or by their dates. */
export function RangeChoice({ range, onChoose }: { readonly range: DayRange; readonly onChoose: (range: DayRange) => void }) {
  const span = SPANS.find((days) => range.to === today() && range.from === lastDays(days).from);
  const change = (part: Partial<DayRange>): void => {
    const next = { ...range, ...part };
    if (isDay(next.from) && isDay(next.to)) onChoose(next.from <= next.to ? next : { from: next.to, to: next.from });
  };
  return (
    <>
      <Segmented<number>
        aria-label="日期范围"
        value={span ?? 0}
        options={SPANS.map((days) => ({ value: days, label: `近 ${days} 天` }))}
        onChange={(days) => onChoose(lastDays(days))}
      />
      <span className="range-dates">
        <Input
          type="date"
          aria-label="开始日期"
          value={range.from}
          max={range.to}
          onChange={({ target }) => change({ from: target.value })}
        />
        <span aria-hidden>至</span>
        <Input type="date" aria-label="结束日期" value={range.to} max={today()} onChange={({ target }) => change({ to: target.value })} />
      </span>
    </>
  );
}

import type { EChartsCoreOption } from 'echarts/core';
import { useCallback } from 'react';
import type { EvaluationItem, EvaluationSummary } from '../../api/types.ts';
import { axisIn, Chart, legendIn, type Palette, tooltipIn } from '../../shared/chart.tsx';
import { day } from '../../words/time.ts';

const LINES: readonly { readonly key: keyof EvaluationSummary; readonly name: string; readonly symbol: string }[] = [
  { key: 'firstRight', name: '首条正确', symbol: 'circle' },
  { key: 'amongThree', name: '前三含正确', symbol: 'rect' },
  { key: 'evidence', name: '依据命中', symbol: 'triangle' },
  { key: 'heldBack', name: '该拒则拒', symbol: 'diamond' },
];

/** Results over time, as lines. The table below the chart says the same in words. */
export function HistoryChart({ items }: { readonly items: readonly EvaluationItem[] }) {
  const option = useCallback((palette: Palette) => optionOf(items.toReversed(), palette), [items]);
  return <Chart label="历次评测的变化，数值见下面的表" optionOf={option} />;
}

function optionOf(items: readonly EvaluationItem[], palette: Palette): EChartsCoreOption {
  const values = LINES.flatMap(({ key }) => items.map(({ summary }) => summary[key])).filter((value) => value !== null);
  const axis = axisIn(palette);
  return {
    grid: { left: 48, right: 16, top: 48, bottom: 28 },
    legend: legendIn(palette),
    tooltip: {
      ...tooltipIn(palette),
      valueFormatter: (value: unknown) => (typeof value === 'number' ? `${value.toFixed(1)}%` : '—'),
    },
    xAxis: { type: 'category', data: items.map(({ atMs }) => day(atMs)), ...axis },
    yAxis: {
      type: 'value',
      min: Math.max(0, Math.floor((Math.min(...values) * 100 - 2) / 10) * 10),
      max: 100,
      ...axis,
      axisLabel: { color: palette.words, formatter: '{value}%' },
    },
    series: LINES.map(({ key, name, symbol }) => ({
      type: 'line',
      name,
      symbol,
      symbolSize: 8,
      data: items.map(({ summary }) => (summary[key] === null ? null : summary[key] * 100)),
    })),
  };
}

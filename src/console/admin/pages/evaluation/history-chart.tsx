import { LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use as useParts } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import type { EvaluationItem, EvaluationSummary } from '../../api/types.ts';
import { useMedia } from '../../shared/use-media.ts';
import { day } from '../../words/time.ts';

useParts([LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

const LINES: readonly { readonly key: keyof EvaluationSummary; readonly name: string; readonly symbol: string }[] = [
  { key: 'firstRight', name: '首条正确', symbol: 'circle' },
  { key: 'amongThree', name: '前三含正确', symbol: 'rect' },
  { key: 'evidence', name: '依据命中', symbol: 'triangle' },
  { key: 'heldBack', name: '该拒则拒', symbol: 'diamond' },
];
const LIGHT = { lines: ['#1b5e4e', '#a35c00', '#3b5ba5', '#b3261e'], words: '#4a5751', rule: '#dde3de', ground: '#ffffff' };
const DARK = { lines: ['#6fc2a8', '#e8b25c', '#9db7f0', '#f08a80'], words: '#b9c5bf', rule: '#2d3632', ground: '#1a201d' };

/** Results over time, as lines. The table below the chart says the same in words. */
export function HistoryChart({ items }: { readonly items: readonly EvaluationItem[] }) {
  const box = useRef<HTMLDivElement>(null);
  const isDark = useMedia('(prefers-color-scheme: dark)');
  useEffect(() => {
    if (box.current === null) return;
    const chart = init(box.current, null, { renderer: 'svg' });
    chart.setOption(optionOf(items.toReversed(), isDark ? DARK : LIGHT));
    const watching = new ResizeObserver(() => chart.resize());
    watching.observe(box.current);
    return () => {
      watching.disconnect();
      chart.dispose();
    };
  }, [items, isDark]);
  return <div ref={box} className="chart" role="img" aria-label="历次评测的变化，数值见下面的表" />;
}

function optionOf(items: readonly EvaluationItem[], { lines, words, rule, ground }: typeof LIGHT): EChartsCoreOption {
  const values = LINES.flatMap(({ key }) => items.map(({ summary }) => summary[key])).filter((value) => value !== null);
  return {
    animation: false,
    color: lines,
    grid: { left: 48, right: 16, top: 48, bottom: 28 },
    legend: { top: 0, left: 0, type: 'scroll', textStyle: { color: words } },
    // Rich text: a tooltip of HTML would need styles the page's Content-Security-Policy does not allow.
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      backgroundColor: ground,
      borderColor: rule,
      textStyle: { color: words },
      valueFormatter: (value: unknown) => (typeof value === 'number' ? `${value.toFixed(1)}%` : '—'),
    },
    xAxis: {
      type: 'category',
      data: items.map(({ atMs }) => day(atMs)),
      axisLabel: { color: words },
      axisLine: { lineStyle: { color: rule } },
    },
    yAxis: {
      type: 'value',
      min: Math.max(0, Math.floor((Math.min(...values) * 100 - 2) / 10) * 10),
      max: 100,
      axisLabel: { color: words, formatter: '{value}%' },
      splitLine: { lineStyle: { color: rule } },
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

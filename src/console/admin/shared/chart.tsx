import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use as useParts } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useMedia } from './use-media.ts';

useParts([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

/** What a chart is drawn in. */
export interface Palette {
  readonly lines: readonly string[];
  readonly words: string;
  readonly rule: string;
  readonly ground: string;
}

const LIGHT: Palette = {
  lines: ['#1b5e4e', '#a35c00', '#3b5ba5', '#b3261e', '#6b4e9b', '#4a7c1f', '#9b3b6b', '#00707d', '#6f6a5e'],
  words: '#4a5751',
  rule: '#dde3de',
  ground: '#ffffff',
};
const DARK: Palette = {
  lines: ['#6fc2a8', '#e8b25c', '#9db7f0', '#f08a80', '#c3a6ef', '#a6d178', '#eba3c6', '#6fd0dc', '#c9c3b4'],
  words: '#b9c5bf',
  rule: '#2d3632',
  ground: '#1a201d',
};

interface Props {
  /** What it shows, and where the same stands in words. */
  readonly label: string;
  /** Stays the same while what is shown does. */
  readonly optionOf: (palette: Palette) => EChartsCoreOption;
  readonly className?: string;
}

/** A chart; the words around it have to say the same. */
export function Chart({ label, optionOf, className = '' }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const isDark = useMedia('(prefers-color-scheme: dark)');
  useEffect(() => {
    if (box.current === null) return;
    const palette = isDark ? DARK : LIGHT;
    const chart = init(box.current, null, { renderer: 'svg' });
    chart.setOption({ animation: false, color: [...palette.lines], ...optionOf(palette) });
    const watching = new ResizeObserver(() => chart.resize());
    watching.observe(box.current);
    return () => {
      watching.disconnect();
      chart.dispose();
    };
  }, [optionOf, isDark]);
  return <div ref={box} className={`chart ${className}`} role="img" aria-label={label} />;
}

/** Rich text: a tooltip of HTML would need styles the page's Content-Security-Policy does not allow. */
export const tooltipIn = ({ ground, rule, words }: Palette) => ({
  trigger: 'axis',
  renderMode: 'richText',
  backgroundColor: ground,
  borderColor: rule,
  textStyle: { color: words },
});
export const legendIn = ({ words }: Palette) => ({ top: 0, left: 0, type: 'scroll', textStyle: { color: words } });
export const axisIn = ({ words, rule }: Palette) => ({
  axisLabel: { color: words },
  axisLine: { lineStyle: { color: rule } },
  splitLine: { lineStyle: { color: rule } },
});

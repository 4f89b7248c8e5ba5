import type { EChartsCoreOption } from 'echarts/core';
import { useCallback } from 'react';
import type { InsightSummary } from '../../api/insight.ts';
import { axisIn, Chart, legendIn, type Palette, tooltipIn } from '../../shared/chart.tsx';
import { Panel } from '../../shared/panel.tsx';
import { ENDINGS } from '../../words/insight.ts';
import { CATEGORY_NAMES } from '../../words/names.ts';

type Categories = InsightSummary['byCategory'];

const nameOf = (category: Categories[number]['category']): string => (category === null ? '资料库以外' : CATEGORY_NAMES[category]);

/** What questions are about, and how they ended. */
export function CategoriesPanel({ byCategory }: Pick<InsightSummary, 'byCategory'>) {
  const option = useCallback((palette: Palette) => optionOf(byCategory.toReversed(), palette), [byCategory]);
  const words = byCategory.map(({ category, asked, answered }) => `${nameOf(category)} ${asked} 次，直接回答 ${answered} 次`).join('；');
  return (
    <Panel title="按主题">
      <Chart label={words} className="chart-tall" optionOf={option} />
    </Panel>
  );
}

function optionOf(categories: Categories, palette: Palette): EChartsCoreOption {
  const axis = axisIn(palette);
  return {
    grid: { left: 112, right: 24, top: 48, bottom: 28 },
    legend: legendIn(palette),
    tooltip: tooltipIn(palette),
    xAxis: { type: 'value', minInterval: 1, ...axis },
    yAxis: { type: 'category', data: categories.map(({ category }) => nameOf(category)), ...axis },
    series: ENDINGS.filter(({ key }) => categories.some((each) => each[key] > 0)).map(({ key, name }) => ({
      type: 'bar',
      stack: 'all',
      name,
      data: categories.map((each) => each[key]),
      barMaxWidth: 22,
    })),
  };
}

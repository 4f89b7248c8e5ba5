import type { EChartsCoreOption } from 'echarts/core';
import { Segmented } from 'antd';
import { useCallback, useState } from 'react';
import type { InsightSummary } from '../../api/insight.ts';
import { axisIn, Chart, legendIn, type Palette, tooltipIn } from '../../shared/chart.tsx';
import { Panel } from '../../shared/panel.tsx';
import { ENDINGS } from '../../words/insight.ts';
import { CATEGORY_NAMES, CHANNEL_NAMES } from '../../words/names.ts';

type Day = InsightSummary['days'][number];
interface Series {
  readonly name: string;
  readonly of: (day: Day) => number;
}

const namesOf = <Key extends string>(names: Readonly<Record<Key, string>>, valueOf: (day: Day, key: Key) => number | undefined): Series[] =>
  (Object.entries(names) as [Key, string][]).map(([key, name]) => ({ name, of: (day) => valueOf(day, key) ?? 0 }));

const ways = {
  ending: { label: '按结果', series: ENDINGS.map(({ key, name }): Series => ({ name, of: (day) => day[key] })) },
  channel: { label: '按渠道', series: namesOf(CHANNEL_NAMES, ({ channels }, key) => channels[key as keyof Day['channels']]) },
  category: { label: '按主题', series: namesOf(CATEGORY_NAMES, ({ categories }, key) => categories[key]) },
} as const;
type Way = keyof typeof ways;

/** Questions by day, as bars and as a table. */
export function DaysPanel({ days }: Pick<InsightSummary, 'days'>) {
  const [way, setWay] = useState<Way>('ending');
  const [isTableOpen, setTableOpen] = useState(false);
  const option = useCallback((palette: Palette) => optionOf(days, ways[way].series, palette), [days, way]);
  return (
    <Panel
      title="每日提问"
      extra={
        <Segmented<Way>
          aria-label="分组方式"
          size="small"
          value={way}
          options={(Object.keys(ways) as Way[]).map((value) => ({ value, label: ways[value].label }))}
          onChange={setWay}
        />
      }
    >
      <Chart label="每日提问次数，数值见下面的表" optionOf={option} />
      <details className="chart-table" onToggle={({ currentTarget }) => setTableOpen(currentTarget.open)}>
        <summary>以表格查看</summary>
        {isTableOpen && <DaysTable days={days} series={seriesIn(ways[way].series, days)} />}
      </details>
    </Panel>
  );
}

function DaysTable({ days, series }: { readonly days: readonly Day[]; readonly series: readonly Series[] }) {
  return (
    <div className="table-scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">日期</th>
            <th scope="col">提问</th>
            {series.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
            <th scope="col">转人工</th>
          </tr>
        </thead>
        <tbody>
          {days.map((day) => (
            <tr key={day.day}>
              <th scope="row">{day.day}</th>
              <td>{day.asked}</td>
              {series.map(({ name, of }) => (
                <td key={name}>{of(day)}</td>
              ))}
              <td>{day.handedOff}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Those that have something to show. */
const seriesIn = (all: readonly Series[], days: readonly Day[]): Series[] => all.filter(({ of }) => days.some((day) => of(day) > 0));

function optionOf(days: readonly Day[], all: readonly Series[], palette: Palette): EChartsCoreOption {
  const axis = axisIn(palette);
  return {
    grid: { left: 48, right: 16, top: 48, bottom: 28 },
    legend: legendIn(palette),
    tooltip: tooltipIn(palette),
    xAxis: { type: 'category', data: days.map(({ day }) => day.slice(5)), ...axis },
    yAxis: { type: 'value', minInterval: 1, ...axis },
    series: seriesIn(all, days).map(({ name, of }) => ({ type: 'bar', stack: 'all', name, data: days.map(of), barMaxWidth: 28 })),
  };
}

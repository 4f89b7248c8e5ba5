import { ENGINE_NAMES, type EngineName } from '../engines/catalogue.ts';
import type { Measurement } from '../measurement.ts';
import { barChart } from './bar-chart.ts';
import { lineChart, type Series } from './line-chart.ts';
import { grouped, percent } from './table.ts';

export const isPlain = ({ hasDistractors, repeat }: Measurement): boolean => !hasDistractors && repeat === 1;

const inOrder = (measurements: readonly Measurement[]): EngineName[] =>
  ENGINE_NAMES.filter((name) => measurements.some(({ engine }) => engine === name));

/** How often each engine puts a right passage first, set by set; null when nothing was measured. */
export function qualityChart(measurements: readonly Measurement[]): string | null {
  const plain = measurements.filter(isPlain);
  if (plain.length === 0) return null;
  const sets = [...new Set(plain.map(({ set }) => set))].sort();
  const panels = sets.map((set) => {
    const own = plain.filter((measurement) => measurement.set === set);
    const bars = inOrder(own).map((name) => {
      const { recallAt1, questions, ofQuestions } = own.find(({ engine }) => engine === name)!;
      const isSample = questions < ofQuestions;
      return { name, value: recallAt1, shown: `${percent(recallAt1)}${isSample ? '*' : ''}`, isOurs: name === 'wence' };
    });
    return { title: set, bars };
  });
  const footnote = 'Per cent of the questions. * asked a sample only.';
  return barChart('A right passage in the first place (R@1)', footnote, panels);
}

/** The set that was measured in the most sizes, all its measurements; empty when none was in two. */
export function growthOf(measurements: readonly Measurement[]): readonly Measurement[] {
  const sizes = (own: readonly Measurement[]): number => new Set(own.map(({ passages }) => passages)).size;
  const bySet = [...new Set(measurements.map(({ set }) => set))].map((set) => measurements.filter((one) => one.set === set));
  const best = bySet.reduce<readonly Measurement[]>((most, own) => (sizes(own) > sizes(most) ? own : most), []);
  return sizes(best) < 2 ? [] : best;
}

/** Times by the size of the corpus; null when no set was measured in two sizes. */
export function growthChart(measurements: readonly Measurement[]): string | null {
  const growth = growthOf(measurements);
  if (growth.length === 0) return null;
  const engines = inOrder(growth).filter((name) => growth.filter(({ engine }) => engine === name).length > 1);
  const series = (value: (measurement: Measurement) => number): Series[] =>
    engines.map((name) => ({
      name,
      points: growth
        .filter(({ engine }) => engine === name)
        .sort((a, b) => a.passages - b.passages)
        .map((measurement) => ({ x: measurement.passages, y: value(measurement) })),
    }));
  const most = Math.max(...growth.map(({ passages }) => passages));
  return lineChart(`Growth to ${grouped(most)} passages`, 'passages', [
    { title: 'p50, ms a question', series: series(({ p50Ms }) => p50Ms) },
    { title: 'p99, ms a question', series: series(({ p99Ms }) => p99Ms) },
    { title: 'building, s', series: series(({ buildMs }) => buildMs / 1_000) },
  ]);
}

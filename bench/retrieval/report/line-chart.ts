import { element, LINE_COUNT, label, picture } from './svg.ts';

export interface Series {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface LinePanel {
  readonly title: string;
  /** In the same order in every panel: the order gives the colour. */
  readonly series: readonly Series[];
}

const WIDTH = 840;
const HEIGHT = 340;
const TOP = 108;
const BOTTOM = 44;
const LEFT = 58;
const GAP = 62;

/** Draws a number between powers of ten that hold all the others. */
function logScale(values: readonly number[], from: number, to: number) {
  const logs = values.filter((value) => value > 0).map(Math.log10);
  const low = logs.length === 0 ? 0 : Math.floor(Math.min(...logs) + 1e-9);
  const high = logs.length === 0 ? 1 : Math.max(low + 1, Math.ceil(Math.max(...logs) - 1e-9));
  return {
    place: (value: number): number => from + ((Math.log10(Math.max(value, 10 ** low)) - low) / (high - low)) * (to - from),
    ticks: Array.from({ length: high - low + 1 }, (_, at) => 10 ** (low + at)),
  };
}

const short = (value: number): string =>
  value >= 1_000_000 ? `${value / 1_000_000} M` : value >= 1_000 ? `${value / 1_000} k` : String(Number(value.toPrecision(3)));

/** Every series has a shape too, for those who cannot tell its colour. */
const MARKS: readonly string[] = [
  'M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0',
  'M-4-4h8v8h-8z',
  'M0-5 5 4H-5z',
  'M0-5 5 0 0 5-5 0z',
  'M0 5 5-4H-5z',
];

const mark = (at: number, x: number, y: number): string =>
  element('path', {
    class: `mark${at % LINE_COUNT}`,
    d: MARKS[at % MARKS.length]!,
    transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})`,
  });

/** Lines over the same x, panel by panel; both axes are logarithmic. */
export function lineChart(title: string, xTitle: string, panels: readonly LinePanel[]): string {
  const names = panels[0]?.series.map(({ name }) => name) ?? [];
  const panelWidth = (WIDTH - LEFT - 28 - GAP * (panels.length - 1)) / panels.length;
  const floor = HEIGHT - BOTTOM;
  const allX = panels.flatMap(({ series }) => series.flatMap(({ points }) => points.map(({ x }) => x)));

  const drawn = panels.flatMap((panel, number) => {
    const left = LEFT + number * (panelWidth + GAP);
    const xs = logScale(allX, left, left + panelWidth);
    const ys = logScale(
      panel.series.flatMap(({ points }) => points.map(({ y }) => y)),
      floor,
      TOP,
    );
    const grid = ys.ticks.flatMap((value) => [
      element('line', { class: 'grid', x1: left, x2: left + panelWidth, y1: ys.place(value), y2: ys.place(value) }),
      label(left - 8, ys.place(value) + 4, short(value), { class: 'soft small', 'text-anchor': 'end' }),
    ]);
    const below = xs.ticks.map((value) =>
      label(xs.place(value), floor + 16, short(value), { class: 'soft small', 'text-anchor': 'middle' }),
    );
    const lines = panel.series.flatMap(({ points }, at) => {
      const places = points.map(({ x, y }) => [xs.place(x), ys.place(y)] as const);
      return [
        element('polyline', {
          class: `line line${at % LINE_COUNT}`,
          points: places.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' '),
        }),
        ...places.map(([x, y]) => mark(at, x, y)),
      ];
    });
    return [label(left, TOP - 14, panel.title, { class: 'ink panel' }), ...grid, ...below, ...lines];
  });

  let x = 22;
  const legend = names.flatMap((name, at) => {
    const here = x;
    x += 34 + name.length * 7.5;
    return [mark(at, here, 54), label(here + 11, 58, name, { class: 'ink' })];
  });
  const description = panels
    .map(({ title: what, series }) => {
      const lines = series.map(({ name, points }) => `${name} ${points.map((point) => `${short(point.x)} ${short(point.y)}`).join(', ')}`);
      return `${what}, by ${xTitle}: ${lines.join('; ')}.`;
    })
    .join(' ');
  const axis = label(WIDTH / 2, HEIGHT - 8, xTitle, { class: 'soft small', 'text-anchor': 'middle' });
  return picture(WIDTH, HEIGHT, title, description, ...legend, axis, ...drawn);
}

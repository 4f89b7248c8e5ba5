import { element, label, picture } from './svg.ts';

export interface Bar {
  readonly name: string;
  readonly value: number;
  /** What stands at its end. */
  readonly shown: string;
  /** Drawn in the colour that stands out. */
  readonly isOurs: boolean;
}

export interface BarPanel {
  readonly title: string;
  readonly bars: readonly Bar[];
}

const WIDTH = 840;
const LEFT = 148;
const ROW = 24;
const TOP = 84;
const PANELS_A_ROW = 3;
const GAP = 24;
const SHOWN_WIDTH = 44;

/** Bars of the same names, panel by panel, from 0 to the greatest value of all. */
export function barChart(title: string, footnote: string, panels: readonly BarPanel[]): string {
  const names = [...new Set(panels.flatMap(({ bars }) => bars.map(({ name }) => name)))];
  const most = Math.max(...panels.flatMap(({ bars }) => bars.map(({ value }) => value)), Number.MIN_VALUE);
  const columns = Math.min(PANELS_A_ROW, panels.length);
  const panelWidth = (WIDTH - LEFT - 16 - GAP * (columns - 1)) / columns;
  const panelHeight = names.length * ROW + 44;
  const height = TOP + Math.ceil(panels.length / columns) * panelHeight - 24;

  const drawn = panels.flatMap((panel, at) => {
    const x = LEFT + (at % columns) * (panelWidth + GAP);
    const y = TOP + Math.floor(at / columns) * panelHeight;
    const rows = names.flatMap((name, row) => {
      const middle = y + row * ROW + ROW / 2;
      const own = panel.bars.find((bar) => bar.name === name);
      const width = own ? Math.max(1, ((panelWidth - SHOWN_WIDTH) * own.value) / most) : 0;
      return [
        ...(at % columns === 0 ? [label(LEFT - 10, middle + 4, name, { class: 'ink', 'text-anchor': 'end' })] : []),
        ...(own ? [element('rect', { class: own.isOurs ? 'ours' : 'bar', x, y: middle - 8, width, height: 16, rx: 2 })] : []),
        label(x + width + 6, middle + 4, own?.shown ?? '–', { class: own?.isOurs ? 'ink panel' : 'soft' }),
      ];
    });
    return [label(x, y - 10, panel.title, { class: 'ink panel' }), ...rows];
  });
  const description = panels
    .map((panel) => `${panel.title}: ${panel.bars.map(({ name, shown }) => `${name} ${shown}`).join(', ')}.`)
    .join(' ');
  return picture(WIDTH, height, title, description, label(16, 48, footnote, { class: 'soft small' }), ...drawn);
}

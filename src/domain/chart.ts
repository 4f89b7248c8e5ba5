/** Counts over some labels, in parts that add up: drawn as stacked bars where pictures can be sent. */
export interface Chart {
  readonly title: string;
  readonly labels: readonly string[];
  /** As many values as there are labels. */
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[];
}

/** A chart as PNG. */
export type DrawChart = (chart: Chart) => Promise<Uint8Array>;

/** The same in words. @example "每日提问：周一 12、周二 8" */
export function chartWords({ title, labels, series }: Chart): string {
  const sums = labels.map((label, at) => `${label} ${series.reduce((sum, { values }) => sum + (values[at] ?? 0), 0)}`);
  return `${title}：${sums.join('、')}`;
}

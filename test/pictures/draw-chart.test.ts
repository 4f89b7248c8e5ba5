import { describe, expect, it } from 'vitest';
import { drawChart } from '../../src/pictures/draw-chart.ts';
import { weekChart } from '../../src/insight/digest.ts';
import { isPng } from '../fakes/multipart.ts';

const sizeOf = (png: Uint8Array) => {
  const view = new DataView(png.buffer, png.byteOffset);
  return { width: view.getUint32(16), height: view.getUint32(20) };
};
const chart = { title: '每日提问', labels: ['11-16', '11-17'], series: [{ name: '直接回答', values: [3, 5] }] };

describe('a chart', () => {
  it('is a picture, the same each time', async () => {
    const png = await drawChart(chart);
    expect(isPng(png)).toBe(true);
    expect(sizeOf(png)).toEqual({ width: 1280, height: 720 });
    expect(Buffer.from(await drawChart(chart)).equals(Buffer.from(png))).toBe(true);
  });

  it('shows what it is given, words included', async () => {
    const png = Buffer.from(await drawChart(chart));
    const others = [
      { ...chart, series: [{ name: '直接回答', values: [3, 6] }] },
      { ...chart, title: '每日回答' },
      { ...chart, series: [{ name: '反问确认', values: [3, 5] }] },
    ];
    for (const other of others) expect(Buffer.from(await drawChart(other)).equals(png)).toBe(false);
  });

  it('is drawn of a week without questions', async () => {
    expect(isPng(await drawChart(weekChart({ days: [] })))).toBe(true);
  });
});

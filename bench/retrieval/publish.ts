import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { growthChart, qualityChart } from './report/charts.ts';
import { pageOf } from './report/page.ts';
import { readResults, type Session, withSession } from './results.ts';

const resultsOf = (page: string): string => page.replace(/\.md$/, '.json');

/** Keeps a session's figures beside the page. @param page path ending in .md; the figures are in the .json of the same name. */
export function keep(session: Session, page: string): void {
  const file = resultsOf(page);
  const results = withSession(readResults(file), session);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(results, rounded, 2)}\n`);
}

const rounded = (_: string, value: unknown): unknown => (typeof value === 'number' ? Math.round(value * 1e6) / 1e6 : value);

/** Writes page and charts from the figures kept. Returns the files written. */
export function publish(page: string): string[] {
  const results = readResults(resultsOf(page));
  const measurements = results.sessions.flatMap((session) => session.measurements);
  const charts = {
    quality: { link: 'assets/retrieval-quality.svg', svg: qualityChart(measurements) },
    growth: { link: 'assets/retrieval-growth.svg', svg: growthChart(measurements) },
  };
  const written: string[] = [];
  const write = (file: string, content: string): void => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    written.push(file);
  };
  for (const { link, svg } of Object.values(charts)) {
    const file = join(dirname(page), link);
    if (svg === null) rmSync(file, { force: true });
    else write(file, svg);
  }
  const linkOf = ({ link, svg }: { link: string; svg: string | null }): string | null => (svg === null ? null : link);
  write(page, pageOf(results, { quality: linkOf(charts.quality), growth: linkOf(charts.growth) }));
  return written;
}

import type { ReactNode } from 'react';

interface Row {
  readonly key: string;
  readonly label: ReactNode;
  readonly count: number;
}

/** Things with how often, as a list whose bars show the same. */
export function BarList({ rows, label }: { readonly rows: readonly Row[]; readonly label: string }) {
  const most = Math.max(1, ...rows.map(({ count }) => count));
  return (
    <ol className="bar-list" aria-label={label}>
      {rows.map(({ key, label: words, count }) => (
        <li key={key}>
          <span className="bar-words">{words}</span>
          <span className="bar-count">{count.toLocaleString('zh-CN')}</span>
          <meter className="bar" min={0} max={most} value={count} aria-hidden />
        </li>
      ))}
    </ol>
  );
}

import { Link } from 'react-router';
import type { Overview, TextKind, ValidityStatus } from '../../api/types.ts';
import { KIND_NAMES, VALIDITIES } from '../../words/names.ts';

/** What there is and what waits, as numbers. */
export function Figures({ overview: { library, review } }: { readonly overview: Overview }) {
  return (
    <ul className="figures" aria-label="数字一览">
      <Figure
        label="文档"
        value={library.documents}
        to="/texts"
        note={countsOf(library.byKind, (kind) => KIND_NAMES[kind as TextKind] ?? kind)}
      />
      <Figure
        label="条目"
        value={library.sections}
        note={countsOf(library.byValidity, (status) => VALIDITIES[status as ValidityStatus]?.name ?? status)}
      />
      <Figure
        label="待审核"
        value={review.inReview}
        to="/review"
        isUrgent={review.inReview > 0}
        note={`草稿 ${review.drafts} · 待发布 ${review.scheduled}`}
      />
      <Figure label="资料版本" value={library.version} note="每次发布加一" />
    </ul>
  );
}

interface Props {
  readonly label: string;
  readonly value: number;
  readonly note: string;
  readonly to?: string;
  readonly isUrgent?: boolean;
}

function Figure({ label, value, note, to, isUrgent }: Props) {
  const words = (
    <>
      <span className="figure-label">{label}</span>
      <span className="figure-value">{value.toLocaleString('zh-CN')}</span>
      <span className="figure-note">{note}</span>
    </>
  );
  const className = isUrgent ? 'figure figure-urgent' : 'figure';
  return (
    <li>
      {to === undefined ? (
        <div className={className}>{words}</div>
      ) : (
        <Link className={className} to={to}>
          {words}
        </Link>
      )}
    </li>
  );
}

const countsOf = (counts: Readonly<Record<string, number>>, nameOf: (key: string) => string): string =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([key, count]) => `${nameOf(key)} ${count}`)
    .join(' · ');

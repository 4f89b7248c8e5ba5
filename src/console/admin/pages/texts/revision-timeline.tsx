import { Link } from 'react-router';
import type { RevisionSummary } from '../../api/types.ts';
import { RevisionTag } from '../../shared/tag.tsx';
import { ORIGIN_NAMES } from '../../words/names.ts';
import { moment } from '../../words/time.ts';

interface Props {
  readonly revisions: readonly RevisionSummary[];
  readonly current: number;
  readonly published: number | null;
  readonly onChoose: (number: number) => void;
}

/** Every revision, the latest first: who wrote it, who reviewed it, and what they said. */
export function Timeline({ revisions, current, published, onChoose }: Props) {
  const latestFirst = revisions.toSorted((left, right) => right.number - left.number);
  return (
    <ol className="timeline">
      {latestFirst.map((revision) => {
        const { number, state, author, origin, editedAtMs, note, reviewer, reviewedAtMs, reviewNote, publishAtMs, textId } = revision;
        return (
          <li key={number} className={number === published ? 'timeline-published' : ''}>
            <div className="timeline-head">
              <button
                type="button"
                className="link"
                aria-current={number === current ? 'true' : undefined}
                onClick={() => onChoose(number)}
              >
                第 {number} 次修订
              </button>
              <RevisionTag state={state} />
            </div>
            <p className="quiet">
              {author} · {ORIGIN_NAMES[origin]} · {moment(editedAtMs)}
            </p>
            {note !== '' && <p>{note}</p>}
            {reviewer !== null && reviewedAtMs !== null && (
              <p className="quiet">
                审核：{reviewer} · {moment(reviewedAtMs)}
              </p>
            )}
            {reviewNote !== null && reviewNote !== '' && <p>「{reviewNote}」</p>}
            {state === 'scheduled' && publishAtMs !== null && <p>将在 {moment(publishAtMs)} 发布</p>}
            {(state === 'in-review' || state === 'scheduled') && <Link to={`/review/${encodeURIComponent(textId)}/${number}`}>去审核</Link>}
          </li>
        );
      })}
    </ol>
  );
}

import { Link } from 'react-router';
import type { AuditEntry } from '../api/types.ts';
import { actionName, targetName, targetPage } from '../words/audit.ts';
import { moment } from '../words/time.ts';
import { Nothing } from './nothing.tsx';

/** What was done lately, by whom, to what. */
export function EventList({ entries }: { readonly entries: readonly AuditEntry[] }) {
  if (entries.length === 0) return <Nothing words="还没有变动" />;
  return (
    <ol className="events">
      {entries.map(({ seq, atMs, actor, action, target }) => {
        const page = targetPage(target);
        return (
          <li key={seq}>
            <time dateTime={new Date(atMs).toISOString()}>{moment(atMs)}</time>
            <span>
              {actor.name} {actionName(action)}
              {target !== null && ' '}
              {page === null ? targetName(target) : <Link to={page}>{targetName(target)}</Link>}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

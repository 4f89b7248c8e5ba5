import { Link } from 'react-router';
import type { ExplainResponse } from '../../../../channels/web/schemas.ts';
import { Nothing } from '../../shared/nothing.tsx';
import { Panel } from '../../shared/panel.tsx';

type Candidate = ExplainResponse['candidates'][number];

/** The sections that were considered, best first, with what their scores are made of. */
export function CandidateList({ candidates }: { readonly candidates: readonly Candidate[] }) {
  const most = Math.max(...candidates.flatMap(({ features }) => features.map(({ adds }) => Math.abs(adds))), Number.EPSILON);
  return (
    <Panel title="候选条目">
      {candidates.length === 0 && <Nothing words="没有找到候选条目" />}
      <ol className="candidates">
        {candidates.map((candidate, index) => (
          <li key={`${candidate.section.documentId}#${candidate.section.section}`}>
            <details open={index === 0}>
              <summary>
                <span className="candidate-title">
                  {index + 1}. {candidate.section.title}
                  <span className="quiet">
                    {' '}
                    {candidate.section.documentId} 第 {candidate.section.section} 条
                  </span>
                </span>
                <strong>{candidate.score.toFixed(3)}</strong>
              </summary>
              <Details candidate={candidate} most={most} />
            </details>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function Details({ candidate: { features, matches, sentences, section }, most }: { readonly candidate: Candidate; readonly most: number }) {
  return (
    <div className="candidate">
      <table className="bars">
        <caption className="visually-hidden">得分的组成</caption>
        <tbody>
          {features.map(({ name, adds }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="bar-cell">
                <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                  <rect className={adds < 0 ? 'bar-minus' : 'bar-plus'} width={(Math.abs(adds) / most) * 100} height="8" rx="1" />
                </svg>
              </td>
              <td className="bar-value">{adds.toFixed(3)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {matches.length > 0 && (
        <p className="quiet">命中：{matches.map(({ field, term, score }) => `${term}（${field} ${score.toFixed(2)}）`).join('，')}</p>
      )}
      <p className="sentences">
        {sentences.map(({ text, score, isQuoted }, index) =>
          isQuoted ? (
            // Sentences keep their order.
            <mark key={index} title={`得分 ${score.toFixed(3)}`}>
              {text}
            </mark>
          ) : (
            <span key={index} title={`得分 ${score.toFixed(3)}`}>
              {text}
            </span>
          ),
        )}
      </p>
      <Link to={`/texts/${encodeURIComponent(section.documentId)}`}>打开这份文档</Link>
    </div>
  );
}

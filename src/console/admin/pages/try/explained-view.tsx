import type { ExplainResponse, ReplyView } from '../../../../channels/web/schemas.ts';
import { ReplyCard } from '../../../chat/reply-card.tsx';
import type { Explained } from '../../api/types.ts';
import { Panel } from '../../shared/panel.tsx';
import { OutcomeTag } from '../../shared/tag.tsx';
import { share } from '../../words/time.ts';
import { CandidateList } from './candidate-list.tsx';
import { Understanding } from './understanding.tsx';

const nothing = (): void => undefined;

/** How a question was understood and answered, with the other states of the library beside it. */
export function ExplainedView({ explained }: { readonly explained: Explained }) {
  // The API passes these on as they come from the answering side, in the shape of the public explain endpoint.
  const current = explained.current as ExplainResponse;
  const previous = explained.previous as ExplainResponse | null;
  const draft = explained.draft as ExplainResponse | null;
  return (
    <>
      <div className={draft !== null ? 'states-row three' : 'states-row'}>
        <State title={`现在（资料版本 ${explained.libraryVersion}）`} explanation={current} />
        <State title="上一次发布前" explanation={previous} emptyWords="启动以来还没有发布过，没有可比的。" />
        {draft !== null && <State title="换上这份草稿" explanation={draft} />}
      </div>
      <div className="columns columns-aside">
        <div>
          <Panel title="为什么这样回答">
            <p className="why">{current.why}</p>
            <Confidence explanation={current} />
          </Panel>
          <CandidateList candidates={current.candidates} />
        </div>
        <div>
          <Panel title="用户看到的回答">
            <div className="web-preview" inert>
              <ReplyCard
                reply={explained.currentReply as ReplyView}
                votes={{}}
                isBusy={false}
                onSay={nothing}
                onFullText={nothing}
                onVote={async () => false}
              />
            </div>
          </Panel>
          <Understanding explanation={current} />
        </div>
      </div>
    </>
  );
}

function State({
  title,
  explanation,
  emptyWords = '',
}: {
  readonly title: string;
  readonly explanation: ExplainResponse | null;
  readonly emptyWords?: string;
}) {
  const best = explanation?.candidates[0];
  const quoted = best?.sentences.filter(({ isQuoted }) => isQuoted).map(({ text }) => text) ?? [];
  return (
    <section className="panel state-card" aria-label={title}>
      <h2>{title}</h2>
      {explanation === null ? (
        <p className="quiet">{emptyWords}</p>
      ) : (
        <>
          <p className="tags">
            <OutcomeTag outcome={explanation.outcome} /> <span className="quiet">把握 {share(explanation.confidence)}</span>
          </p>
          {best && explanation.outcome !== 'refused' && (
            <p>
              {best.section.documentId} 第 {best.section.section} 条 · {best.section.title}
            </p>
          )}
          {explanation.outcome === 'answered' && quoted.length > 0 && <blockquote className="quote">{quoted.join('')}</blockquote>}
        </>
      )}
    </section>
  );
}

/** The confidence on its scale: refused, asked back, answered. */
function Confidence({ explanation: { confidence, thresholds, signals } }: { readonly explanation: ExplainResponse }) {
  const percent = (value: number): string => `${(value * 100).toFixed(1)}%`;
  return (
    <>
      <div
        className="scale"
        role="img"
        aria-label={`把握 ${percent(confidence)}；低于 ${percent(thresholds.refuseBelow)} 说没有，${percent(thresholds.answerFrom)} 起直接回答`}
      >
        <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
          <rect className="scale-refuse" x="0" width={thresholds.refuseBelow * 100} height="6" />
          <rect
            className="scale-ask"
            x={thresholds.refuseBelow * 100}
            width={(thresholds.answerFrom - thresholds.refuseBelow) * 100}
            height="6"
          />
          <rect className="scale-answer" x={thresholds.answerFrom * 100} width={(1 - thresholds.answerFrom) * 100} height="6" />
          <rect className="scale-here" x={Math.max(0, confidence * 100 - 0.4)} width="0.8" height="6" />
        </svg>
      </div>
      <p className="scale-words quiet">
        把握 <strong>{percent(confidence)}</strong> · 低于 {percent(thresholds.refuseBelow)} 如实说没有 · {percent(thresholds.answerFrom)}{' '}
        起直接回答 · 中间反问
      </p>
      {signals.length > 0 && (
        <details>
          <summary>把握是怎么算的</summary>
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">信号</th>
                <th scope="col">值</th>
                <th scope="col">权重</th>
                <th scope="col">贡献</th>
              </tr>
            </thead>
            <tbody>
              {signals.map(({ name, value, weight, adds }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td>{value.toFixed(3)}</td>
                  <td>{weight.toFixed(3)}</td>
                  <td>{adds.toFixed(3)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </>
  );
}

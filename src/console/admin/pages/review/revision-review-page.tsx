import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { diffKey, fetchDiff, fetchRevision, fetchText, revisionKey, textKey } from '../../api/texts.ts';
import type { RevisionView, TextView } from '../../api/types.ts';
import { DiffTable } from '../../shared/diff-table.tsx';
import { FactList } from '../../shared/facts.tsx';
import { Loaded } from '../../shared/loaded.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { PageFrame } from '../../shared/page-frame.tsx';
import { Panel } from '../../shared/panel.tsx';
import { ProblemList } from '../../shared/problem-list.tsx';
import { RevisionTag } from '../../shared/tag.tsx';
import { isRecordKind, KIND_NAMES, ORIGIN_NAMES } from '../../words/names.ts';
import { moment } from '../../words/time.ts';
import { CardPreview } from '../editor/card-preview.tsx';
import { Decision } from './decision.tsx';
import { ImpactPanel } from './impact-panel.tsx';

/** One revision before it is published: what changes, what that does to the answers, and the decision. */
export function RevisionReviewPage() {
  const { id = '', number: named = '' } = useParams();
  const number = Number(named);
  const text = useQuery({ queryKey: textKey(id), queryFn: () => fetchText(id) });
  const revision = useQuery({ queryKey: revisionKey(id, number), queryFn: () => fetchRevision(id, number) });
  const item = text.data?.item;
  return (
    <PageFrame
      title={item ? `审核：${item.title}` : '审核'}
      intro={item && `${KIND_NAMES[item.kind]} · ${item.id} · 第 ${number} 次修订`}
      back={{ to: '/review', label: '审核队列' }}
      tags={revision.data && <RevisionTag state={revision.data.revision.state} />}
    >
      <Loaded query={text}>
        {(view) => <Loaded query={revision}>{(revisionView) => <Review text={view} view={revisionView} />}</Loaded>}
      </Loaded>
    </PageFrame>
  );
}

function Review({ text: { item }, view }: { readonly text: TextView; readonly view: RevisionView }) {
  const { revision, problems, source } = view;
  const { published } = item;
  const diff = useQuery({
    queryKey: diffKey(item.id, published, revision.number),
    queryFn: () => fetchDiff(item.id, published, revision.number),
  });
  const left = published === null ? '（新文档）' : `现在使用的（第 ${published} 次修订）`;
  return (
    <>
      <Panel title="这次修订">
        <FactList
          items={[
            ['起草', `${revision.author} · ${ORIGIN_NAMES[revision.origin]} · ${moment(revision.editedAtMs)}`],
            ['提交', revision.submittedAtMs === null ? null : moment(revision.submittedAtMs)],
            ['改动说明', revision.note],
            [
              '审核',
              revision.reviewer === null
                ? null
                : `${revision.reviewer}${revision.reviewedAtMs === null ? '' : ` · ${moment(revision.reviewedAtMs)}`}`,
            ],
            ['审核意见', revision.reviewNote],
            ['发布时间', revision.publishAtMs === null ? null : moment(revision.publishAtMs)],
          ]}
        />
        <ProblemList problems={problems} />
      </Panel>
      <Panel title="对照">
        <Loaded query={diff} rows={10}>
          {(found) =>
            found.rows.every(({ kind }) => kind === 'same') ? (
              <Nothing words="与现在使用的内容完全一样" />
            ) : (
              <DiffTable diff={found} leftTitle={left} rightTitle={`这次修订（第 ${revision.number} 次）`} />
            )
          }
        </Loaded>
      </Panel>
      {isRecordKind(item.kind) && (
        <Panel title="回答的样子">
          <div className="cards-narrow">
            <CardPreview kind={item.kind} written={{ source }} />
          </div>
        </Panel>
      )}
      <ImpactPanel view={view} />
      <Decision view={view} />
    </>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useParams, useSearchParams } from 'react-router';
import { fetchRevision, fetchText, revisionKey, textKey } from '../../api/texts.ts';
import type { TextView } from '../../api/types.ts';
import { Loaded } from '../../shared/loaded.tsx';
import { PageFrame } from '../../shared/page-frame.tsx';
import { Panel } from '../../shared/panel.tsx';
import { RevisionTag, ValidityTag } from '../../shared/tag.tsx';
import { isRecordKind, KIND_NAMES } from '../../words/names.ts';
import { RevisionActions } from './revision-actions.tsx';
import { RevisionContent } from './revision-content.tsx';
import { Timeline } from './revision-timeline.tsx';
import { TextFacts } from './text-facts.tsx';

/** A document: what it is, all its revisions, and what may be done with the one that is looked at. */
export function TextPage() {
  const { id = '' } = useParams();
  const query = useQuery({ queryKey: textKey(id), queryFn: () => fetchText(id) });
  const item = query.data?.item;
  return (
    <PageFrame
      key={id}
      title={item?.title ?? '文档'}
      intro={item && `${KIND_NAMES[item.kind]} · ${item.id}`}
      back={item && !isRecordKind(item.kind) ? { to: '/language', label: '词典与同义词' } : { to: '/texts', label: '全部文档' }}
      tags={
        item && (
          <span className="tags">
            <RevisionTag state={item.latestState} />
            {item.validity !== null && <ValidityTag status={item.validity} />}
          </span>
        )
      }
    >
      <Loaded query={query} rows={10}>
        {(view) => <Revisions view={view} />}
      </Loaded>
    </PageFrame>
  );
}

function Revisions({ view: { item, revisions } }: { readonly view: TextView }) {
  const [search, setSearch] = useSearchParams();
  const wanted = Number(search.get('revision')) || item.latest;
  const number = revisions.some((revision) => revision.number === wanted) ? wanted : item.latest;
  const query = useQuery({ queryKey: revisionKey(item.id, number), queryFn: () => fetchRevision(item.id, number) });
  return (
    <div className="columns columns-aside">
      <div>
        <Loaded query={query} rows={12}>
          {(revision) => (
            <>
              <RevisionActions item={item} view={revision} />
              <RevisionContent view={revision} kind={item.kind} />
            </>
          )}
        </Loaded>
      </div>
      <div>
        <TextFacts item={item} />
        <Panel title="修订记录">
          <Timeline
            revisions={revisions}
            current={number}
            published={item.published}
            onChoose={(chosen) => setSearch({ revision: String(chosen) })}
          />
        </Panel>
      </div>
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Tabs } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { fetchTexts, textsKey } from '../../api/texts.ts';
import type { RevisionState, TextItem } from '../../api/types.ts';
import { Loaded } from '../../shared/loaded.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { PageFrame } from '../../shared/page-frame.tsx';
import { RevisionTag, StateWord } from '../../shared/tag.tsx';
import { CATEGORY_NAMES, KIND_NAMES } from '../../words/names.ts';

const MOST = 100;
const QUEUES = [
  { state: 'in-review', label: '待审核', empty: '没有待审核的修订' },
  { state: 'scheduled', label: '待发布', empty: '没有安排好、等待发布的修订' },
  { state: 'draft', label: '草稿', empty: '没有草稿' },
] as const satisfies readonly { readonly state: RevisionState; readonly label: string; readonly empty: string }[];

/** What waits for somebody: to be reviewed, to be published at its time, to be finished. */
export function ReviewPage() {
  const [search, setSearch] = useSearchParams();
  const state = QUEUES.find((queue) => queue.state === search.get('state'))?.state ?? 'in-review';
  return (
    <PageFrame title="审核队列" intro="对照现行内容，看过影响，再决定发布、退回或驳回。">
      <Tabs
        activeKey={state}
        destroyOnHidden
        onChange={(chosen) => setSearch({ state: chosen })}
        items={QUEUES.map((queue) => ({
          key: queue.state,
          label: queue.label,
          children: <Queue state={queue.state} empty={queue.empty} />,
        }))}
      />
    </PageFrame>
  );
}

function Queue({ state, empty }: { readonly state: RevisionState; readonly empty: string }) {
  const filter = { state, page: 1, size: MOST };
  const query = useQuery({ queryKey: textsKey(filter), queryFn: ({ signal }) => fetchTexts(filter, signal) });
  return (
    <Loaded query={query} rows={6}>
      {({ items }) =>
        items.length === 0 ? (
          <Nothing words={empty} />
        ) : (
          <ul className="queue">
            {items.map((item) => (
              <li key={item.id}>
                <Waiting item={item} />
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}

function Waiting({ item: { id, kind, title, category, latest, latestState, published } }: { readonly item: TextItem }) {
  const place = encodeURIComponent(id);
  return (
    <Link className="queue-item" to={latestState === 'draft' ? `/texts/${place}?revision=${latest}` : `/review/${place}/${latest}`}>
      <span className="queue-words">
        <strong>{title}</strong>
        <span className="quiet">
          {[KIND_NAMES[kind], category && CATEGORY_NAMES[category], `第 ${latest} 次修订`].filter(Boolean).join(' · ')}
        </span>
      </span>
      <span className="tags">
        {published === null && <StateWord tone="info">新文档</StateWord>}
        <RevisionTag state={latestState} />
      </span>
    </Link>
  );
}

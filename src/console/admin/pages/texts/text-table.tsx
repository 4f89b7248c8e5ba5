import { Pagination, Table } from 'antd';
import { Link } from 'react-router';
import type { TextFilter } from '../../api/texts.ts';
import type { TextItem } from '../../api/types.ts';
import { Nothing } from '../../shared/nothing.tsx';
import { RevisionTag, ValidityTag } from '../../shared/tag.tsx';
import { useIsNarrow } from '../../shared/use-media.ts';
import { CATEGORY_NAMES, KIND_NAMES } from '../../words/names.ts';
import { day } from '../../words/time.ts';

interface Props {
  readonly items: readonly TextItem[];
  readonly total: number;
  readonly filter: TextFilter;
  readonly isLoading: boolean;
  readonly onChange: (changed: Partial<TextFilter>) => void;
}

/** Documents as a table; on phones as cards, which need no sideways scrolling. */
export function TextTable({ items, total, filter, isLoading, onChange }: Props) {
  const isNarrow = useIsNarrow();
  if (items.length === 0) return <Nothing words="没有符合条件的文档" />;
  const pages = (
    <Pagination
      className="pages"
      current={filter.page}
      pageSize={filter.size}
      total={total}
      showSizeChanger={false}
      size={isNarrow ? 'small' : 'medium'}
      showTotal={(count) => `共 ${count} 份`}
      hideOnSinglePage={false}
      onChange={(page) => onChange({ page })}
    />
  );
  if (isNarrow) {
    return (
      <>
        <ul className="cards" aria-busy={isLoading}>
          {items.map((item) => (
            <li key={item.id} className="panel">
              <Title item={item} />
              <p className="tags">
                <States item={item} />
              </p>
              <p className="quiet">
                {[KIND_NAMES[item.kind], item.category && CATEGORY_NAMES[item.category], item.expiresOn && `至 ${item.expiresOn}`]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
            </li>
          ))}
        </ul>
        {pages}
      </>
    );
  }
  return (
    <>
      <Table<TextItem>
        rowKey="id"
        dataSource={items}
        loading={isLoading}
        pagination={false}
        size="medium"
        columns={[
          { title: '标题', key: 'title', render: (_, item) => <Title item={item} /> },
          { title: '种类', key: 'kind', width: 96, render: (_, { kind }) => KIND_NAMES[kind] },
          { title: '类别', key: 'category', width: 128, render: (_, { category }) => category && CATEGORY_NAMES[category] },
          { title: '状态', key: 'state', width: 184, render: (_, item) => <States item={item} /> },
          { title: '施行 / 失效', key: 'dates', width: 128, render: (_, item) => <Dates item={item} /> },
          {
            title: '发布',
            key: 'published',
            width: 136,
            render: (_, { publishedAtMs }) => (publishedAtMs === null ? '—' : day(publishedAtMs)),
          },
        ]}
      />
      {pages}
    </>
  );
}

const Title = ({ item: { id, title, documentNumber, issuingBody } }: { readonly item: TextItem }) => (
  <div className="entry">
    <Link to={`/texts/${encodeURIComponent(id)}`}>{title}</Link>
    <span className="quiet">{[documentNumber, issuingBody].filter(Boolean).join(' · ') || id}</span>
  </div>
);

const States = ({ item: { validity, latestState, published, latest } }: { readonly item: TextItem }) => (
  <span className="tags">
    {published !== null && latest !== published && <RevisionTag state="published" />}
    <RevisionTag state={latestState} />
    {validity !== null && validity !== 'in-force' && <ValidityTag status={validity} />}
  </span>
);

const Dates = ({ item: { effectiveOn, expiresOn } }: { readonly item: TextItem }) => (
  <div className="entry">
    <span>{effectiveOn ?? '—'}</span>
    {expiresOn !== null && <span className="quiet">至 {expiresOn}</span>}
  </div>
);

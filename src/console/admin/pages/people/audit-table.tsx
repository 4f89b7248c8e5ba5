import { Table } from 'antd';
import { Link } from 'react-router';
import type { AuditEntry } from '../../api/types.ts';
import { actionName, actorKindNames, targetName, targetPage } from '../../words/audit.ts';
import { moment } from '../../words/time.ts';

export function AuditTable({ entries, isLoading }: { readonly entries: readonly AuditEntry[]; readonly isLoading: boolean }) {
  return (
    <Table<AuditEntry>
      rowKey="seq"
      size="small"
      dataSource={entries}
      loading={isLoading}
      pagination={false}
      scroll={{ x: 'max-content' }}
      columns={[
        { title: '时间', key: 'at', render: (_, { atMs }) => <time dateTime={new Date(atMs).toISOString()}>{moment(atMs)}</time> },
        {
          title: '操作人',
          key: 'actor',
          render: (_, { actor: { name, kind, from } }) => (
            <div className="entry">
              <span>
                {name}
                {kind !== 'person' && <span className="quiet">（{actorKindNames[kind]}）</span>}
              </span>
              {from !== null && <span className="quiet">{from}</span>}
            </div>
          ),
        },
        { title: '操作', key: 'action', render: (_, { action }) => actionName(action) },
        { title: '对象', key: 'target', render: (_, { target }) => <Target target={target} /> },
        {
          title: '详情',
          key: 'detail',
          className: 'wrap-cell',
          render: (_, { detail }) => <span className="quiet">{detailWords(detail)}</span>,
        },
      ]}
    />
  );
}

function Target({ target }: { readonly target: string | null }) {
  const page = targetPage(target);
  return page === null ? targetName(target) : <Link to={page}>{targetName(target)}</Link>;
}

const detailWords = (detail: AuditEntry['detail']): string =>
  Object.entries(detail)
    .filter(([, value]) => value !== null && value !== '')
    .map(([key, value]) => `${key}: ${String(value)}`)
    .join(' · ');

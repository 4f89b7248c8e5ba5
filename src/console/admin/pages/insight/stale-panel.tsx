import { useQuery } from '@tanstack/react-query';
import { Table } from 'antd';
import { Link } from 'react-router';
import { type DayRange, fetchStale, INSIGHT_KEY, type Stale } from '../../api/insight.ts';
import { Loaded } from '../../shared/loaded.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { Panel } from '../../shared/panel.tsx';

type Row = Stale['items'][number];

/** Documents that somebody should make sure of. */
export function StalePanel({ range }: { readonly range: DayRange }) {
  const query = useQuery({ queryKey: [...INSIGHT_KEY, 'stale', range], queryFn: () => fetchStale(range) });
  return (
    <Panel title="久未核对的文件" intro="用得越多、越久没有核对，排得越前。核对之后请在文件里更新“最后核对”的日期。">
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing words="近三个月都核对过" />
          ) : (
            <Table<Row>
              rowKey="documentId"
              pagination={{ pageSize: 20, hideOnSinglePage: true }}
              scroll={{ x: 'max-content' }}
              dataSource={items}
              columns={[
                {
                  title: '文件',
                  key: 'title',
                  className: 'wrap-cell',
                  render: (_, { documentId, title }) => <Link to={`/texts/${encodeURIComponent(documentId)}`}>{title}</Link>,
                },
                { title: '用来回答', dataIndex: 'answers', align: 'right', render: (answers: number) => `${answers} 次` },
                { title: '最后核对', key: 'verified', render: (_, { verifiedOn }) => verifiedOn ?? <span className="quiet">从未</span> },
                { title: '距今', key: 'days', align: 'right', render: (_, { days }) => (days === null ? '—' : `${days} 天`) },
              ]}
            />
          )
        }
      </Loaded>
    </Panel>
  );
}

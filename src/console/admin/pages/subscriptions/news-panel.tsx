import { Table } from 'antd';
import { Link } from 'react-router';
import type { NewsReport } from '../../api/subscriptions.ts';
import { Nothing } from '../../shared/nothing.tsx';
import { Panel } from '../../shared/panel.tsx';
import { StateWord } from '../../shared/tag.tsx';
import { moment } from '../../words/time.ts';

/** What was told of late, and to how many. */
export function NewsPanel({ news }: { readonly news: readonly NewsReport[] }) {
  return (
    <Panel title="推送记录" intro="“等待”是在等夜间结束或每天汇总的时间；“没送到”多半是机器人被移出群或被屏蔽。记录保留 90 天。">
      {news.length === 0 ? (
        <Nothing words="还没有推送过消息" />
      ) : (
        <Table<NewsReport>
          rowKey="key"
          size="small"
          pagination={{ pageSize: 20, hideOnSinglePage: true }}
          scroll={{ x: 'max-content' }}
          dataSource={[...news]}
          columns={[
            { title: '时间', key: 'at', render: (_, { atMs }) => moment(atMs) },
            {
              title: '消息',
              key: 'title',
              className: 'wrap-cell',
              render: (_, { kind, documentId, title }) => (
                <>
                  <StateWord tone={kind === 'published' ? 'good' : 'wait'}>{kind === 'published' ? '新发布' : '快截止'}</StateWord>{' '}
                  <Link to={`/texts/${encodeURIComponent(documentId)}`}>{title}</Link>
                </>
              ),
            },
            { title: '等待', dataIndex: 'waiting', align: 'right' },
            { title: '发送中', dataIndex: 'onTheWay', align: 'right' },
            { title: '已送达', dataIndex: 'sent', align: 'right' },
            { title: '没送到', dataIndex: 'failed', align: 'right' },
          ]}
        />
      )}
    </Panel>
  );
}

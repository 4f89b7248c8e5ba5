import { Table } from 'antd';
import type { SubscribedTopic } from '../../api/subscriptions.ts';
import { Nothing } from '../../shared/nothing.tsx';
import { Panel } from '../../shared/panel.tsx';

const SCOPES: Readonly<Record<SubscribedTopic['scope'], string>> = { all: '全部', category: '主题', industry: '行业', region: '地区' };

/** What people and groups want to hear of. */
export function TopicsPanel({ topics }: { readonly topics: readonly SubscribedTopic[] }) {
  const total = topics.reduce((sum, { count }) => sum + count, 0);
  return (
    <Panel title="订阅情况" {...(total > 0 && { extra: <span className="quiet">共 {total} 项</span> })}>
      {topics.length === 0 ? (
        <Nothing words="还没有人订阅" />
      ) : (
        <Table<SubscribedTopic>
          rowKey={({ scope, value }) => `${scope} ${value}`}
          size="small"
          pagination={{ pageSize: 20, hideOnSinglePage: true }}
          scroll={{ x: 'max-content' }}
          dataSource={[...topics]}
          columns={[
            { title: '订阅内容', dataIndex: 'name' },
            { title: '类型', key: 'scope', render: (_, { scope }) => SCOPES[scope] },
            { title: '飞书', key: 'feishu', align: 'right', render: (_, { channels }) => channels.feishu ?? 0 },
            { title: 'Telegram', key: 'telegram', align: 'right', render: (_, { channels }) => channels.telegram ?? 0 },
            { title: '合计', dataIndex: 'count', align: 'right' },
          ]}
        />
      )}
    </Panel>
  );
}

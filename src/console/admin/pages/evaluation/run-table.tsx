import { Table } from 'antd';
import { Link } from 'react-router';
import type { EvaluationItem } from '../../api/types.ts';
import { moment, share } from '../../words/time.ts';

/** Runs of the question set in numbers, the latest first. */
export function RunTable({ items }: { readonly items: readonly EvaluationItem[] }) {
  return (
    <Table<EvaluationItem>
      rowKey="id"
      size="small"
      dataSource={items}
      scroll={{ x: 'max-content' }}
      pagination={items.length > 10 ? { pageSize: 10, showSizeChanger: false } : false}
      columns={[
        { title: '时间', key: 'at', render: (_, { id, atMs }) => <Link to={`/evaluation/${id}`}>{moment(atMs)}</Link> },
        { title: '资料版本', dataIndex: 'libraryVersion', align: 'right' },
        { title: '题数', key: 'asked', align: 'right', render: (_, { summary }) => summary.asked },
        { title: '首条正确', key: 'first', align: 'right', render: (_, { summary }) => share(summary.firstRight) },
        { title: '前三含正确', key: 'three', align: 'right', render: (_, { summary }) => share(summary.amongThree) },
        { title: '依据命中', key: 'evidence', align: 'right', render: (_, { summary }) => share(summary.evidence) },
        { title: '该拒则拒', key: 'held', align: 'right', render: (_, { summary }) => share(summary.heldBack) },
        { title: '运行人', dataIndex: 'by' },
      ]}
    />
  );
}

import { Table } from 'antd';
import { Link } from 'react-router';
import type { InsightSummary } from '../../api/insight.ts';
import { Nothing } from '../../shared/nothing.tsx';
import { Panel } from '../../shared/panel.tsx';
import { duration } from '../../words/insight.ts';

type Row = InsightSummary['staff'][number];

/** How fast staff answer, by desk. */
export function StaffPanel({ staff }: Pick<InsightSummary, 'staff'>) {
  return (
    <Panel title="人工答复" extra={<Link to="/tickets">人工服务</Link>}>
      {staff.length === 0 ? (
        <Nothing words="这段时间没有转人工的问题" />
      ) : (
        <Table<Row>
          rowKey="deskId"
          size="small"
          pagination={false}
          scroll={{ x: 'max-content' }}
          dataSource={[...staff]}
          columns={[
            { title: '部门', key: 'desk', render: (_, { name }) => name ?? <span className="quiet">工作群已移除</span> },
            { title: '收到', dataIndex: 'opened', align: 'right' },
            { title: '已答', dataIndex: 'answered', align: 'right' },
            { title: '忽略', dataIndex: 'ignored', align: 'right' },
            { title: '认领（中位数）', key: 'claim', align: 'right', render: (_, { medianToClaimMs }) => duration(medianToClaimMs) },
            { title: '答复（中位数）', key: 'answer', align: 'right', render: (_, { medianToAnswerMs }) => duration(medianToAnswerMs) },
          ]}
        />
      )}
    </Panel>
  );
}

import { Button, Table } from 'antd';
import type { User } from '../../api/types.ts';
import { StateWord } from '../../shared/tag.tsx';
import { ROLE_NAMES } from '../../words/names.ts';
import { day } from '../../words/time.ts';

export function UserTable({ users, onEdit }: { readonly users: readonly User[]; readonly onEdit: (user: User) => void }) {
  return (
    <Table<User>
      rowKey="id"
      dataSource={users}
      pagination={false}
      scroll={{ x: 'max-content' }}
      columns={[
        {
          title: '姓名',
          key: 'name',
          render: (_, { displayName, name }) => (
            <div className="entry">
              <strong>{displayName}</strong>
              <span className="quiet">{name}</span>
            </div>
          ),
        },
        { title: '角色', key: 'role', render: (_, { role }) => ROLE_NAMES[role] },
        {
          title: '状态',
          key: 'state',
          render: (_, { isDisabled, hasTotp }) => (
            <span className="tags">
              {isDisabled ? <StateWord tone="off">已停用</StateWord> : <StateWord tone="good">正常</StateWord>}
              {hasTotp && <StateWord tone="info">两步验证</StateWord>}
            </span>
          ),
        },
        { title: '聊天账号', dataIndex: 'chats', align: 'right' },
        { title: '创建', key: 'created', render: (_, { createdAtMs }) => day(createdAtMs) },
        {
          title: '操作',
          key: 'actions',
          render: (_, user) => (
            <Button size="small" aria-label={`修改 ${user.displayName}`} onClick={() => onEdit(user)}>
              修改
            </Button>
          ),
        },
      ]}
    />
  );
}

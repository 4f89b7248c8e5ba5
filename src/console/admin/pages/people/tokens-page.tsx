import { PlusOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Popconfirm, Table } from 'antd';
import { useState } from 'react';
import { fetchTokens, revokeToken, TOKENS_KEY } from '../../api/people.ts';
import type { Token } from '../../api/types.ts';
import { Fault } from '../../shared/fault.tsx';
import { Loaded } from '../../shared/loaded.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { PageFrame } from '../../shared/page-frame.tsx';
import { StateWord } from '../../shared/tag.tsx';
import { ROLE_NAMES } from '../../words/names.ts';
import { day, moment } from '../../words/time.ts';
import { NewTokenDialog } from './new-token-dialog.tsx';

/** Keys with which programs use the API in somebody's name. */
export function TokensPage() {
  const { message } = App.useApp();
  const client = useQueryClient();
  const [isMaking, setMaking] = useState(false);
  const query = useQuery({ queryKey: TOKENS_KEY, queryFn: fetchTokens });
  const revoking = useMutation({
    mutationFn: revokeToken,
    onSuccess: async () => {
      void message.success('已吊销');
      await client.invalidateQueries({ queryKey: TOKENS_KEY });
    },
  });
  return (
    <PageFrame
      title="API 令牌"
      intro="给程序用的钥匙：程序以令牌主人的名义访问接口，权限不超过令牌的角色。"
      actions={
        <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setMaking(true)}>
          新建令牌
        </Button>
      }
    >
      <Fault error={revoking.error} />
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? <Nothing words="还没有令牌" /> : <TokenTable tokens={items} onRevoke={(id) => revoking.mutate(id)} />
        }
      </Loaded>
      {isMaking && <NewTokenDialog onClose={() => setMaking(false)} />}
    </PageFrame>
  );
}

function TokenTable({ tokens, onRevoke }: { readonly tokens: readonly Token[]; readonly onRevoke: (id: string) => void }) {
  return (
    <Table<Token>
      rowKey="id"
      dataSource={tokens}
      pagination={false}
      scroll={{ x: 'max-content' }}
      columns={[
        { title: '用途', key: 'name', render: (_, { name }) => <strong>{name}</strong> },
        { title: '主人', dataIndex: 'owner' },
        { title: '角色', key: 'role', render: (_, { role }) => ROLE_NAMES[role] },
        { title: '状态', key: 'state', render: (_, token) => <TokenState token={token} /> },
        { title: '创建', key: 'created', render: (_, { createdAtMs }) => day(createdAtMs) },
        { title: '最近使用', key: 'used', render: (_, { usedAtMs }) => (usedAtMs === null ? '从未' : moment(usedAtMs)) },
        {
          title: '操作',
          key: 'actions',
          render: (_, { id, name, revokedAtMs }) =>
            revokedAtMs === null && (
              <Popconfirm
                title={`吊销「${name}」？`}
                description="用它的程序会立即失去访问。"
                okText="吊销"
                okButtonProps={{ danger: true }}
                cancelText="取消"
                onConfirm={() => onRevoke(id)}
              >
                <Button size="small" danger aria-label={`吊销 ${name}`}>
                  吊销
                </Button>
              </Popconfirm>
            ),
        },
      ]}
    />
  );
}

function TokenState({ token: { revokedAtMs, expiresAtMs } }: { readonly token: Token }) {
  const [nowMs] = useState(() => Date.now());
  if (revokedAtMs !== null) return <StateWord tone="off">已吊销</StateWord>;
  if (expiresAtMs === null) return <StateWord tone="good">长期有效</StateWord>;
  return expiresAtMs <= nowMs ? <StateWord tone="off">已过期</StateWord> : <StateWord tone="good">到 {day(expiresAtMs)}</StateWord>;
}

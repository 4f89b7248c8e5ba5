import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Popconfirm, Table } from 'antd';
import { useState } from 'react';
import { type Desk, DESKS_KEY, type Desks, fetchDesks, saveDesks } from '../../api/hand-off.ts';
import { Fault } from '../../shared/fault.tsx';
import { Loaded } from '../../shared/loaded.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { PageFrame } from '../../shared/page-frame.tsx';
import { CATEGORY_NAMES, CHANNEL_NAMES } from '../../words/names.ts';
import { WEEKDAYS } from '../../words/tickets.ts';
import { DeskDialog } from './desk-dialog.tsx';
import { RetentionPanel } from './retention-panel.tsx';

/** The staff chats, what each takes care of, and for how long the words of people are kept. */
export function DesksPage() {
  const { message } = App.useApp();
  const client = useQueryClient();
  const [edited, setEdited] = useState<Desk | null>(null);
  const query = useQuery({ queryKey: DESKS_KEY, queryFn: fetchDesks });
  const saving = useMutation({
    mutationFn: saveDesks,
    onSuccess: (desks) => {
      client.setQueryData(DESKS_KEY, desks);
      void message.success('已保存');
      setEdited(null);
    },
  });
  return (
    <PageFrame
      title="工作群设置"
      intro="把机器人加进工作人员所在的飞书群或 Telegram 群，由绑定了后台账号的管理员在群里发送“@机器人 设为工作群”，群就会出现在这里。"
    >
      {edited === null && <Fault error={saving.error} />}
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing words="还没有工作群。设置之前，用户转人工时只会看到联系方式。" />
          ) : (
            <DeskTable
              desks={items}
              onEdit={setEdited}
              onRemove={(id) =>
                saving.mutate({
                  items: items
                    .filter((desk) => desk.id !== id)
                    .map((desk) => (desk.escalateTo === id ? { ...desk, escalateTo: null } : desk)),
                })
              }
            />
          )
        }
      </Loaded>
      {edited !== null && query.data !== undefined && (
        <DeskDialog
          desk={edited}
          others={query.data.items.filter(({ id }) => id !== edited.id)}
          isBusy={saving.isPending}
          error={saving.error}
          onSave={(desk) => saving.mutate(withDesk(query.data, desk))}
          onClose={() => setEdited(null)}
        />
      )}
      <RetentionPanel />
    </PageFrame>
  );
}

const withDesk = ({ items }: Desks, desk: Desk): Desks => ({ items: items.map((each) => (each.id === desk.id ? desk : each)) });

const hoursOf = ({ hours }: Desk): string =>
  hours === null ? '全天' : `${hours.days.map((day) => WEEKDAYS[day - 1]).join('、')} ${hours.from}–${hours.until}`;

interface TableProps {
  readonly desks: readonly Desk[];
  readonly onEdit: (desk: Desk) => void;
  readonly onRemove: (id: string) => void;
}

function DeskTable({ desks, onEdit, onRemove }: TableProps) {
  return (
    <Table<Desk>
      rowKey="id"
      dataSource={desks}
      pagination={false}
      scroll={{ x: 'max-content' }}
      columns={[
        { title: '部门', key: 'name', render: (_, { name }) => <strong>{name}</strong> },
        { title: '平台', key: 'channel', render: (_, { channel }) => CHANNEL_NAMES[channel] },
        {
          title: '负责的主题',
          key: 'categories',
          className: 'wrap-cell',
          render: (_, { categories }) =>
            categories.length === 0 ? '其他部门不负责的' : categories.map((category) => CATEGORY_NAMES[category]).join('、'),
        },
        { title: '工作时间', key: 'hours', className: 'wrap-cell', render: (_, desk) => hoursOf(desk) },
        {
          title: '操作',
          key: 'actions',
          render: (_, desk) => (
            <>
              <Button size="small" aria-label={`修改 ${desk.name}`} onClick={() => onEdit(desk)}>
                修改
              </Button>{' '}
              <Popconfirm
                title={`移除“${desk.name}”？`}
                description="等待中的工单会留在人工服务里，请随后转派。"
                okText="移除"
                okButtonProps={{ danger: true }}
                cancelText="取消"
                onConfirm={() => onRemove(desk.id)}
              >
                <Button size="small" danger aria-label={`移除 ${desk.name}`}>
                  移除
                </Button>
              </Popconfirm>
            </>
          ),
        },
      ]}
    />
  );
}

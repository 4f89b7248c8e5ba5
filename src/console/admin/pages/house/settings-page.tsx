import { DownloadOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Switch, Table } from 'antd';
import { address } from '../../api/client.ts';
import { SESSION_KEY } from '../../api/session.ts';
import type { Settings } from '../../api/types.ts';
import { changeSettings, fetchSettings, SETTINGS_KEY } from '../../api/work.ts';
import { Fault } from '../../shared/fault.tsx';
import { Loaded } from '../../shared/loaded.tsx';
import { PageFrame } from '../../shared/page-frame.tsx';
import { Panel } from '../../shared/panel.tsx';
import { StateWord } from '../../shared/tag.tsx';

export function SettingsPage() {
  const query = useQuery({ queryKey: SETTINGS_KEY, queryFn: fetchSettings });
  return (
    <PageFrame title="系统设置">
      <Loaded query={query} rows={10}>
        {(settings) => (
          <>
            <SingleAdmin isOn={settings.isSingleAdmin} />
            <Panel title="资料备份" intro="把正在使用的全部内容打包下载，就是一套完整的资料文件夹。">
              <Button icon={<DownloadOutlined aria-hidden />} href={address('export.zip')} download>
                下载资料（ZIP）
              </Button>
            </Panel>
            <Panel title="运行环境" intro="这些在服务器的环境变量或 .env 文件里设置，改动后重启生效。密钥只显示是否已设置。">
              <Environment items={settings.environment} />
            </Panel>
          </>
        )}
      </Loaded>
    </PageFrame>
  );
}

/** Whether writers may approve their own work. */
function SingleAdmin({ isOn }: { readonly isOn: boolean }) {
  const { message, modal } = App.useApp();
  const client = useQueryClient();
  const changing = useMutation({
    mutationFn: changeSettings,
    onSuccess: async (settings) => {
      client.setQueryData(SETTINGS_KEY, settings);
      void message.success(settings.isSingleAdmin ? '已开启单人模式' : '已关闭单人模式');
      await client.invalidateQueries({ queryKey: SESSION_KEY });
    },
  });
  const ask = (wanted: boolean): void => {
    if (!wanted) return changing.mutate(false);
    modal.confirm({
      title: '开启单人模式？',
      content: '开启后，起草的人可以自己审核、自己发布，没有第二双眼睛把关。只有一个人管理时才建议开启。',
      okText: '开启',
      cancelText: '取消',
      onOk: () =>
        changing.mutateAsync(true).then(
          () => undefined,
          () => undefined,
        ),
    });
  };
  return (
    <Panel title="审核方式">
      <Fault error={changing.error} />
      <div className="switch-line">
        <Switch id="single-admin" aria-labelledby="single-admin-label" checked={isOn} loading={changing.isPending} onChange={ask} />
        <div>
          <label id="single-admin-label" htmlFor="single-admin">
            单人模式：允许自己审核自己的草稿
          </label>
          <p className="quiet">关闭时，每份修订都要由起草人以外的审核人通过。</p>
        </div>
      </div>
      {isOn && <Alert className="gap-above" type="warning" showIcon title="单人模式已开启：内容发布前没有第二人把关。" />}
    </Panel>
  );
}

type Item = Settings['environment'][number];

function Environment({ items }: { readonly items: readonly Item[] }) {
  return (
    <Table<Item>
      rowKey="name"
      size="small"
      dataSource={items}
      pagination={false}
      scroll={{ x: 'max-content' }}
      columns={[
        { title: '名称', key: 'name', render: (_, { name }) => <code>{name}</code> },
        { title: '用途', dataIndex: 'description', className: 'wrap-cell' },
        { title: '现在的值', key: 'value', className: 'wrap-cell', render: (_, item) => <Value item={item} /> },
      ]}
    />
  );
}

function Value({ item: { value, isSet, isSecret, fallback } }: { readonly item: Item }) {
  if (isSecret) return isSet ? <StateWord tone="good">已设置</StateWord> : <StateWord tone="off">未设置</StateWord>;
  if (value !== null) return <code>{value}</code>;
  return fallback === null ? <span className="quiet">未设置</span> : <span className="quiet">默认 {fallback}</span>;
}

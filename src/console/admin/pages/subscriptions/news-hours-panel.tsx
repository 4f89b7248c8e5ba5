import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input } from 'antd';
import { fetchNewsHours, NEWS_HOURS_KEY, type NewsHours, saveNewsHours } from '../../api/subscriptions.ts';
import { useSignedIn } from '../../api/session.ts';
import { Fault } from '../../shared/fault.tsx';
import { Loaded } from '../../shared/loaded.tsx';
import { Panel } from '../../shared/panel.tsx';
import { mayActAs } from '../../words/names.ts';

const FIELDS: readonly { readonly name: keyof NewsHours; readonly label: string }[] = [
  { name: 'quietFrom', label: '夜间从' },
  { name: 'quietUntil', label: '到（次日）' },
  { name: 'dailyAt', label: '每天汇总的时间' },
];

/** When people are not disturbed. */
export function NewsHoursPanel() {
  const { message } = App.useApp();
  const client = useQueryClient();
  const isAdmin = mayActAs(useSignedIn().user.role, 'admin');
  const query = useQuery({ queryKey: NEWS_HOURS_KEY, queryFn: fetchNewsHours });
  const saving = useMutation({
    mutationFn: saveNewsHours,
    onSuccess: (hours) => {
      client.setQueryData(NEWS_HOURS_KEY, hours);
      void message.success('已保存');
    },
  });
  return (
    <Panel title="推送时间" intro="夜间不打扰，消息留到早上一起发。两个时间相同，就是全天都发。改动从下一条消息起生效。">
      <Fault error={saving.error} />
      <Loaded query={query} rows={2}>
        {(hours) => (
          <Form<NewsHours>
            layout="vertical"
            requiredMark={false}
            disabled={!isAdmin}
            initialValues={hours}
            onFinish={(given) => saving.mutate(given)}
          >
            <div className="filters">
              {FIELDS.map(({ name, label }) => (
                <Form.Item key={name} name={name} label={label} rules={[{ required: true, message: '请填写时间' }]}>
                  <Input type="time" />
                </Form.Item>
              ))}
            </div>
            {isAdmin && (
              <Button type="primary" htmlType="submit" loading={saving.isPending}>
                保存
              </Button>
            )}
          </Form>
        )}
      </Loaded>
    </Panel>
  );
}

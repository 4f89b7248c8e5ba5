import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, InputNumber } from 'antd';
import { fetchRetention, type Retention, RETENTION_KEY, saveRetention } from '../../api/hand-off.ts';
import { Fault } from '../../shared/fault.tsx';
import { Loaded } from '../../shared/loaded.tsx';
import { Panel } from '../../shared/panel.tsx';

/** How long the words of people are kept. */
export function RetentionPanel() {
  const { message } = App.useApp();
  const client = useQueryClient();
  const query = useQuery({ queryKey: RETENTION_KEY, queryFn: fetchRetention });
  const saving = useMutation({
    mutationFn: saveRetention,
    onSuccess: (retention) => {
      client.setQueryData(RETENTION_KEY, retention);
      void message.success('已保存');
    },
  });
  return (
    <Panel title="保存期限" intro="过了期限，提问和工单的原文自动删除，只留不含个人信息的统计数字。">
      <Fault error={saving.error} />
      <Loaded query={query} rows={2}>
        {(retention) => (
          <Form<Retention> layout="vertical" requiredMark={false} initialValues={retention} onFinish={(days) => saving.mutate(days)}>
            <Form.Item label="提问和答复的原文保存（天）" name="questionDays" rules={[{ required: true, message: '请填写天数' }]}>
              <InputNumber min={7} max={3650} precision={0} />
            </Form.Item>
            <Form.Item label="工单结束后原文保存（天）" name="ticketDays" rules={[{ required: true, message: '请填写天数' }]}>
              <InputNumber min={7} max={3650} precision={0} />
            </Form.Item>
            <Button type="primary" htmlType="submit" loading={saving.isPending}>
              保存
            </Button>
          </Form>
        )}
      </Loaded>
    </Panel>
  );
}

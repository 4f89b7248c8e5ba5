import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { changePassword } from '../../api/session.ts';
import type { Session } from '../../api/types.ts';
import { Fault } from '../../shared/fault.tsx';
import { newPasswordRules, sameAs } from './password-rules.ts';

const MIN_PASSWORD = 12;
interface Fields {
  readonly current: string;
  readonly next: string;
  readonly again: string;
}

/** Changes the own password. */
export function PasswordForm({ onChanged }: { readonly onChanged: (session: Session) => void }) {
  const [form] = Form.useForm<Fields>();
  const changing = useMutation({
    mutationFn: ({ current, next }: Fields) => changePassword({ current, next }),
    onSuccess: (session) => {
      form.resetFields();
      onChanged(session);
    },
  });
  return (
    <Form<Fields> form={form} layout="vertical" requiredMark={false} onFinish={(fields) => changing.mutate(fields)}>
      <Fault error={changing.error} />
      <Form.Item label="现在的密码" name="current" rules={[{ required: true, message: '请填写现在的密码' }]}>
        <Input.Password autoComplete="current-password" maxLength={200} />
      </Form.Item>
      <Form.Item label="新密码" name="next" extra={`至少 ${MIN_PASSWORD} 个字符`} rules={newPasswordRules(MIN_PASSWORD)}>
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Form.Item>
      <Form.Item
        label="再填一次新密码"
        name="again"
        dependencies={['next']}
        rules={[{ required: true, message: '请再填一次' }, sameAs('next')]}
      >
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={changing.isPending}>
        修改密码
      </Button>
    </Form>
  );
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Form, Input, Modal } from 'antd';
import { createUser, USERS_KEY } from '../../api/people.ts';
import type { NewUser } from '../../api/types.ts';
import { Fault } from '../../shared/fault.tsx';
import { newPasswordRules } from '../sign-in/password-rules.ts';
import { RoleChoice } from './role-choice.tsx';

const MIN_PASSWORD = 12;

export function NewUserDialog({ onClose }: { readonly onClose: () => void }) {
  const { message } = App.useApp();
  const client = useQueryClient();
  const [form] = Form.useForm<NewUser>();
  const making = useMutation({
    mutationFn: createUser,
    onSuccess: async ({ displayName }) => {
      void message.success(`已新建「${displayName}」，请把初始密码告诉本人`);
      onClose();
      await client.invalidateQueries({ queryKey: USERS_KEY });
    },
  });
  return (
    <Modal
      open
      title="新建用户"
      okText="新建"
      cancelText="取消"
      okButtonProps={{ loading: making.isPending }}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Fault error={making.error} />
      <Form<NewUser>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ role: 'editor' }}
        onFinish={(user) => making.mutate(user)}
      >
        <Form.Item
          label="登录名"
          name="name"
          extra="2 到 32 个小写字母、数字或 . _ -"
          rules={[
            { required: true, message: '请填写登录名' },
            { pattern: /^[a-z0-9][a-z0-9._-]{1,31}$/, message: '只能用小写字母、数字和 . _ -，至少两个字符' },
          ]}
        >
          <Input autoComplete="off" autoCapitalize="none" />
        </Form.Item>
        <Form.Item label="姓名" name="displayName" rules={[{ required: true, whitespace: true, message: '请填写姓名' }]}>
          <Input autoComplete="off" maxLength={40} />
        </Form.Item>
        <Form.Item label="角色" name="role">
          <RoleChoice />
        </Form.Item>
        <Form.Item
          label="初始密码"
          name="password"
          extra={`至少 ${MIN_PASSWORD} 个字符；本人第一次登录时要改掉`}
          rules={newPasswordRules(MIN_PASSWORD)}
        >
          <Input.Password autoComplete="new-password" maxLength={200} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

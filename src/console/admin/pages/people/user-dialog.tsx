import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, Modal, Popconfirm } from 'antd';
import { changeUser, USERS_KEY } from '../../api/people.ts';
import { useSignedIn } from '../../api/session.ts';
import type { Role, User, UserChange } from '../../api/types.ts';
import { Fault } from '../../shared/fault.tsx';
import { RoleChoice } from './role-choice.tsx';

interface Fields {
  readonly displayName: string;
  readonly role: Role;
  readonly password?: string;
}

/** Changes somebody's name, role or password, or whether they may sign in. */
export function UserDialog({ user, onClose }: { readonly user: User; readonly onClose: () => void }) {
  const { message } = App.useApp();
  const client = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const isMyself = useSignedIn().user.id === user.id;
  const changing = useMutation({
    mutationFn: (change: UserChange) => changeUser(user.id, change),
    onSuccess: async () => {
      void message.success('已保存');
      onClose();
      await client.invalidateQueries({ queryKey: USERS_KEY });
    },
  });
  const save = ({ displayName, role, password }: Fields): void =>
    changing.mutate({
      ...(displayName === user.displayName ? {} : { displayName }),
      ...(role === user.role ? {} : { role }),
      ...(password ? { password } : {}),
    });
  return (
    <Modal
      open
      title={`修改「${user.displayName}」`}
      okText="保存"
      cancelText="取消"
      okButtonProps={{ loading: changing.isPending }}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Fault error={changing.error} />
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ displayName: user.displayName, role: user.role }}
        onFinish={save}
      >
        <Form.Item label="姓名" name="displayName" rules={[{ required: true, whitespace: true, message: '请填写姓名' }]}>
          <Input autoComplete="off" maxLength={40} />
        </Form.Item>
        <Form.Item label="角色" name="role">
          <RoleChoice />
        </Form.Item>
        <Form.Item
          label="重设密码"
          name="password"
          extra="不改就留空。重设后会结束此人的所有登录，下次登录要自己改掉。"
          rules={[{ min: 12, message: '至少 12 个字符' }]}
        >
          <Input.Password autoComplete="new-password" maxLength={200} />
        </Form.Item>
      </Form>
      <div className="action-bar">
        {user.hasTotp && (
          <Popconfirm
            title="关闭此人的两步验证？"
            description="手机丢失时才需要。此后只凭密码就能登录。"
            okText="关闭"
            cancelText="取消"
            onConfirm={() => changing.mutate({ resetTotp: true })}
          >
            <Button>关闭两步验证</Button>
          </Popconfirm>
        )}
        {!isMyself && user.isDisabled && <Button onClick={() => changing.mutate({ isDisabled: false })}>重新启用</Button>}
        {!isMyself && !user.isDisabled && (
          <Popconfirm
            title="停用此用户？"
            description="立即结束此人的所有登录；记录都会保留。"
            okText="停用"
            okButtonProps={{ danger: true }}
            cancelText="取消"
            onConfirm={() => changing.mutate({ isDisabled: true })}
          >
            <Button danger>停用</Button>
          </Popconfirm>
        )}
      </div>
    </Modal>
  );
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, Modal } from 'antd';
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
  const { message, modal } = App.useApp();
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
  const ask = (title: string, content: string, okText: string, change: UserChange): void => {
    modal.confirm({ title, content, okText, okButtonProps: { danger: true }, cancelText: '取消', onOk: () => changing.mutate(change) });
  };
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
          <Button onClick={() => ask('关闭此人的两步验证？', '手机丢失时才需要。此后只凭密码就能登录。', '关闭', { resetTotp: true })}>
            关闭两步验证
          </Button>
        )}
        {!isMyself && user.isDisabled && <Button onClick={() => changing.mutate({ isDisabled: false })}>重新启用</Button>}
        {!isMyself && !user.isDisabled && (
          <Button danger onClick={() => ask('停用此用户？', '立即结束此人的所有登录；记录都会保留。', '停用', { isDisabled: true })}>
            停用
          </Button>
        )}
      </div>
    </Modal>
  );
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Modal, Select } from 'antd';
import { createToken, TOKENS_KEY } from '../../api/people.ts';
import { useSignedIn } from '../../api/session.ts';
import type { Role } from '../../api/types.ts';
import { CopyText } from '../../shared/copy-text.tsx';
import { Fault } from '../../shared/fault.tsx';
import { mayActAs, ROLE_NAMES } from '../../words/names.ts';
import { RoleChoice } from './role-choice.tsx';

interface Fields {
  readonly name: string;
  readonly role: Role;
  readonly days: number;
}
const NEVER = 0;
const TERMS = [
  { value: 30, label: '30 天' },
  { value: 90, label: '90 天' },
  { value: 365, label: '一年' },
  { value: NEVER, label: '长期（不建议）' },
];

/** Makes a token and shows it, this once. */
export function NewTokenDialog({ onClose }: { readonly onClose: () => void }) {
  const client = useQueryClient();
  const { role: mine } = useSignedIn().user;
  const [form] = Form.useForm<Fields>();
  const making = useMutation({
    mutationFn: ({ name, role, days }: Fields) => createToken({ name, role, days: days === NEVER ? null : days }),
    onSuccess: () => client.invalidateQueries({ queryKey: TOKENS_KEY }),
  });
  if (making.data !== undefined) {
    return (
      <Modal
        open
        title="令牌已新建"
        mask={{ closable: false }}
        onCancel={onClose}
        footer={
          <Button type="primary" onClick={onClose}>
            我已保存好
          </Button>
        }
      >
        <Alert className="gap-below" type="warning" showIcon title="只显示这一次，请现在就复制保存。" />
        <CopyText label="令牌" text={making.data.token} />
        <p className="quiet gap-above">程序在请求头中带上：Authorization: Bearer 令牌</p>
      </Modal>
    );
  }
  const roles = (Object.keys(ROLE_NAMES) as Role[]).filter((role) => mayActAs(mine, role));
  return (
    <Modal
      open
      title="新建令牌"
      okText="新建"
      cancelText="取消"
      okButtonProps={{ loading: making.isPending }}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Fault error={making.error} />
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ role: 'viewer', days: 90 }}
        onFinish={(fields) => making.mutate(fields)}
      >
        <Form.Item label="用途" name="name" extra="例如：官网同步" rules={[{ required: true, whitespace: true, message: '请写明用途' }]}>
          <Input maxLength={60} autoComplete="off" />
        </Form.Item>
        <Form.Item label="角色" name="role">
          <RoleChoice roles={roles} />
        </Form.Item>
        <Form.Item label="有效期" name="days">
          <Select options={TERMS} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

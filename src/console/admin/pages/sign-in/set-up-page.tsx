import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input } from 'antd';
import { Link, Navigate, useSearchParams } from 'react-router';
import { fetchGate, SESSION_KEY, setUp, useSession } from '../../api/session.ts';
import type { SetUpRequest } from '../../api/types.ts';
import { Fault } from '../../shared/fault.tsx';
import { GateCard } from './gate-card.tsx';
import { newPasswordRules, sameAs } from './password-rules.ts';

type Fields = SetUpRequest & { readonly again: string };

/** The first administrator of all, made with the code the house printed at its first start. */
export function SetUpPage() {
  const client = useQueryClient();
  const [search] = useSearchParams();
  const { data: session } = useSession();
  const gate = useQuery({ queryKey: ['gate'], queryFn: fetchGate });
  const making = useMutation({
    mutationFn: ({ code, name, displayName, password }: Fields) => setUp({ code, name, displayName, password }),
    onSuccess: (session) => client.setQueryData(SESSION_KEY, session),
  });
  if (session) return <Navigate replace to="/" />;
  if (gate.data?.needsSetUp === false) {
    return (
      <GateCard title="首次设置">
        <Alert type="info" showIcon className="gap-below" title="已经设置过了，请直接登录。" />
        <Link to="/sign-in">去登录</Link>
      </GateCard>
    );
  }
  return (
    <GateCard title="首次设置" intro="设置第一位管理员。设置码在服务首次启动时显示在启动窗口（日志）里，只能用一次。">
      <Fault error={making.error} />
      <Form<Fields>
        layout="vertical"
        requiredMark={false}
        initialValues={{ code: search.get('code') ?? '' }}
        onFinish={(fields) => making.mutate(fields)}
      >
        <Form.Item label="设置码" name="code" rules={[{ required: true, message: '请填写设置码' }]}>
          <Input autoComplete="off" maxLength={100} />
        </Form.Item>
        <Form.Item
          label="登录名"
          name="name"
          extra="登录时用，2 到 32 个小写字母、数字或 . _ -"
          rules={[
            { required: true, message: '请填写登录名' },
            { pattern: /^[a-z0-9][a-z0-9._-]{1,31}$/, message: '只能用小写字母、数字和 . _ -，至少两个字符' },
          ]}
        >
          <Input autoComplete="username" autoCapitalize="none" />
        </Form.Item>
        <Form.Item label="姓名" name="displayName" extra="显示在修订记录里" rules={[{ required: true, message: '请填写姓名' }]}>
          <Input autoComplete="name" maxLength={40} />
        </Form.Item>
        <Form.Item
          label="密码"
          name="password"
          extra={`至少 ${gate.data?.minPassword ?? 12} 个字符`}
          rules={newPasswordRules(gate.data?.minPassword ?? 12)}
        >
          <Input.Password autoComplete="new-password" maxLength={200} />
        </Form.Item>
        <Form.Item
          label="再填一次密码"
          name="again"
          dependencies={['password']}
          rules={[{ required: true, message: '请再填一次' }, sameAs('password')]}
        >
          <Input.Password autoComplete="new-password" maxLength={200} />
        </Form.Item>
        <Button type="primary" htmlType="submit" block size="large" loading={making.isPending}>
          完成设置
        </Button>
      </Form>
    </GateCard>
  );
}

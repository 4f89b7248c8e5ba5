import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input } from 'antd';
import { useEffect, useRef } from 'react';
import { Navigate, useLocation } from 'react-router';
import { ApiError } from '../../api/api-error.ts';
import { fetchGate, SESSION_KEY, signIn, useSession } from '../../api/session.ts';
import type { SignInRequest } from '../../api/types.ts';
import { GateCard } from './gate-card.tsx';

/** Name and password, then the code of the authenticator where one is on. */
export function SignInPage() {
  const client = useQueryClient();
  const { state } = useLocation() as { readonly state: { readonly to?: string } | null };
  const { data: session } = useSession();
  const gate = useQuery({ queryKey: ['gate'], queryFn: fetchGate });
  const entering = useMutation({ mutationFn: signIn, onSuccess: (session) => client.setQueryData(SESSION_KEY, session) });
  const needsCode = isCodeNeeded(entering.error) || (entering.variables?.code !== undefined && !entering.isSuccess);
  const code = useRef<HTMLInputElement | null>(null);
  useEffect(() => {
    if (needsCode) code.current?.focus();
  }, [needsCode]);
  if (session) return <Navigate replace to={state?.to ?? '/'} />;
  if (gate.data?.needsSetUp) return <Navigate replace to="/set-up" />;
  return (
    <GateCard title="登录">
      {state?.to !== undefined && state.to !== '/' && !entering.error && (
        <Alert type="info" showIcon className="gap-below" title="登录后会回到刚才的页面。" />
      )}
      {entering.error !== null && !(isCodeNeeded(entering.error) && entering.variables?.code === undefined) && (
        <Alert type="error" showIcon role="alert" className="gap-below" title={refusalWords(entering.error)} />
      )}
      <Form<SignInRequest> layout="vertical" requiredMark={false} onFinish={(request) => entering.mutate(request)}>
        <Form.Item label="登录名" name="name" rules={[{ required: true, message: '请填写登录名' }]}>
          <Input autoComplete="username" autoCapitalize="none" maxLength={64} />
        </Form.Item>
        <Form.Item label="密码" name="password" rules={[{ required: true, message: '请填写密码' }]}>
          <Input.Password autoComplete="current-password" maxLength={200} />
        </Form.Item>
        {needsCode && (
          <Form.Item
            label="验证码"
            name="code"
            extra="请打开手机上的验证器应用，填写六位数字。"
            rules={[{ required: true, message: '请填写六位验证码' }]}
          >
            <Input
              ref={(input) => void (code.current = input?.input ?? null)}
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={12}
            />
          </Form.Item>
        )}
        <Button type="primary" htmlType="submit" block size="large" loading={entering.isPending}>
          登录
        </Button>
      </Form>
    </GateCard>
  );
}

/** The password was right, and an authenticator is on. */
const isCodeNeeded = (error: unknown): boolean => error instanceof ApiError && error.code === 'TOTP_REQUIRED';

function refusalWords(error: unknown): string {
  if (!(error instanceof ApiError)) return '没能登录，请稍后再试。';
  if (error.status === 401) return '登录名、密码或验证码不对。';
  return error.status === 429 ? '试错的次数太多，请过一会儿再试。' : error.message;
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, QRCode } from 'antd';
import { confirmTotp, endTotp, startTotp } from '../../api/account.ts';
import { SESSION_KEY } from '../../api/session.ts';
import { CopyText } from '../../shared/copy-text.tsx';
import { Fault } from '../../shared/fault.tsx';
import { Panel } from '../../shared/panel.tsx';
import { StateWord } from '../../shared/tag.tsx';

/** The second factor: on by scanning a code and showing that it works, off with the password. */
export function TotpPanel({ hasTotp }: { readonly hasTotp: boolean }) {
  return (
    <Panel
      title="两步验证"
      intro="登录时除了密码，还要填手机验证器应用上的六位数字。"
      extra={hasTotp ? <StateWord tone="good">已开启</StateWord> : <StateWord tone="off">未开启</StateWord>}
    >
      {hasTotp ? <TurnOff /> : <TurnOn />}
    </Panel>
  );
}

function TurnOn() {
  const { message } = App.useApp();
  const client = useQueryClient();
  const starting = useMutation({ mutationFn: startTotp });
  const confirming = useMutation({
    mutationFn: ({ code }: { readonly code: string }) => confirmTotp(code.trim()),
    onSuccess: async () => {
      void message.success('两步验证已开启');
      await client.invalidateQueries({ queryKey: SESSION_KEY });
    },
  });
  if (starting.data === undefined) {
    return (
      <>
        <Fault error={starting.error} />
        <Button loading={starting.isPending} onClick={() => starting.mutate()}>
          开启两步验证
        </Button>
      </>
    );
  }
  return (
    <>
      <p className="gap-below">用验证器应用（如微软、谷歌的身份验证器，或腾讯身份验证器）扫描二维码，再填写显示的六位数字。</p>
      <div className="totp">
        <QRCode value={starting.data.uri} type="svg" size={168} bgColor="#ffffff" color="#000000" aria-label="两步验证二维码" />
        <div className="totp-words">
          <p className="quiet">不能扫码时，手工输入密钥：</p>
          <CopyText label="密钥" text={starting.data.secret} />
          <Form
            layout="vertical"
            requiredMark={false}
            className="gap-above"
            onFinish={(fields: { code: string }) => confirming.mutate(fields)}
          >
            <Fault error={confirming.error} />
            <Form.Item label="验证码" name="code" rules={[{ required: true, message: '请填写六位数字' }]}>
              <Input inputMode="numeric" autoComplete="one-time-code" maxLength={12} />
            </Form.Item>
            <Button type="primary" htmlType="submit" loading={confirming.isPending}>
              确认开启
            </Button>
          </Form>
        </div>
      </div>
    </>
  );
}

function TurnOff() {
  const { message } = App.useApp();
  const client = useQueryClient();
  const ending = useMutation({
    mutationFn: ({ password }: { readonly password: string }) => endTotp(password),
    onSuccess: async () => {
      void message.success('两步验证已关闭');
      await client.invalidateQueries({ queryKey: SESSION_KEY });
    },
  });
  return (
    <Form layout="vertical" requiredMark={false} onFinish={(fields: { password: string }) => ending.mutate(fields)}>
      <Fault error={ending.error} />
      <Form.Item label="用密码关闭" name="password" rules={[{ required: true, message: '请填写密码' }]}>
        <Input.Password autoComplete="current-password" maxLength={200} />
      </Form.Item>
      <Button danger htmlType="submit" loading={ending.isPending}>
        关闭两步验证
      </Button>
    </Form>
  );
}

import { App } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { SESSION_KEY, useSignedIn } from '../../api/session.ts';
import { FactList } from '../../shared/facts.tsx';
import { PageFrame } from '../../shared/page-frame.tsx';
import { Panel } from '../../shared/panel.tsx';
import { ROLE_DUTIES, ROLE_NAMES } from '../../words/names.ts';
import { PasswordForm } from '../sign-in/password-form.tsx';
import { ChatPanel } from './chat-panel.tsx';
import { TotpPanel } from './totp-panel.tsx';

/** What belongs to the one who is signed in. */
export function AccountPage() {
  const { user, idleMinutes } = useSignedIn();
  const { message } = App.useApp();
  const client = useQueryClient();
  return (
    <PageFrame title="个人设置">
      <div className="columns">
        <Panel title="账号">
          <FactList
            items={[
              ['姓名', user.displayName],
              ['登录名', user.name],
              ['角色', `${ROLE_NAMES[user.role]}（${ROLE_DUTIES[user.role]}）`],
              ['自动退出', `${idleMinutes} 分钟没有操作`],
            ]}
          />
        </Panel>
        <TotpPanel hasTotp={user.hasTotp} />
        <Panel title="密码" intro="修改后，其他设备上的登录会结束。">
          <PasswordForm
            onChanged={(session) => {
              client.setQueryData(SESSION_KEY, session);
              void message.success('密码已修改');
            }}
          />
        </Panel>
        <ChatPanel />
      </div>
    </PageFrame>
  );
}

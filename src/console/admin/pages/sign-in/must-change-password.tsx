import { useQueryClient } from '@tanstack/react-query';
import { SESSION_KEY } from '../../api/session.ts';
import { GateCard } from './gate-card.tsx';
import { PasswordForm } from './password-form.tsx';

/** Before anything else: the first password was chosen by somebody else. */
export function MustChangePassword() {
  const client = useQueryClient();
  return (
    <GateCard title="请先修改密码" intro="现在的密码是管理员为您设的。换成只有您知道的密码后，就可以开始使用。">
      <PasswordForm onChanged={(session) => client.setQueryData(SESSION_KEY, session)} />
    </GateCard>
  );
}

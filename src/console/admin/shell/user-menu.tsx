import { LogoutOutlined, UserOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Button, Dropdown } from 'antd';
import { useNavigate } from 'react-router';
import { signOut, useSignedIn } from '../api/session.ts';
import { ROLE_NAMES } from '../words/names.ts';

/** Who is signed in, with their settings and the way out. */
export function UserMenu() {
  const { user } = useSignedIn();
  const navigate = useNavigate();
  const leave = useMutation({
    mutationFn: signOut,
    onSettled: () => {
      // Loading the page anew forgets everything that was shown to this person.
      sessionStorage.clear();
      location.hash = '#/sign-in';
      location.reload();
    },
  });
  const items = [
    { key: 'account', icon: <UserOutlined aria-hidden />, label: '个人设置', onClick: () => void navigate('/account') },
    { type: 'divider' as const },
    { key: 'leave', icon: <LogoutOutlined aria-hidden />, label: '退出登录', onClick: () => leave.mutate() },
  ];
  return (
    <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
      <Button type="text" className="user-button" aria-haspopup="menu" loading={leave.isPending}>
        <span className="user-mark" aria-hidden="true">
          {user.displayName.slice(0, 1)}
        </span>
        <span className="user-words">
          {user.displayName}
          <small>{ROLE_NAMES[user.role]}</small>
        </span>
      </Button>
    </Dropdown>
  );
}

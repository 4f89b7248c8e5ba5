import { Alert, Button } from 'antd';
import { Navigate, useLocation } from 'react-router';
import { messageOf } from '../api/api-error.ts';
import { SignedInProvider, useSession } from '../api/session.ts';
import { MustChangePassword } from '../pages/sign-in/must-change-password.tsx';
import { ConsoleLayout } from './console-layout.tsx';
import { Waiting } from './waiting.tsx';

/** Lets in who is signed in; everybody else signs in first and comes back to where they were going. */
export function RequireSession() {
  const { data, error, refetch } = useSession();
  const { pathname, search } = useLocation();
  if (data === undefined && error !== null) {
    return (
      <main className="gate">
        <h1 className="visually-hidden">问策管理后台</h1>
        <Alert type="error" showIcon title={messageOf(error)} action={<Button onClick={() => void refetch()}>重试</Button>} />
      </main>
    );
  }
  if (data === undefined) return <Waiting />;
  if (data === null) return <Navigate replace to="/sign-in" state={{ to: pathname + search }} />;
  if (data.user.mustChangePassword) return <MustChangePassword />;
  return (
    <SignedInProvider value={data}>
      <ConsoleLayout />
    </SignedInProvider>
  );
}

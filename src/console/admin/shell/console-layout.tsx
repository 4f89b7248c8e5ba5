import { MenuOutlined } from '@ant-design/icons';
import { Button, Drawer } from 'antd';
import { useEffect, useState } from 'react';
import { Link, Outlet, useLocation } from 'react-router';
import { useIsNarrow } from '../shared/use-media.ts';
import { loadChartsAhead } from './charts-ahead.ts';
import { Navigation } from './navigation.tsx';
import { UserMenu } from './user-menu.tsx';

/** Menu at the side (a drawer on phones), who is signed in at the top, the page in the middle. */
export function ConsoleLayout() {
  const isNarrow = useIsNarrow();
  const [isOpen, setOpen] = useState(false);
  const { pathname } = useLocation();
  useEffect(loadChartsAhead, []);
  return (
    <div className="shell">
      <a className="skip-link" href="#main" onClick={skipToMain}>
        跳到正文
      </a>
      {!isNarrow && (
        <aside className="shell-side">
          <Brand />
          <Navigation />
        </aside>
      )}
      <div className="shell-body">
        <header className="shell-head">
          {isNarrow && (
            <>
              <Button
                type="text"
                icon={<MenuOutlined aria-hidden />}
                aria-label="打开菜单"
                aria-expanded={isOpen}
                onClick={() => setOpen(true)}
              />
              <Brand />
            </>
          )}
          <UserMenu />
        </header>
        <main id="main" tabIndex={-1} key={pathname}>
          <Outlet />
        </main>
      </div>
      <Drawer open={isNarrow && isOpen} placement="left" size={280} title="菜单" onClose={() => setOpen(false)}>
        <Navigation onGo={() => setOpen(false)} />
      </Drawer>
    </div>
  );
}

/** Addresses follow the #, so a link to a place within the page has to be followed by hand. */
function skipToMain(event: { preventDefault(): void }): void {
  event.preventDefault();
  document.querySelector('main')?.focus();
}

function Brand() {
  return (
    <Link className="brand" to="/">
      <span className="seal" aria-hidden="true">
        策
      </span>
      <span>
        问策<small>管理后台</small>
      </span>
    </Link>
  );
}

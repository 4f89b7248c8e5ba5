import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { fetchUsers, USERS_KEY } from '../../api/people.ts';
import type { User } from '../../api/types.ts';
import { FactList } from '../../shared/facts.tsx';
import { Loaded } from '../../shared/loaded.tsx';
import { PageFrame } from '../../shared/page-frame.tsx';
import { Panel } from '../../shared/panel.tsx';
import { ROLE_DUTIES, ROLE_NAMES } from '../../words/names.ts';
import { NewUserDialog } from './new-user-dialog.tsx';
import { UserDialog } from './user-dialog.tsx';
import { UserTable } from './user-table.tsx';

export function UsersPage() {
  const query = useQuery({ queryKey: USERS_KEY, queryFn: fetchUsers });
  const [isMaking, setMaking] = useState(false);
  const [edited, setEdited] = useState<User | null>(null);
  return (
    <PageFrame
      title="用户与角色"
      actions={
        <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setMaking(true)}>
          新建用户
        </Button>
      }
    >
      <Panel title="角色">
        <FactList
          items={(Object.keys(ROLE_NAMES) as (keyof typeof ROLE_NAMES)[]).map((role) => [ROLE_NAMES[role], ROLE_DUTIES[role]] as const)}
        />
      </Panel>
      <Loaded query={query}>{({ items }) => <UserTable users={items} onEdit={setEdited} />}</Loaded>
      {isMaking && <NewUserDialog onClose={() => setMaking(false)} />}
      {edited !== null && <UserDialog user={edited} onClose={() => setEdited(null)} />}
    </PageFrame>
  );
}

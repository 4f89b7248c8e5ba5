import { DownloadOutlined } from '@ant-design/icons';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useSearchParams } from 'react-router';
import { address } from '../../api/client.ts';
import { AUDIT_KEY, type AuditFilter, fetchAudit, fetchUsers, USERS_KEY } from '../../api/people.ts';
import { useSignedIn } from '../../api/session.ts';
import { Fault } from '../../shared/fault.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { PageFrame } from '../../shared/page-frame.tsx';
import { ACTION_NAMES } from '../../words/audit.ts';
import { mayActAs, optionsOf } from '../../words/names.ts';
import { AuditTable } from './audit-table.tsx';

const CHUNK = 50;

/** Who did what, when and from where. */
export function AuditPage() {
  const isAdmin = mayActAs(useSignedIn().user.role, 'admin');
  const [search, setSearch] = useSearchParams();
  const filter: AuditFilter = { user: search.get('user') ?? '', action: search.get('action') ?? '', target: search.get('target') ?? '' };
  const users = useQuery({ queryKey: USERS_KEY, queryFn: fetchUsers, enabled: isAdmin });
  const query = useInfiniteQuery({
    queryKey: [...AUDIT_KEY, filter],
    queryFn: ({ pageParam }) => fetchAudit(filter, pageParam, CHUNK),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
  });
  const change = (changed: Partial<AuditFilter>): void =>
    setSearch(Object.entries({ ...filter, ...changed }).filter(([, value]) => value !== ''));
  const entries = query.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <PageFrame
      title="审计日志"
      intro={isAdmin ? '记录一经写下就不会改动。' : '与内容有关的记录；登录与账号的记录只有管理员能看。'}
      actions={
        isAdmin && (
          <Button icon={<DownloadOutlined aria-hidden />} href={address('audit.csv', { ...filter })} download>
            导出 CSV
          </Button>
        )
      }
    >
      <search className="filters">
        {isAdmin && (
          <Select
            aria-label="操作人"
            popupMatchSelectWidth={false}
            value={filter.user}
            options={[
              { value: '', label: '全部人员' },
              ...(users.data?.items ?? []).map(({ id, displayName }) => ({ value: id, label: displayName })),
            ]}
            onChange={(user) => change({ user })}
          />
        )}
        <Select
          aria-label="操作"
          popupMatchSelectWidth={false}
          value={filter.action}
          options={[{ value: '', label: '全部操作' }, ...optionsOf(ACTION_NAMES)]}
          onChange={(action) => change({ action })}
        />
        <Input.Search
          key={filter.target}
          className="filters-words"
          aria-label="对象"
          placeholder="对象，如 text:2024-plan"
          enterButton="查找"
          allowClear
          defaultValue={filter.target}
          onSearch={(target) => change({ target: target.trim() })}
        />
      </search>
      <Fault error={query.error} />
      {query.isSuccess && entries.length === 0 ? (
        <Nothing words="没有符合条件的记录" />
      ) : (
        <AuditTable entries={entries} isLoading={query.isPending} />
      )}
      {query.hasNextPage && (
        <p className="more">
          <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            更早的记录
          </Button>
        </p>
      )}
    </PageFrame>
  );
}

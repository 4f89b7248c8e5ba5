import type { UseQueryResult } from '@tanstack/react-query';
import { Alert, Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { messageOf } from '../api/api-error.ts';

interface Props<Data> {
  readonly query: UseQueryResult<Data>;
  readonly rows?: number;
  readonly children: (data: Data) => ReactNode;
}

/** What a query brought; until then its outline, and when it failed why, with a way to try again. What was there before stays. */
export function Loaded<Data>({ query, rows = 4, children }: Props<Data>) {
  const { data, error, isFetching, refetch } = query;
  return (
    <>
      {error !== null && (
        <Alert
          type="error"
          showIcon
          className="gap-below"
          title={messageOf(error)}
          action={
            <Button size="small" loading={isFetching} onClick={() => void refetch()}>
              重试
            </Button>
          }
        />
      )}
      {data !== undefined && children(data)}
      {data === undefined && error === null && (
        <div aria-busy="true" role="status">
          <span className="visually-hidden">正在载入</span>
          <Skeleton active title={false} paragraph={{ rows }} />
        </div>
      )}
    </>
  );
}

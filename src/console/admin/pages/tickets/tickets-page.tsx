import { useInfiniteQuery } from '@tanstack/react-query';
import { Alert, Button, Segmented, Table } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { messageOf } from '../../api/api-error.ts';
import { fetchTickets, TICKETS_KEY, type TicketFilter, type TicketItem } from '../../api/hand-off.ts';
import { useSignedIn } from '../../api/session.ts';
import { Nothing } from '../../shared/nothing.tsx';
import { PageFrame } from '../../shared/page-frame.tsx';
import { StateWord } from '../../shared/tag.tsx';
import { CATEGORY_NAMES, CHANNEL_NAMES, mayActAs } from '../../words/names.ts';
import { TICKET_STATES } from '../../words/tickets.ts';
import { moment } from '../../words/time.ts';

const FILTERS: readonly { readonly value: TicketFilter; readonly label: string }[] = [
  { value: 'waiting', label: '待处理' },
  { value: 'over', label: '已结束' },
  { value: 'all', label: '全部' },
];
/** New ones come in while one looks. */
const REFRESH_MS = 15_000;

/** Questions handed to staff. */
export function TicketsPage() {
  const [parameters, setParameters] = useSearchParams();
  const state = FILTERS.find(({ value }) => value === parameters.get('state'))?.value ?? 'waiting';
  const query = useInfiniteQuery({
    queryKey: [...TICKETS_KEY, state],
    queryFn: ({ pageParam }) => fetchTickets(state, pageParam),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
    refetchInterval: REFRESH_MS,
  });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <PageFrame title="人工服务" intro="资料库答不了、由人来答的问题。答复会发回提问的地方，并整理成问答草稿，审核后自动回答同样的问题。">
      <div className="filters">
        <Segmented
          aria-label="按状态筛选"
          value={state}
          options={FILTERS.map(({ value, label }) => ({ value, label }))}
          onChange={(chosen) => setParameters(chosen === 'waiting' ? {} : { state: chosen })}
        />
      </div>
      {query.error !== null && <Alert type="error" showIcon className="gap-below" title={messageOf(query.error)} />}
      {query.data !== undefined && items.length === 0 && (
        <Nothing words={state === 'waiting' ? '没有待处理的问题' : '还没有转人工的问题'} />
      )}
      {items.length > 0 && <TicketTable items={items} />}
      {query.hasNextPage && (
        <p className="gap-above">
          <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            看更早的
          </Button>
        </p>
      )}
    </PageFrame>
  );
}

function TicketTable({ items }: { readonly items: readonly TicketItem[] }) {
  const { role } = useSignedIn().user;
  return (
    <Table<TicketItem>
      rowKey="id"
      dataSource={items}
      pagination={false}
      scroll={{ x: 'max-content' }}
      columns={[
        {
          title: '问题',
          key: 'question',
          className: 'wrap-cell',
          render: (_, { id, number, question, isEscalated }) => (
            <>
              {mayActAs(role, 'editor') ? (
                <Link to={`/tickets/${encodeURIComponent(id)}`}>
                  #{number} {question === '' ? '（原文已删除）' : question}
                </Link>
              ) : (
                <span>
                  #{number} {question === '' ? '（原文已删除）' : question}
                </span>
              )}
              {isEscalated && <StateWord tone="bad">已超时</StateWord>}
            </>
          ),
        },
        {
          title: '状态',
          key: 'state',
          render: (_, { state, assignee }) => (
            <>
              <StateWord tone={TICKET_STATES[state].tone}>{TICKET_STATES[state].name}</StateWord>
              {assignee !== null && <span className="quiet"> {assignee}</span>}
            </>
          ),
        },
        { title: '部门', key: 'desk', render: (_, { desk }) => (desk === '' ? <span className="quiet">工作群已移除</span> : desk) },
        { title: '主题', key: 'category', render: (_, { category }) => (category === null ? '' : CATEGORY_NAMES[category]) },
        { title: '来自', key: 'channel', render: (_, { channel }) => CHANNEL_NAMES[channel] ?? channel },
        { title: '时间', key: 'created', render: (_, { createdAtMs }) => moment(createdAtMs) },
      ]}
    />
  );
}

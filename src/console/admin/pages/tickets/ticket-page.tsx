import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { Link, useParams } from 'react-router';
import { fetchTicket, takeStep, type TicketStep, TICKETS_KEY, type TicketView } from '../../api/hand-off.ts';
import { FactList } from '../../shared/facts.tsx';
import { Fault } from '../../shared/fault.tsx';
import { Loaded } from '../../shared/loaded.tsx';
import { PageFrame } from '../../shared/page-frame.tsx';
import { Panel } from '../../shared/panel.tsx';
import { StateWord } from '../../shared/tag.tsx';
import { CATEGORY_NAMES, CHANNEL_NAMES } from '../../words/names.ts';
import { eventName, REASON_NAMES, TICKET_STATES } from '../../words/tickets.ts';
import { moment } from '../../words/time.ts';
import { TicketActions } from './ticket-actions.tsx';

const DONE: Readonly<Record<TicketStep['step'], string>> = {
  claim: '已认领',
  release: '已放回',
  transfer: '已转派',
  ignore: '已忽略，并告知提问人',
  answer: '答复已发给提问人',
};

/** One question, and what staff do with it. */
export function TicketPage() {
  const { id = '' } = useParams();
  const { message } = App.useApp();
  const client = useQueryClient();
  const key = [...TICKETS_KEY, 'one', id];
  const query = useQuery({ queryKey: key, queryFn: () => fetchTicket(id), refetchOnWindowFocus: false });
  const stepping = useMutation({
    mutationFn: ({ version, step }: { readonly version: number; readonly step: TicketStep }) => takeStep(id, version, step),
    onSuccess: async (ticket, { step }) => {
      client.setQueryData(key, ticket);
      void message.success(DONE[step.step]);
      await client.invalidateQueries({ queryKey: TICKETS_KEY });
    },
    // Somebody may have been faster: what stands now is shown below the complaint.
    onError: () => void query.refetch(),
  });
  const { data } = query;
  return (
    <PageFrame
      title={data === undefined ? '工单' : `工单 #${data.item.number}`}
      back={{ to: '/tickets', label: '人工服务' }}
      intro="查看原文会记入审计日志。"
      {...(data !== undefined && {
        tags: <StateWord tone={TICKET_STATES[data.item.state].tone}>{TICKET_STATES[data.item.state].name}</StateWord>,
      })}
    >
      <Fault error={stepping.error} />
      <Loaded query={query} rows={8}>
        {(ticket) => (
          <>
            <Asked ticket={ticket} />
            <TicketActions
              ticket={ticket}
              isBusy={stepping.isPending}
              onStep={(step) => stepping.mutateAsync({ version: ticket.version, step }).then(() => undefined)}
            />
            <History ticket={ticket} />
          </>
        )}
      </Loaded>
    </PageFrame>
  );
}

function Asked({ ticket }: { readonly ticket: TicketView }) {
  const { item, question, additions, before, found, answer, answeredFor, draftTextId } = ticket;
  return (
    <Panel title="问题">
      <p className="asked-words">{question === '' ? '（原文已按隐私规定删除）' : question}</p>
      <FactList
        items={[
          ['原因', REASON_NAMES[item.reason]],
          ['主题', item.category === null ? '' : CATEGORY_NAMES[item.category]],
          ['部门', item.desk],
          ['处理人', item.assignee],
          ['来自', CHANNEL_NAMES[item.channel] ?? item.channel],
          ['时间', moment(item.createdAtMs)],
          ['提问人补充', inLines(additions)],
          ['此前的对话', inLines(before.map((turn) => `问：${turn.question}　答：${turn.reply}`))],
          ['资料库里最接近的', inLines(found)],
          ['答复', answer],
          ['答复部门', answeredFor],
        ]}
      />
      {draftTextId !== null && (
        <p>
          已整理成问答草稿：<Link to={`/texts/${encodeURIComponent(draftTextId)}`}>{draftTextId}</Link>
        </p>
      )}
    </Panel>
  );
}

/** Several things in one place of a list of facts; nothing is left out. */
const inLines = (lines: readonly string[]): string | null => (lines.length === 0 ? null : lines.join('\n'));

function History({ ticket: { history } }: { readonly ticket: TicketView }) {
  return (
    <Panel title="经过">
      <ul className="ticket-history">
        {history.map(({ atMs, kind, by, detail }) => (
          <li key={`${atMs} ${kind}`}>
            <span className="quiet">{moment(atMs)}</span> {by} {eventName(kind)}
            {detail !== null && kind !== 'opened' ? `：${detail}` : ''}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

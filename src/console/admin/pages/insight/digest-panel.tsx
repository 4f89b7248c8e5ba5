import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Select, Switch } from 'antd';
import { useState } from 'react';
import { DIGEST_KEY, type DigestPlan, fetchDigestPlan, saveDigestPlan, sendDigest } from '../../api/insight.ts';
import { Fault } from '../../shared/fault.tsx';
import { Loaded } from '../../shared/loaded.tsx';
import { Panel } from '../../shared/panel.tsx';
import { WEEKDAYS } from '../../words/tickets.ts';

/** When the staff chats get the figures of the week. */
export function DigestPanel() {
  const query = useQuery({ queryKey: DIGEST_KEY, queryFn: fetchDigestPlan });
  return (
    <Panel title="每周简报" intro="每周把上一周的数据和图表发到各个工作群。">
      <Loaded query={query}>{(plan) => <PlanForm key={JSON.stringify(plan)} plan={plan} />}</Loaded>
    </Panel>
  );
}

function PlanForm({ plan }: { readonly plan: DigestPlan }) {
  const { message } = App.useApp();
  const client = useQueryClient();
  const [edited, setEdited] = useState(plan);
  const saving = useMutation({
    mutationFn: saveDigestPlan,
    onSuccess: (saved) => {
      client.setQueryData(DIGEST_KEY, saved);
      void message.success('已保存');
    },
  });
  const sending = useMutation({ mutationFn: sendDigest, onSuccess: ({ desks }) => void message.success(`已发往 ${desks} 个工作群`) });
  const isChanged = JSON.stringify(edited) !== JSON.stringify(plan);
  return (
    <>
      <div className="filters">
        <Switch
          aria-label="发送每周简报"
          checked={edited.isOn}
          checkedChildren="发送"
          unCheckedChildren="不发"
          onChange={(isOn) => setEdited({ ...edited, isOn })}
        />
        <Select
          aria-label="星期"
          value={edited.weekday}
          options={WEEKDAYS.map((label, at) => ({ value: at + 1, label }))}
          onChange={(weekday) => setEdited({ ...edited, weekday })}
        />
        <span className="range-dates">
          <Input
            type="time"
            aria-label="时间"
            value={edited.time}
            onChange={({ target }) => setEdited({ ...edited, time: target.value })}
          />
        </span>
        <Button type="primary" disabled={!isChanged || edited.time === ''} loading={saving.isPending} onClick={() => saving.mutate(edited)}>
          保存
        </Button>
        <Button loading={sending.isPending} onClick={() => sending.mutate()}>
          现在发一份
        </Button>
      </div>
      <Fault error={saving.error ?? sending.error} />
    </>
  );
}

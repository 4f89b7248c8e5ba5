import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Popconfirm } from 'antd';
import { useCallback } from 'react';
import { CHATS_KEY, fetchChats, makeChatCode, unbindChat } from '../../api/account.ts';
import type { ChatCode } from '../../api/types.ts';
import { CopyText } from '../../shared/copy-text.tsx';
import { Fault } from '../../shared/fault.tsx';
import { Loaded } from '../../shared/loaded.tsx';
import { Panel } from '../../shared/panel.tsx';
import { useCountdown } from '../../shared/use-countdown.ts';
import { CHANNEL_NAMES } from '../../words/names.ts';
import { day } from '../../words/time.ts';

/** Chat accounts that act in one's name: bound by a code sent to the bot. */
export function ChatPanel() {
  const { message } = App.useApp();
  const client = useQueryClient();
  const query = useQuery({ queryKey: CHATS_KEY, queryFn: fetchChats, refetchInterval: 10_000 });
  const making = useMutation({ mutationFn: makeChatCode });
  const unbinding = useMutation({
    mutationFn: unbindChat,
    onSuccess: async () => {
      void message.success('已解绑');
      await client.invalidateQueries({ queryKey: CHATS_KEY });
    },
  });
  const { reset } = making;
  const forget = useCallback(() => reset(), [reset]);
  return (
    <Panel title="聊天账号" intro="绑定飞书或 Telegram 后，可以直接把文件发给机器人导入，也能在聊天里审核。">
      <Fault error={making.error ?? unbinding.error} />
      <Loaded query={query} rows={2}>
        {({ items }) => (
          <ul className="lines">
            {items.map((binding) => (
              <li key={`${binding.channel}:${binding.senderId}`}>
                <span>
                  {CHANNEL_NAMES[binding.channel] ?? binding.channel}{' '}
                  <span className="quiet">
                    {binding.senderId} · {day(binding.boundAtMs)} 绑定
                  </span>
                </span>
                <Popconfirm title="解绑这个聊天账号？" okText="解绑" cancelText="取消" onConfirm={() => unbinding.mutate(binding)}>
                  <Button size="small" aria-label={`解绑 ${CHANNEL_NAMES[binding.channel] ?? binding.channel} ${binding.senderId}`}>
                    解绑
                  </Button>
                </Popconfirm>
              </li>
            ))}
            {items.length === 0 && <li className="quiet">还没有绑定</li>}
          </ul>
        )}
      </Loaded>
      {making.data === undefined ? (
        <Button className="gap-above" loading={making.isPending} onClick={() => making.mutate()}>
          绑定聊天账号
        </Button>
      ) : (
        <Code code={making.data} onExpired={forget} />
      )}
    </Panel>
  );
}

function Code({ code: { command, expiresAtMs }, onExpired }: { readonly code: ChatCode; readonly onExpired: () => void }) {
  const left = useCountdown(expiresAtMs, onExpired);
  return (
    <div className="gap-above">
      <p className="gap-below">在飞书或 Telegram 里，私聊机器人发送：</p>
      <CopyText label="绑定命令" text={command} />
      <p className="quiet gap-above" role="timer">
        {Math.floor(left / 60)} 分 {String(left % 60).padStart(2, '0')} 秒内有效，只能用一次
      </p>
    </div>
  );
}

import type { Overview } from '../../api/types.ts';
import { Panel } from '../../shared/panel.tsx';
import { StateWord } from '../../shared/tag.tsx';
import { CHANNEL_NAMES, type Tone } from '../../words/names.ts';

const STATUS: Readonly<Record<string, readonly [Tone, string]>> = {
  connected: ['good', '正常'],
  connecting: ['wait', '正在连接'],
  standby: ['off', '待命（由另一台接收）'],
  reconnecting: ['wait', '正在重连'],
  idle: ['off', '未启用'],
  failed: ['bad', '出错'],
};

/** Whether people can reach the house, and whether their messages are answered. */
export function ChannelStates({ overview: { channels, queue } }: { readonly overview: Overview }) {
  return (
    <Panel title="渠道与消息">
      <ul className="lines">
        {channels.map(({ name, status, detail }) => {
          const [tone, words] = STATUS[status] ?? (['plain', status] as const);
          return (
            <li key={name}>
              <span>
                {CHANNEL_NAMES[name] ?? name}
                {detail !== null && <span className="quiet"> {detail}</span>}
              </span>
              <StateWord tone={tone}>{words}</StateWord>
            </li>
          );
        })}
      </ul>
      <dl className="counts">
        <Count label="等待处理" value={queue.waiting} />
        <Count label="等待发出" value={queue.unsent} />
        <Count label="处理失败" value={queue.deadMessages} isBad />
        <Count label="发送失败" value={queue.deadReplies} isBad />
      </dl>
    </Panel>
  );
}

const Count = ({ label, value, isBad }: { readonly label: string; readonly value: number; readonly isBad?: boolean }) => (
  <div className={isBad && value > 0 ? 'count count-bad' : 'count'}>
    <dt>{label}</dt>
    <dd>{value}</dd>
  </div>
);

import { Tabs } from 'antd';
import type { ReplyView } from '../../../../channels/web/schemas.ts';
import { ReplyCard } from '../../../chat/reply-card.tsx';
import type { Preview } from '../../api/types.ts';
import { Nothing } from '../../shared/nothing.tsx';
import { FeishuCard } from './feishu-card.tsx';
import { TelegramMessage } from './telegram-message.tsx';

const nothing = (): void => undefined;

/** A reply as the places people ask in would show it. */
export function Cards({ cards, isFetching }: { readonly cards: Preview['cards']; readonly isFetching: boolean }) {
  if (cards === null)
    return isFetching ? (
      <p className="quiet" role="status">
        正在生成预览…
      </p>
    ) : (
      <Nothing words="内容能读取后，这里会显示回答的样子" />
    );
  return (
    <Tabs
      className="cards-tabs"
      aria-busy={isFetching}
      items={[
        { key: 'feishu', label: '飞书', children: <FeishuCard card={cards.feishu} /> },
        { key: 'telegram', label: 'Telegram', children: <TelegramMessage message={cards.telegram} /> },
        {
          key: 'web',
          label: '网页',
          children: (
            <div className="web-preview" inert>
              <ReplyCard
                reply={cards.web as ReplyView}
                votes={{}}
                isBusy={false}
                onSay={nothing}
                onFullText={nothing}
                onVote={async () => false}
              />
            </div>
          ),
        },
      ]}
    />
  );
}

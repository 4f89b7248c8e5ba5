import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Segmented } from 'antd';
import { useDeferredValue, useState } from 'react';
import { type DayRange, markSpot, WEAK_SPOTS_KEY, type WeakMark, type WeakSpot, weakSpotsQuery } from '../../api/insight.ts';
import { Fault } from '../../shared/fault.tsx';
import { Loaded } from '../../shared/loaded.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { Panel } from '../../shared/panel.tsx';
import { AlternateDialog } from './alternate-dialog.tsx';
import { SynonymDialog } from './synonym-dialog.tsx';
import { WeakSpotItem } from './weak-spot-item.tsx';

type Shown = WeakMark | 'open';
const SHOWN: readonly { readonly value: Shown; readonly label: string }[] = [
  { value: 'open', label: '待处理' },
  { value: 'out-of-scope', label: '不归我们管' },
  { value: 'done', label: '已处理' },
];
const DONE: Readonly<Record<WeakMark, string>> = { 'out-of-scope': '已标为不归我们管', done: '已标为处理过' };

/** Shown at first, and more with each click. */
const PAGE = 30;
/** What fits on a screen: made before the rest. */
const ON_TOP = 5;

/** Like questions that were not answered well, and what can be made of them. */
export function WeakSpotsPanel({ range }: { readonly range: DayRange }) {
  const { message } = App.useApp();
  const client = useQueryClient();
  const [shown, setShown] = useState<Shown>('open');
  const [most, setMost] = useState(PAGE);
  const made = useDeferredValue(most, ON_TOP);
  const [asked, setAsked] = useState<{ readonly what: 'alternate' | 'synonym'; readonly spot: WeakSpot } | null>(null);
  const query = useQuery({ ...weakSpotsQuery(range, shown), placeholderData: keepPreviousData });
  const marking = useMutation({
    mutationFn: ({ key, mark }: { readonly key: string; readonly mark: WeakMark | null }) => markSpot(range, key, mark),
    onSuccess: async (_, { mark }) => {
      await client.invalidateQueries({ queryKey: WEAK_SPOTS_KEY });
      void message.success(mark === null ? '已放回待处理' : DONE[mark]);
    },
  });
  const close = (): void => setAsked(null);
  return (
    <Panel
      title="没答好的问题"
      extra={<Segmented<Shown> aria-label="显示" size="small" value={shown} options={[...SHOWN]} onChange={setShown} />}
      intro="没有依据、反问、觉得没帮助或转了人工的提问，意思相近的放在一起，问得最多的在前。"
    >
      <Fault error={marking.error} />
      <Loaded query={query} rows={8}>
        {({ items, total, questions, isComplete }) => (
          <>
            <p className="quiet">
              {questions} 次提问，{total} 组{total > items.length && `，列出前 ${items.length} 组`}
              {!isComplete && '。提问太多，最早的一些没有算进来，请缩短日期范围'}
            </p>
            {items.length === 0 ? (
              <Nothing words={shown === 'open' ? '没有待处理的问题' : '还没有这样标记的问题'} />
            ) : (
              <ul className="spots" aria-label="没答好的问题">
                {items.slice(0, made).map((spot) => (
                  <WeakSpotItem
                    key={spot.key}
                    spot={spot}
                    isBusy={marking.isPending}
                    onMark={(mark) => marking.mutate({ key: spot.key, mark })}
                    onMake={(what) => setAsked({ what, spot })}
                  />
                ))}
              </ul>
            )}
            {items.length > most && (
              <p className="more">
                <Button onClick={() => setMost(most + PAGE)}>再看 {Math.min(PAGE, items.length - most)} 组</Button>
              </p>
            )}
          </>
        )}
      </Loaded>
      {asked?.what === 'alternate' && (
        <AlternateDialog
          range={range}
          questions={asked.spot.samples}
          nearest={asked.spot.nearest}
          onClose={close}
          onMade={() => marking.mutate({ key: asked.spot.key, mark: 'done' })}
        />
      )}
      {asked?.what === 'synonym' && <SynonymDialog question={asked.spot.samples[0] ?? ''} onClose={close} />}
    </Panel>
  );
}

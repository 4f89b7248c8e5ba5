import { Tabs } from 'antd';
import { useSearchParams } from 'react-router';
import { PageFrame } from '../../shared/page-frame.tsx';
import { ChoicesPanel } from './choices-panel.tsx';
import { RangeChoice, useRange } from './range-choice.tsx';
import { StalePanel } from './stale-panel.tsx';
import { WeakSpotsPanel } from './weak-spots-panel.tsx';

/** What questions show that should be made better. */
export function ImprovePage() {
  const [range, setRange] = useRange();
  const [parameters, setParameters] = useSearchParams();
  const tab = parameters.get('tab') ?? 'weak-spots';
  const open = (key: string): void =>
    setParameters((before) => {
      const after = new URLSearchParams(before);
      after.set('tab', key);
      return after;
    });
  return (
    <PageFrame title="待改进" intro="没答好的问题、用户自己选中的答案、很久没核对的文件。改进都先成为草稿，审核后才生效。">
      <div className="filters">
        <RangeChoice range={range} onChoose={setRange} />
      </div>
      <Tabs
        activeKey={tab}
        onChange={open}
        destroyOnHidden
        items={[
          { key: 'weak-spots', label: '没答好的问题', children: <WeakSpotsPanel range={range} /> },
          { key: 'choices', label: '用户选中的答案', children: <ChoicesPanel range={range} /> },
          { key: 'stale', label: '久未核对的文件', children: <StalePanel range={range} /> },
        ]}
      />
    </PageFrame>
  );
}

import './tab-row.css';
import type { ButtonView } from '../../channels/web/schemas.ts';
import type { Saying } from './conversation.ts';

interface Props {
  readonly tabs: readonly ButtonView[];
  readonly isBusy: boolean;
  readonly onSay: (saying: Saying) => void;
}

/** The aspects of a service guide, the open one marked. Another one comes as the next reply, so that nothing read before is lost. */
export function TabRow({ tabs, isBusy, onSay }: Props) {
  return (
    <div className="tab-row" role="group" aria-label="办事指南的各个方面">
      {tabs.map(({ label, isCurrent, action }) => (
        <button
          key={action}
          type="button"
          className="tab"
          aria-current={isCurrent}
          disabled={isBusy}
          onClick={() => onSay({ shown: label, sends: { action } })}
        >
          {label}
        </button>
      ))}
    </div>
  );
}

import './page-header.css';
import { PlusIcon } from '../shared/icons.tsx';

export function PageHeader({ canBeginAnew, onBeginAnew }: { readonly canBeginAnew: boolean; readonly onBeginAnew: () => void }) {
  return (
    <header className="page-header">
      <div className="page-header-row column">
        <span className="seal" aria-hidden="true">
          策
        </span>
        <div className="page-header-words">
          <h1>问策</h1>
          <p>惠企政策问答 · 每句都有出处</p>
        </div>
        <button type="button" className="quiet-button" disabled={!canBeginAnew} onClick={onBeginAnew}>
          <PlusIcon />
          新对话
        </button>
      </div>
    </header>
  );
}

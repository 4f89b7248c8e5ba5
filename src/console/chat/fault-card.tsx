import './fault-card.css';
import { FAULT_WORDS, type FaultKind } from '../api/fault.ts';

/** Why there is no answer, and another try. */
export function FaultCard({ fault, onRetry }: { readonly fault: FaultKind; readonly onRetry: () => void }) {
  const { title, advice } = FAULT_WORDS[fault];
  return (
    <section className="fault-card" aria-label="出错提示">
      <div>
        <p className="fault-title">{title}</p>
        <p className="fault-advice">{advice}</p>
      </div>
      <button type="button" className="button" onClick={onRetry}>
        重试
      </button>
    </section>
  );
}

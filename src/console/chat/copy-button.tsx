import { useEffect, useState } from 'react';
import { CheckIcon, CopyIcon } from '../shared/icons.tsx';
import { copyText } from '../shared/copy-text.ts';

const SHOWN_MS = 2_000;

/** Copies an answer together with its source. */
export function CopyButton({ text }: { readonly text: string }) {
  const [outcome, setOutcome] = useState<'copied' | 'refused' | null>(null);
  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);

  const copy = async (): Promise<void> => setOutcome((await copyText(text)) ? 'copied' : 'refused');
  return (
    <button type="button" className="quiet-button copy-button" onClick={() => void copy()}>
      {outcome === 'copied' ? <CheckIcon /> : <CopyIcon />}
      <span aria-live="polite">{outcome === 'copied' ? '已复制' : outcome === 'refused' ? '请手动复制' : '复制'}</span>
    </button>
  );
}

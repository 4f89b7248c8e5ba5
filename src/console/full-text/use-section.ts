import { useCallback, useEffect, useState } from 'react';
import type { SectionView } from '../../channels/web/schemas.ts';
import { fetchSection } from '../api/client.ts';
import { ApiFault, type FaultKind } from '../api/fault.ts';

export type SectionState =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly section: SectionView }
  | { readonly status: 'failed'; readonly fault: FaultKind };

/** The full text of a section, and another try when it does not come. */
export function useSection(
  documentId: string,
  number: number,
  revision: number | null,
): { readonly state: SectionState; readonly retry: () => void } {
  const [state, setState] = useState<SectionState>({ status: 'loading' });
  const load = useCallback(
    (signal: AbortSignal): void => {
      const settle = (settled: SectionState): void => {
        if (!signal.aborted) setState(settled);
      };
      fetchSection(documentId, number, revision, signal).then(
        (section) => settle({ status: 'ready', section }),
        (thrown: unknown) => settle({ status: 'failed', fault: thrown instanceof ApiFault ? thrown.kind : 'broken' }),
      );
    },
    [documentId, number, revision],
  );
  useEffect(() => {
    const abort = new AbortController();
    load(abort.signal);
    return () => abort.abort();
  }, [load]);
  const retry = (): void => {
    setState({ status: 'loading' });
    load(new AbortController().signal);
  };
  return { state, retry };
}

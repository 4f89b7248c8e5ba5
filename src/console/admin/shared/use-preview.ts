import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { fetchPreview } from '../api/texts.ts';
import type { TextKind, Written } from '../api/types.ts';
import { useDebounced } from './use-debounced.ts';

const WAIT_MS = 600;

/** How a text reads and how it would be answered from, asked anew when the typing pauses. */
export function usePreview(written: Written, kind: TextKind, question: string, section: number | null, isWanted = true) {
  const asked = useDebounced({ written, question, section, isWanted }, WAIT_MS);
  return useQuery({
    queryKey: ['preview', kind, asked.written, asked.question, asked.section],
    queryFn: ({ signal }) => fetchPreview(asked.written, kind, asked.question, asked.section, signal),
    placeholderData: keepPreviousData,
    // What was asked for before may not be fit to be asked.
    enabled: isWanted && asked.isWanted,
    staleTime: 60_000,
    gcTime: 60_000,
  });
}

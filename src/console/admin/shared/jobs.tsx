import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { ApiError } from '../api/api-error.ts';
import type { Job } from '../api/types.ts';
import { cancelJob, fetchJob } from '../api/work.ts';

const POLL_MS = 500;
const STORED = 'wence.console.jobs';

type Slots = Readonly<Record<string, string>>;
interface Jobs {
  readonly slots: Slots;
  readonly put: (slot: string, id: string | null) => void;
}
const Context = createContext<Jobs>({ slots: {}, put: () => undefined });

/** Remembers, for as long as the tab lives, which long work belongs to which place, so that a page finds it again on coming back. */
export function JobsProvider({ children }: { readonly children: ReactNode }) {
  const [slots, setSlots] = useState<Slots>(readSlots);
  useEffect(() => sessionStorage.setItem(STORED, JSON.stringify(slots)), [slots]);
  const put = useCallback((slot: string, id: string | null) => {
    setSlots((current) => {
      const others = Object.fromEntries(Object.entries(current).filter(([other]) => other !== slot));
      return id === null ? others : { ...others, [slot]: id };
    });
  }, []);
  const jobs = useMemo(() => ({ slots, put }), [slots, put]);
  return <Context value={jobs}>{children}</Context>;
}

function readSlots(): Slots {
  try {
    return JSON.parse(sessionStorage.getItem(STORED) ?? '{}') as Slots;
  } catch {
    return {};
  }
}

const nothing = (): void => undefined;

/**
 * The long work of one place: starts it, watches it, cancels it.
 * @param slot names the place, e.g. `impact:2024-plan:3` @param onDone called once when it has ended well, not again on coming back
 */
export function useJob(slot: string, onDone: (job: Job) => void = nothing) {
  const { slots, put } = use(Context);
  const client = useQueryClient();
  const id = slots[slot] ?? null;
  const { data, error } = useQuery({
    queryKey: ['job', id],
    queryFn: () => fetchJob(id ?? ''),
    enabled: id !== null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state }) =>
      (state.data === undefined || state.data.state === 'running') && !isGone(state.error) ? POLL_MS : false,
  });
  const isLost = isGone(error);
  const job = id === null || isLost ? null : (data ?? null);
  const start = useMutation({
    mutationFn: (begin: () => Promise<Job>) => begin(),
    onSuccess: (job) => {
      client.setQueryData(['job', job.id], job);
      put(slot, job.id);
    },
  });
  const cancel = useMutation({
    mutationFn: async () => {
      if (id !== null) await cancelJob(id);
      await client.invalidateQueries({ queryKey: ['job', id] });
    },
  });
  const running = useRef<string | null>(null);
  useEffect(() => {
    if (job?.state === 'running') running.current = job.id;
    if (job?.state === 'done' && running.current === job.id) {
      running.current = null;
      onDone(job);
    }
  }, [job, onDone]);
  return {
    job,
    isRunning: start.isPending || job?.state === 'running' || (id !== null && job === null && !isLost),
    /** Why it could not be started. */
    error: start.error,
    start: (begin: () => Promise<Job>) => start.mutate(begin),
    cancel: () => cancel.mutate(),
    clear: () => {
      start.reset();
      put(slot, null);
    },
  };
}

/** The house has been started anew since, and does not know the job any more. */
const isGone = (error: unknown): boolean => error instanceof ApiError && error.status === 404;

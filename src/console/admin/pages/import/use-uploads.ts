import { useRef, useState } from 'react';
import { messageOf } from '../../api/api-error.ts';
import { sendUpload } from '../../api/work.ts';

/** A file on its way to the house. */
export interface Sending {
  readonly key: number;
  readonly name: string;
  readonly bytes: number;
  /** 0 to 1. */
  readonly share: number;
  /** Once it has arrived. */
  readonly id: string | null;
  readonly fault: string | null;
}

export const MOST_FILES = 50;
export const MOST_BYTES = 20 * 1024 * 1024;

/** Sends files one after the other. */
export function useUploads() {
  const [files, setFiles] = useState<readonly Sending[]>([]);
  const [stops] = useState(() => new Map<number, AbortController>());
  const nextKey = useRef(0);
  const last = useRef<Promise<void>>(Promise.resolve());
  const update = (key: number, change: Partial<Sending>): void =>
    setFiles((current) => current.map((sending) => (sending.key === key ? { ...sending, ...change } : sending)));

  const send = async (key: number, file: File): Promise<void> => {
    const stop = stops.get(key);
    if (stop === undefined) return;
    try {
      const { id } = await sendUpload(file, (share) => update(key, { share }), stop.signal);
      update(key, { share: 1, id });
    } catch (thrown) {
      update(key, { fault: messageOf(thrown) });
    }
  };

  return {
    files,
    add: (file: File): void => {
      const key = nextKey.current++;
      const fault = file.size > MOST_BYTES ? '超过 20 MB，请拆成几份' : null;
      setFiles((current) => [...current, { key, name: file.name, bytes: file.size, share: 0, id: null, fault }]);
      if (fault !== null) return;
      stops.set(key, new AbortController());
      last.current = last.current.then(() => send(key, file));
    },
    drop: (key: number): void => {
      stops.get(key)?.abort();
      stops.delete(key);
      setFiles((current) => current.filter((sending) => sending.key !== key));
    },
  };
}

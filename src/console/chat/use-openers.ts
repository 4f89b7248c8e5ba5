import { useEffect, useState } from 'react';
import type { Topic } from '../../channels/web/schemas.ts';
import { fetchSamples, fetchTopics } from '../api/client.ts';

const MOST_SAMPLES = 6;

export interface Openers {
  readonly samples: readonly string[];
  readonly topics: readonly Topic[];
}

/** Questions and topics to begin with. Without them the page still answers, so a failure shows nothing. */
export function useOpeners(): Openers {
  const [openers, setOpeners] = useState<Openers>({ samples: [], topics: [] });
  useEffect(() => {
    const abort = new AbortController();
    const orNone = <Item>(items: Promise<Item[]>): Promise<Item[]> => items.catch(() => []);
    const load = async (): Promise<void> => {
      const [samples, topics] = await Promise.all([orNone(fetchSamples(abort.signal)), orNone(fetchTopics(abort.signal))]);
      if (!abort.signal.aborted) setOpeners({ samples: samples.slice(0, MOST_SAMPLES), topics });
    };
    void load();
    return () => abort.abort();
  }, []);
  return openers;
}

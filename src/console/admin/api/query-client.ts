import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-error.ts';
import { SESSION_KEY } from './session.ts';

/** Queries are asked again after a change or on coming back; a refusal is not asked again, a lost connection once. */
export function createQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: forgetSession }),
    mutationCache: new MutationCache({ onError: forgetSession }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        refetchOnWindowFocus: true,
        retry: (failures, error) => failures < 1 && error instanceof ApiError && error.status === 0,
      },
    },
  });
  function forgetSession(error: unknown): void {
    // A wrong password or a missing code is for the form to tell; everything else means that the session has ended.
    if (error instanceof ApiError && error.status === 401 && client.getQueryData(SESSION_KEY)) client.setQueryData(SESSION_KEY, null);
  }
  return client;
}

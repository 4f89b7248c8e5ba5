import { useQuery } from '@tanstack/react-query';
import { ApiError } from './api-error.ts';
import { get, keepCsrfToken, post, remove } from './client.ts';
import type { Gate, PasswordRequest, Session, SetUpRequest, SignInRequest } from './types.ts';

export const SESSION_KEY = ['session'] as const;

/** Who is signed in; null when nobody is. */
export async function fetchSession(): Promise<Session | null> {
  try {
    return kept(await get<Session>('session'));
  } catch (thrown) {
    if (thrown instanceof ApiError && thrown.status === 401) return null;
    throw thrown;
  }
}

export const useSession = () => useQuery({ queryKey: SESSION_KEY, queryFn: fetchSession, staleTime: 60_000 });

/** Who is signed in, for pages that are only shown to people who are. */
export function useSignedIn(): Session {
  const { data } = useSession();
  if (!data) throw new Error('Expected somebody to be signed in');
  return data;
}

export const fetchGate = (): Promise<Gate> => get('gate');
export const signIn = async (request: SignInRequest): Promise<Session> => kept(await post<Session>('session', request));
export const setUp = async (request: SetUpRequest): Promise<Session> => kept(await post<Session>('set-up', request));
export const signOut = (): Promise<null> => remove('session');
/** Begins a new session, with a token of its own. */
export const changePassword = async (request: PasswordRequest): Promise<Session> => kept(await post<Session>('account/password', request));

function kept(session: Session): Session {
  keepCsrfToken(session.csrfToken);
  return session;
}

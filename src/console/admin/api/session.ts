import { useQuery } from '@tanstack/react-query';
import { createContext, use } from 'react';
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

const SignedIn = createContext<Session | null>(null);
/** Around everything that is only shown to people who are signed in. */
export const SignedInProvider = SignedIn.Provider;

/** Who is signed in, for pages that are only shown to people who are. */
export function useSignedIn(): Session {
  const session = use(SignedIn);
  if (session === null) throw new Error('Expected somebody to be signed in');
  return session;
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

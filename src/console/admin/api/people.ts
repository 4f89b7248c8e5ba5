import { get, patch, post, remove } from './client.ts';
import type { Audit, NewToken, NewUser, TokenMade, Tokens, User, UserChange, Users } from './types.ts';

export const USERS_KEY = ['users'] as const;
export const TOKENS_KEY = ['tokens'] as const;
export const AUDIT_KEY = ['audit'] as const;

export const fetchUsers = (): Promise<Users> => get('users');
export const createUser = (user: NewUser): Promise<User> => post('users', user);
export const changeUser = (id: string, change: UserChange): Promise<User> => patch(`users/${encodeURIComponent(id)}`, change);
export const fetchTokens = (): Promise<Tokens> => get('tokens');
export const createToken = (token: NewToken): Promise<TokenMade> => post('tokens', token);
export const revokeToken = (id: string): Promise<unknown> => remove(`tokens/${encodeURIComponent(id)}`);

export interface AuditFilter {
  readonly user: string;
  readonly action: string;
  readonly target: string;
}
export const fetchAudit = (filter: AuditFilter, before: number | null, limit: number): Promise<Audit> =>
  get('audit', { ...filter, before, limit });

import type { Generated } from 'kysely';

/** Tables of the console's people. */
export interface ConsoleTables {
  users: UserRow;
  sessions: SessionRow;
  api_tokens: ApiTokenRow;
  chat_bindings: ChatBindingRow;
  one_time_codes: OneTimeCodeRow;
  failures: FailureRow;
  settings: SettingRow;
  evaluation_runs: EvaluationRunRow;
}

export type UserRow = {
  id: string;
  name: string;
  display_name: string;
  role: string;
  password_hash: string;
  totp_secret: string | null;
  pending_totp: string | null;
  totp_used: number | null;
  /** 0 or 1. */
  must_change_password: number;
  created_at_ms: number;
  disabled_at_ms: number | null;
};

export type SessionRow = {
  digest: string;
  user_id: string;
  csrf_token: string;
  created_at_ms: number;
  seen_at_ms: number;
  visitor_from: string;
  agent: string;
};

export type ApiTokenRow = {
  id: string;
  user_id: string;
  name: string;
  digest: string;
  role: string;
  created_at_ms: number;
  expires_at_ms: number | null;
  used_at_ms: number | null;
  revoked_at_ms: number | null;
};

export type ChatBindingRow = {
  channel: string;
  sender_id: string;
  user_id: string;
  bound_at_ms: number;
};

/** Deleted when it is used. */
interface OneTimeCodeRow {
  digest: string;
  purpose: string;
  user_id: string | null;
  expires_at_ms: number;
}

interface FailureRow {
  seq: Generated<number>;
  key: string;
  at_ms: number;
}

interface SettingRow {
  key: string;
  value: string;
}

interface EvaluationRunRow {
  seq: Generated<number>;
  id: string;
  at_ms: number;
  user_id: string | null;
  library_version: number;
  summary: string;
  results: string;
}

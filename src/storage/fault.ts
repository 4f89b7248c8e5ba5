import { AppError } from '../domain/errors.ts';

/** The text of any thrown value. A refused connection to a host with two addresses has none, only a code. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message || codeOf(error) || error.name;
}

/** The database's own code of an error: `40P01`, `SQLITE_BUSY`, `ECONNREFUSED`. */
export function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/** Whether the transaction was rolled back for the sake of another one, and the same again will do: deadlock, serialization failure. */
export function isTransient(error: unknown): boolean {
  const code = codeOf(error);
  return code === '40P01' || code === '40001';
}

/** A driver's error as the house knows it. */
export function toStoreFault(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError('STORE_UNAVAILABLE', `The database failed: ${reasonOf(error)}`, { cause: error });
}

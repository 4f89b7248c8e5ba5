/**
 * Every fault the house can raise, with the advice that goes with it. `hint` says what to do next.
 * Outcomes a person may expect (not found, unclear) are values of `Answer`, never errors.
 */
export const ERROR_CATALOGUE = {
  CONFIG_INVALID: { status: 500, retryable: false, hint: 'Correct the setting in the environment or in .env and start again.' },
  KNOWLEDGE_UNREADABLE: { status: 500, retryable: false, hint: 'Correct the named line; the library loaded before stays in service.' },
  INPUT_INVALID: { status: 400, retryable: false, hint: 'See /api/v1/openapi.json for the expected shape.' },
  INPUT_TOO_LARGE: { status: 413, retryable: false, hint: 'Send a smaller request.' },
  UNAUTHENTICATED: { status: 401, retryable: false, hint: 'Check the secret or signature configured on both sides.' },
  TOTP_REQUIRED: { status: 401, retryable: false, hint: 'Send the code shown by the authenticator app as well.' },
  FORBIDDEN: { status: 403, retryable: false, hint: 'The request is signed, but not for this app.' },
  NOT_FOUND: { status: 404, retryable: false, hint: 'Check the address.' },
  STALE: {
    status: 409,
    retryable: false,
    hint: 'Somebody changed it in the meantime: look at what it is now and apply the change to that.',
  },
  NOT_POSSIBLE: { status: 409, retryable: false, hint: 'Look at the state it is in now.' },
  RATE_LIMITED: { status: 429, retryable: true, hint: 'Wait a moment and try again.' },
  STORE_UNAVAILABLE: { status: 503, retryable: true, hint: 'The message was not stored; send it again.' },
  CHANNEL_REJECTED: { status: 502, retryable: false, hint: 'Check the token and settings of the channel.' },
  IMPORT_WRONG_TYPE: { status: 415, retryable: false, hint: 'Import Markdown, plain text, DOCX, PDF, XLSX, CSV or HTML.' },
  IMPORT_ENCRYPTED: { status: 422, retryable: false, hint: 'Remove the password and import the file again.' },
  IMPORT_MACROS: { status: 422, retryable: false, hint: 'Save the file without macros (.docx or .xlsx) and import that.' },
  IMPORT_UNSAFE: { status: 422, retryable: false, hint: 'Open the file in its program, save it anew and import that.' },
  IMPORT_SCANNED: { status: 422, retryable: false, hint: 'Run text recognition (OCR) first, or import the original document.' },
  IMPORT_DAMAGED: { status: 422, retryable: false, hint: 'Open the file in its program, save it anew and import that.' },
  IMPORT_TOO_SLOW: { status: 422, retryable: false, hint: 'Split the document and import its pieces.' },
  IMPORT_PROBLEMS: { status: 422, retryable: false, hint: 'Correct the problems listed and import again; nothing was written.' },
  INTERNAL: { status: 500, retryable: false, hint: 'Look in the log for the same correlation id.' },
} as const satisfies Record<string, { status: number; retryable: boolean; hint: string }>;

export type ErrorCode = keyof typeof ERROR_CATALOGUE;

/** A fault with a stable code, what was expected and what came, and what to do. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly retryable: boolean;
  readonly hint: string;

  constructor(code: ErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.status = ERROR_CATALOGUE[code].status;
    this.retryable = ERROR_CATALOGUE[code].retryable;
    this.hint = options.hint ?? ERROR_CATALOGUE[code].hint;
  }
}

/** The code of a fault; `INTERNAL` of one that is none of ours. */
export const codeOf = (error: unknown): ErrorCode => (error instanceof AppError ? error.code : 'INTERNAL');

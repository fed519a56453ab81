/** The closed catalogue of top-level errors (docs/errors.md): what a caller can't expect, with its HTTP status. */
export const errorStatus = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  BAD_USER_INPUT: 400,
  BAD_CURSOR: 200,
  PERSISTED_QUERY_NOT_FOUND: 400,
  COST_EXCEEDED: 400,
  RATE_LIMITED: 429,
  EXECUTION_TIMEOUT: 503,
  IDEMPOTENCY_CONCURRENT_REQUEST: 409,
  IDEMPOTENCY_KEY_PARAMETER_MISMATCH: 422,
  UNAVAILABLE: 503,
  INTERNAL: 500,
} as const;

export type ErrorCode = keyof typeof errorStatus;

export interface AppErrorOptions extends ErrorOptions {
  /** Which of a code's causes it was. */
  readonly reason?: string;
  /** Further members of `extensions`, such as retryAfterMs. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** An error that the caller may read as it is. Every other error reaches him as INTERNAL. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly reason: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, { reason, details = {}, ...options }: AppErrorOptions = {}) {
    super(message, options);
    this.code = code;
    this.reason = reason;
    this.details = details;
  }
}

/** Structural limits of every operation on every transport (docs/errors.md). */
export const limits = {
  /** Tokens of a document. */
  maxTokens: 1_500,
  /** Errors that validation reports before it stops. */
  maxValidationErrors: 5,
  /** Bytes of a request's body or of a socket's message. */
  maxBodyBytes: 256 * 1024,
  /** How long an operation may run. */
  deadlineMs: 10_000,
} as const;

/** Structural limits of every operation on every transport (docs/errors.md). */
export const limits = {
  /** Tokens of a document. */
  maxTokens: 1_500,
  /** Levels of fields, fragments expanded; introspection is free of it. */
  maxDepth: 12,
  /** Aliases of an operation, fragments expanded. */
  maxAliases: 30,
  /** Directives of an operation, fragments expanded, @idempotent left out. */
  maxDirectives: 8,
  /** Root fields of a mutation, fragments expanded. */
  maxRootMutations: 10,
  /** Errors that validation reports before it stops. */
  maxValidationErrors: 5,
  /** Bytes of a request's body or of a socket's message. */
  maxBodyBytes: 256 * 1024,
  /** How long an operation may run. */
  deadlineMs: 10_000,
  /** From when on it is logged as slow. */
  slowMs: 1_000,
  /** How many operations of one tenant run in a process at a time, and how many wait for their turn. */
  perTenant: { running: 10, waiting: 100 },
} as const;

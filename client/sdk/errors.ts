/** An error of GraphQL as it comes over the wire. */
export interface WireError {
  readonly message: string;
  readonly path?: readonly (string | number)[] | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

export interface NexoraErrorOptions extends ErrorOptions {
  readonly code: string;
  /** All errors of the answer; the first one made this error. */
  readonly errors?: readonly WireError[];
}

/**
 * Whatever went wrong: a top-level error of the server (docs/errors.md), or no answer at all. What a caller can expect is
 * no error but data: `userErrors` of a mutation's payload.
 */
export class NexoraError extends Error {
  override readonly name: string = "NexoraError";
  /** Of the closed catalogue, or NETWORK. A newer server may know codes that this version doesn't. */
  readonly code: string;
  /** Which of a code's causes it was, when it has several. */
  readonly reason: string | undefined;
  /** What to look for in the server's logs. */
  readonly requestId: string | undefined;
  /** The field that failed; undefined when the whole request was refused. */
  readonly path: readonly (string | number)[] | undefined;
  readonly errors: readonly WireError[];

  constructor(message: string, { code, errors = [], ...options }: NexoraErrorOptions) {
    super(message, options);
    this.code = code;
    this.errors = errors;
    const [first] = errors;
    this.reason = text(first?.extensions?.["reason"]);
    this.requestId = text(first?.extensions?.["requestId"]);
    this.path = first?.path;
  }
}

/** No credential, or one that isn't valid (any more): sign in again, or replace the key. */
export class UnauthenticatedError extends NexoraError {
  override readonly name = "UnauthenticatedError";
}

/** The credential doesn't allow this. */
export class ForbiddenError extends NexoraError {
  override readonly name = "ForbiddenError";
  /** The scope that is missing, such as `lead:read`. */
  readonly scope = text(this.errors[0]?.extensions?.["scope"]);
}

/** The request is wrong: syntax, unknown fields, variables, limits. */
export class BadUserInputError extends NexoraError {
  override readonly name = "BadUserInputError";
}

/** The cursor is of another list, tenant or database: read the state anew and start from its cursor. */
export class BadCursorError extends NexoraError {
  override readonly name = "BadCursorError";
}

/** The operation asks for too much at once. */
export class CostExceededError extends NexoraError {
  override readonly name = "CostExceededError";
}

/** Too much in a short time; the SDK has waited and tried again before it gave up. */
export class RateLimitedError extends NexoraError {
  override readonly name = "RateLimitedError";
  /** When it may work again. */
  readonly retryAfterMs = number(this.errors[0]?.extensions?.["retryAfterMs"]);
}

/** The operation took too long. */
export class ExecutionTimeoutError extends NexoraError {
  override readonly name = "ExecutionTimeoutError";
  /** A page size that would have fitted. */
  readonly suggestedFirst = number(this.errors[0]?.extensions?.["suggestedFirst"]);
}

/** Another request with the same idempotency key is running, or had other arguments. */
export class IdempotencyError extends NexoraError {
  override readonly name = "IdempotencyError";
}

/** The server, or a part of it, isn't available now. */
export class UnavailableError extends NexoraError {
  override readonly name = "UnavailableError";
}

/** Something is broken in the server; `requestId` helps to find it. */
export class InternalError extends NexoraError {
  override readonly name = "InternalError";
}

/** There was no answer, or none that is GraphQL: `cause` says why. Whether a mutation took effect is unknown. */
export class NetworkError extends NexoraError {
  override readonly name = "NetworkError";
}

const classes: Readonly<Record<string, new (message: string, options: NexoraErrorOptions) => NexoraError>> = {
  UNAUTHENTICATED: UnauthenticatedError,
  FORBIDDEN: ForbiddenError,
  BAD_USER_INPUT: BadUserInputError,
  BAD_CURSOR: BadCursorError,
  COST_EXCEEDED: CostExceededError,
  RATE_LIMITED: RateLimitedError,
  EXECUTION_TIMEOUT: ExecutionTimeoutError,
  IDEMPOTENCY_CONCURRENT_REQUEST: IdempotencyError,
  IDEMPOTENCY_KEY_PARAMETER_MISMATCH: IdempotencyError,
  UNAVAILABLE: UnavailableError,
  INTERNAL: InternalError,
  NETWORK: NetworkError,
};

/** The class of the first error's code; NexoraError itself for a code that isn't known here. */
export function toNexoraError(errors: readonly WireError[]): NexoraError {
  const [first] = errors;
  const code = text(first?.extensions?.["code"]) ?? "UNKNOWN";
  const kind = Object.hasOwn(classes, code) ? classes[code] : undefined;
  return new (kind ?? NexoraError)(first?.message ?? "The server answered with an error.", { code, errors });
}

export function networkError(message: string, cause: unknown): NetworkError {
  return new NetworkError(message, { code: "NETWORK", cause });
}

/** As the server would say it, for what the SDK finds out by itself. */
export function unauthenticatedError(message: string, reason: string): UnauthenticatedError {
  return new UnauthenticatedError(message, {
    code: "UNAUTHENTICATED",
    errors: [{ message, extensions: { code: "UNAUTHENTICATED", reason } }],
  });
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function number(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

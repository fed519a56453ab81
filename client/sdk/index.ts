export type { Session } from "./authorization.ts";
export {
  bulkExport,
  type BulkExport,
  bulkImport,
  type BulkImport,
  type BulkLine,
  type BulkLineResult,
  BulkOperationError,
  type BulkOptions,
  type BulkState,
} from "./bulk.ts";
export {
  BadCursorError,
  BadUserInputError,
  CostExceededError,
  ExecutionTimeoutError,
  ForbiddenError,
  IdempotencyError,
  InternalError,
  NetworkError,
  NexoraError,
  RateLimitedError,
  UnauthenticatedError,
  UnavailableError,
  type WireError,
} from "./errors.ts";
export type { SubscriptionState } from "./feed.ts";
export { createNexora, type MutateOptions, type Nexora, type NexoraOptions } from "./nexora.ts";
export type { ConnectionPage } from "./paginate.ts";
export type { RateLimitState } from "./rate-limit.ts";
export type { RetryOptions } from "./retry.ts";
export type { SubscribeOptions, Subscription } from "./subscription.ts";
export * from "../generated/operations.ts";

import type { ExecutionResult } from "graphql";
import type { Context } from "./context.ts";
import type { OperationPricer, PreparedOperation } from "./prepare-operation.ts";
import type { FeedSink } from "./subscribe-sink.ts";

/** What the caller's buckets have given for one operation. */
export interface Reservation {
  /**
   * Gives back what the result didn't cost, and tells the caller by context.answer. Called once. Undefined: the operation
   * was never run.
   */
  settle(result: ExecutionResult | undefined): void;
}

/** Prices operations and lets only as many run as the caller's buckets pay for. */
export interface CostGate extends OperationPricer {
  /** Throws RATE_LIMITED when the caller can't pay for anything, as far as this process knows. */
  check(context: Context): void;
  /** Takes the price from all buckets of the caller or from none; throws RATE_LIMITED. */
  reserve(operation: PreparedOperation, context: Context): Reservation | Promise<Reservation>;
  /** An operation that was refused before anything was taken for it: it costs the least that an operation can. */
  refused(context: Context): void;
  /** Lets a feed's messages through as far as the caller's buckets pay for them. */
  meter(sink: FeedSink, operation: PreparedOperation, context: Context): FeedSink;
}

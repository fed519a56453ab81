import type { ExecutionResult } from "graphql";
import type { Context } from "./context.ts";
import type { PreparedOperation } from "./prepare-operation.ts";

/** What an operation costs at most, as its document and variables tell. */
export interface OperationPrice {
  readonly requested: number;
}

/** What the caller's buckets have given for one operation. */
export interface Reservation {
  /**
   * Gives back what the result didn't cost, and tells the caller by context.answer. Called once. Undefined: the operation
   * was never run.
   */
  settle(result: ExecutionResult | undefined): Promise<void> | undefined;
}

/** Prices operations and lets only as many run as the caller's buckets pay for. */
export interface CostGate {
  /** Throws COST_EXCEEDED. Nothing is taken yet. */
  price(operation: Omit<PreparedOperation, "price">): OperationPrice;
  /** Takes the price from all buckets of the caller or from none; throws RATE_LIMITED. */
  reserve(operation: PreparedOperation, context: Context): Promise<Reservation>;
}

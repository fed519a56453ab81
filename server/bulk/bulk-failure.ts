import type { BulkOperationFailure } from "../../schema/bulk-status.ts";

/** Ends an operation for good. The message is for the caller. */
export class BulkFailed extends Error {
  override readonly name = "BulkFailed";
  readonly failure: BulkOperationFailure;

  constructor(failure: BulkOperationFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.failure = failure;
  }
}

/** The operation isn't ours any more: it was cancelled, or another process has taken it for lost. */
export class NoLongerRunning extends Error {
  override readonly name = "NoLongerRunning";
}

/** Somebody else has to go on: this process is being stopped, or has lost its database. */
export class HandedOver extends Error {
  override readonly name = "HandedOver";
}

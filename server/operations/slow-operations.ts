import { createHash } from "node:crypto";
import type { ExecutionResult } from "graphql";
import type { RunningStatements } from "../db/running-statements.ts";
import type { Log } from "../log.ts";
import type { Context } from "./context.ts";
import type { PreparedOperation } from "./prepare-operation.ts";

export interface FinishedOperation {
  readonly context: Context;
  readonly prepared: PreparedOperation;
  readonly result: ExecutionResult;
  readonly statements: RunningStatements;
  readonly ms: number;
  /** Of those ms, how many it waited for others of its tenant. */
  readonly waitedMs: number;
}

/** Names an operation in the log: the id that it would have as a trusted document. Variables and texts are never logged. */
export function logSlowOperation(log: Log, finished: FinishedOperation): void {
  const { context, prepared, result, statements, ms, waitedMs } = finished;
  const { principal, requestId } = context;
  log.warn(
    {
      requestId,
      tenantId: principal.kind === "ANONYMOUS" ? undefined : principal.tenantId,
      documentId: `sha256:${createHash("sha256")
        .update(prepared.document.loc?.source.body ?? "")
        .digest("hex")}`,
      operationName: prepared.operation.name?.value,
      ms: Math.round(ms),
      waitedMs: Math.round(waitedMs),
      statements: statements.count,
      cost: prepared.price?.requested,
      failed: result.errors !== undefined,
    },
    "a slow operation",
  );
}

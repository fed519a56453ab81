import type { BulkOperationFailure, BulkOperationStatus } from "../../schema/bulk-status.ts";
import type { Session } from "../db/session.ts";
import type { Transaction } from "../journal/journal.service.ts";
import { type OperationRow, operationColumns } from "./bulk-row.ts";

/** How many operations of a tenant may be open at once. */
export const maxOpenOperations = 5;
/** How often a process may begin with an operation that others have left. */
const maxAttempts = 5;
/** Longer than any statement may run, so that a process that only waits for the database isn't taken for dead. */
export const silenceMs = 30_000;
const keptDays = 7;

/** What a process has of an operation: `attempt` tells it from those that had it before. */
export interface Holding {
  readonly tenantId: string;
  readonly id: string;
  readonly attempt: number;
}

type NewOperation = Pick<OperationRow, "id" | "kind" | "status" | "document" | "variables" | "creator" | "actions"> &
  Pick<OperationRow, "error_policy" | "request_id" | "upload_expires_at">;

/** Undefined: the tenant has as many open operations as it may have. */
export async function insertOperation(session: Session, row: NewOperation): Promise<OperationRow | undefined> {
  // Two that start at the same moment count one after the other.
  await session.query({
    text: "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))",
    values: [`bulk ${session.tenantId}`],
  });
  const [inserted] = await session.query<OperationRow>({
    name: "bulk-insert",
    text: `INSERT INTO bulk_operation AS o
             (tenant_id, id, kind, status, document, variables, error_policy, creator, actions, request_id, upload_expires_at)
           SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11
           WHERE (SELECT count(*) FROM bulk_operation WHERE tenant_id = $1 AND finished_at IS NULL) < ${maxOpenOperations}
           RETURNING ${operationColumns}`,
    values: [
      session.tenantId,
      row.id,
      row.kind,
      row.status,
      row.document,
      row.variables === null ? null : JSON.stringify(row.variables),
      row.error_policy,
      JSON.stringify(row.creator),
      row.actions,
      row.request_id,
      row.upload_expires_at,
    ],
  });
  return inserted;
}

export function findOperations(session: Session, ids: readonly string[]): Promise<OperationRow[]> {
  return session.query<OperationRow>({
    name: "bulk-by-id",
    text: `SELECT ${operationColumns} FROM bulk_operation o WHERE o.tenant_id = $1 AND o.id = ANY ($2::uuid[])`,
    values: [session.tenantId, ids],
  });
}

export async function findOperation(session: Session, id: string): Promise<OperationRow | undefined> {
  const [row] = await findOperations(session, [id]);
  return row;
}

/** Takes an operation that waits or was left. Of two processes one gets it. */
export async function claimRun(
  session: Session,
  id: string,
  silentSince: Date,
): Promise<OperationRow | "WORN_OUT" | undefined> {
  const [row] = await session.query<OperationRow>({
    name: "bulk-claim",
    text: `UPDATE bulk_operation o SET status = 'RUNNING', attempts = attempts + 1, heartbeat_at = now(),
             started_at = coalesce(started_at, now())
           WHERE o.tenant_id = $1 AND o.id = $2 AND (o.status = 'QUEUED' OR (o.status = 'RUNNING' AND o.heartbeat_at < $3))
           RETURNING ${operationColumns}`,
    values: [session.tenantId, id, silentSince],
  });
  return row !== undefined && row.attempts > maxAttempts ? "WORN_OUT" : row;
}

/** Takes an import whose file begins to arrive. */
export async function claimUpload(session: Session, id: string): Promise<OperationRow | undefined> {
  const [row] = await session.query<OperationRow>({
    name: "bulk-claim-upload",
    text: `UPDATE bulk_operation o SET status = 'UPLOADING', heartbeat_at = now()
           WHERE o.tenant_id = $1 AND o.id = $2 AND o.status = 'AWAITING_UPLOAD' RETURNING ${operationColumns}`,
    values: [session.tenantId, id],
  });
  return row;
}

/** Gives an operation on: to whoever has time for it. */
export async function enqueue(session: Session, { id, attempt }: Holding): Promise<boolean> {
  const rows = await session.query({
    name: "bulk-enqueue",
    text: `UPDATE bulk_operation SET status = 'QUEUED' WHERE tenant_id = $1 AND id = $2 AND attempts = $3
             AND status IN ('UPLOADING', 'RUNNING') RETURNING id`,
    values: [session.tenantId, id, attempt],
  });
  return rows.length > 0;
}

/** Says that somebody still works on it. False: it was cancelled, or another process has it. */
export async function keepAlive(
  session: Session,
  { id, attempt }: Holding,
  processedRows: number | null,
): Promise<boolean> {
  const rows = await session.query({
    name: "bulk-alive",
    text: `UPDATE bulk_operation SET heartbeat_at = now(), processed_rows = coalesce($4, processed_rows)
           WHERE tenant_id = $1 AND id = $2 AND attempts = $3 AND status IN ('UPLOADING', 'RUNNING') RETURNING id`,
    values: [session.tenantId, id, attempt, processedRows],
  });
  return rows.length > 0;
}

/** Forgets what another attempt has written of an export. */
export async function beginExport(session: Session, { id, attempt }: Holding, position: bigint): Promise<boolean> {
  const rows = await session.query({
    name: "bulk-begin-export",
    text: `WITH mine AS (
             UPDATE bulk_operation SET position = $4, processed_rows = 0, size = 0
             WHERE tenant_id = $1 AND id = $2 AND attempts = $3 AND status = 'RUNNING' RETURNING id),
           gone AS (DELETE FROM bulk_chunk USING mine WHERE tenant_id = $1 AND operation_id = mine.id)
           SELECT id FROM mine`,
    values: [session.tenantId, id, attempt, position],
  });
  return rows.length > 0;
}

export interface Ending {
  readonly status: Extract<BulkOperationStatus, "COMPLETED" | "FAILED" | "CANCELLED">;
  readonly failure?: BulkOperationFailure;
  readonly failureMessage?: string;
  readonly processedRows?: number;
  readonly sha256?: string;
}

const entryTypes = {
  COMPLETED: "bulk_operation.completed",
  FAILED: "bulk_operation.failed",
  CANCELLED: "bulk_operation.cancelled",
} as const;

/**
 * Ends an open operation and tells it to the journal. Undefined: it had ended already, or (`attempt`) another process has it,
 * and nothing is written. What nobody will fetch goes at once: half an export, an upload that was read.
 */
export async function endOperation(
  transaction: Transaction,
  { id, attempt }: Pick<Holding, "id"> & { readonly attempt?: number },
  { status, failure, failureMessage, processedRows, sha256 }: Ending,
): Promise<OperationRow | undefined> {
  const [row] = await transaction.query<OperationRow>({
    name: "bulk-end",
    text: `UPDATE bulk_operation o SET status = $4, failure = $5, failure_message = $6, finished_at = now(),
             expires_at = now() + interval '${keptDays} days', processed_rows = coalesce($7, o.processed_rows), sha256 = $8
           WHERE o.tenant_id = $1 AND o.id = $2 AND o.finished_at IS NULL AND ($3::int IS NULL OR o.attempts = $3)
           RETURNING ${operationColumns}`,
    values: [
      transaction.tenantId,
      id,
      attempt ?? null,
      status,
      failure ?? null,
      failureMessage ?? null,
      processedRows ?? null,
      sha256 ?? null,
    ],
  });
  if (row === undefined) return undefined;
  await transaction.query({
    name: "bulk-end-chunks",
    text: "DELETE FROM bulk_chunk WHERE tenant_id = $1 AND operation_id = $2 AND (file = 'UPLOAD' OR $3)",
    values: [transaction.tenantId, id, row.kind === "EXPORT" && status !== "COMPLETED"],
  });
  transaction.record({
    type: entryTypes[status],
    subjectType: "BulkOperation",
    subjectId: id,
    data: {
      kind: row.kind,
      processedRows: row.processed_rows,
      failedRows: row.failed_rows,
      size: Number(row.size),
      ...(sha256 === undefined ? {} : { sha256 }),
      ...(failure === undefined ? {} : { failure }),
    },
  });
  return row;
}

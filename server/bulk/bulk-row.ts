import type { BulkOperation } from "../../schema/bulk-operation.ts";
import type { BulkOperationFailure, BulkOperationKind, BulkOperationStatus } from "../../schema/bulk-status.ts";
import type { ErrorPolicy } from "../../schema/error-policy.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { toId } from "../operations/ids.ts";
import type { KnownPrincipal } from "../operations/principal.ts";
import { principalIdOf, type StoredPrincipal } from "../operations/standing-principal.ts";

/** A row of bulk_operation. */
export interface OperationRow {
  readonly tenant_id: string;
  readonly id: string;
  readonly kind: BulkOperationKind;
  readonly status: BulkOperationStatus;
  readonly document: string;
  readonly variables: Record<string, unknown> | null;
  readonly error_policy: ErrorPolicy | null;
  readonly creator: StoredPrincipal;
  readonly actions: readonly string[];
  readonly request_id: string;
  readonly attempts: number;
  readonly processed_rows: number;
  readonly failed_rows: number;
  readonly position: bigint | null;
  readonly size: bigint;
  readonly sha256: string | null;
  readonly failure: BulkOperationFailure | null;
  readonly failure_message: string | null;
  readonly created_at: Date;
  readonly upload_expires_at: Date | null;
  readonly started_at: Date | null;
  readonly finished_at: Date | null;
  readonly expires_at: Date | null;
}

export const operationColumns = `o.tenant_id, o.id, o.kind, o.status, o.document, o.variables, o.error_policy, o.creator, o.actions,
  o.request_id, o.attempts, o.processed_rows, o.failed_rows, o.position, o.size, o.sha256, o.failure, o.failure_message,
  o.created_at, o.upload_expires_at, o.started_at, o.finished_at, o.expires_at`;

const never = new Date(8_640_000_000_000_000);

/** Who asked, with the rights of then: a token's end or a smaller role meanwhile doesn't change the run. */
export function principalOf({ creator }: OperationRow): KnownPrincipal {
  return { ...creator, expiresAt: never } as unknown as KnownPrincipal; // written by storePrincipal
}

export function toBulkOperation(row: OperationRow, cursors: CursorCodec): BulkOperation {
  const { tenant_id: tenantId, position } = row;
  return {
    __typename: "BulkOperation",
    id: toId("BulkOperation", row.id),
    uuid: row.id,
    actions: row.actions,
    creatorId: principalIdOf(principalOf(row)),
    kind: row.kind,
    status: row.status,
    document: row.document,
    errorPolicy: row.error_policy,
    processedRows: row.processed_rows,
    failedRows: row.failed_rows,
    size: row.size,
    // Another process may begin anew with another snapshot: only the end's is the file's.
    eventCursor: row.status === "COMPLETED" && position !== null ? cursors.encodeEvent({ tenantId, position }) : null,
    sha256: row.sha256,
    failure: row.failure,
    failureMessage: row.failure_message,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    expiresAt: row.expires_at,
    uploadExpiresAt: row.upload_expires_at,
  };
}

/** Whether there is a result to fetch: of an import what was done is told, however it ended. */
export function hasResult({
  kind,
  status,
  finishedAt,
}: Pick<BulkOperation, "kind" | "status" | "finishedAt">): boolean {
  return finishedAt !== null && (status === "COMPLETED" || kind === "IMPORT");
}

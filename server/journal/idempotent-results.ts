import pg from "pg";
import type { Session } from "../db/session.ts";
import { AppError } from "../operations/app-error.ts";
import { type KeyedRequest, type StoredResult, StoredResultFound } from "./keyed-request.ts";

export interface ResultRow {
  readonly fingerprint: Buffer;
  readonly result: Record<string, unknown>;
  readonly position: bigint | null;
}

/**
 * Begins a transaction that may run once. The lock is only the fast answer to a request that meets itself; the guarantee is
 * the table's primary key. Both statements leave with BEGIN; the row is looked for after the lock, by a snapshot of its
 * own, so that whoever gets the lock sees what its last holder committed.
 */
export async function claimKey(session: Session, request: KeyedRequest): Promise<void> {
  const locked = session.query<{ is_mine: boolean }>({
    name: "idempotency-lock",
    text: "SELECT pg_try_advisory_xact_lock($1::bigint) AS is_mine",
    values: [lockOf(session.tenantId, request)],
  });
  const [[lock], stored] = await Promise.all([locked, findResult(session, request)]);
  if (stored !== undefined) throw new StoredResultFound(stored);
  if (lock?.is_mine !== true) throw concurrentRequest();
}

export function concurrentRequest(): AppError {
  const message = "The request with this idempotency key is still running. Send it again in a moment.";
  return new AppError("IDEMPOTENCY_CONCURRENT_REQUEST", message);
}

/** The stored result of this very request; undefined when the key is free. */
export async function findResult(session: Session, request: KeyedRequest): Promise<StoredResult | undefined> {
  request.isLookedUp = true;
  const [row] = await session.query<ResultRow>({
    name: "idempotency-result",
    text: `SELECT fingerprint, result, position FROM idempotent_result
           WHERE tenant_id = $1 AND principal_id = $2 AND key_hash = $3`,
    values: [session.tenantId, request.principalId, request.keyHash],
  });
  return row === undefined ? undefined : checkResult(row, request);
}

/** Throws an AppError when the key stands for another request. */
export function checkResult(row: ResultRow, request: KeyedRequest): StoredResult {
  if (!row.fingerprint.equals(request.fingerprint)) {
    const message = "This idempotency key was used with another field or other arguments. Take a new key.";
    throw new AppError("IDEMPOTENCY_KEY_PARAMETER_MISMATCH", message);
  }
  return { result: row.result, position: row.position };
}

/** A statement that keeps the result. `append` is the SQL of the journal's position, evaluated first. */
export function keepStatement(tenantId: string, request: KeyedRequest, result: object, append: string): string {
  const values = [
    pg.escapeLiteral(tenantId),
    pg.escapeLiteral(request.principalId),
    bytes(request.keyHash),
    bytes(request.fingerprint),
    pg.escapeLiteral(request.encode(result)),
    append,
  ];
  return `INSERT INTO idempotent_result (tenant_id, principal_id, key_hash, fingerprint, result, position)
          VALUES (${values.join(", ")}) RETURNING position`;
}

/** Whether another transaction has kept a result under the same key meanwhile. */
export function isKeyTaken(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === "23505" && error.constraint === "idempotent_result_pkey";
}

/** Advisory locks are numbers that all tenants share; two keys with the same one refuse each other in vain, which a resend mends. */
export function lockOf(tenantId: string, { principalId, keyHash }: KeyedRequest): string {
  const uuids = Buffer.from(`${tenantId}${principalId}`.replaceAll("-", ""), "hex");
  const number = uuids.readBigInt64BE(8) ^ uuids.readBigInt64BE(24) ^ keyHash.readBigInt64BE();
  return number.toString();
}

function bytes(value: Buffer): string {
  return `'\\x${value.toString("hex")}'`;
}

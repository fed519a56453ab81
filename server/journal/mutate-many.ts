import pg from "pg";
import type { Session } from "../db/session.ts";
import { AppError } from "../operations/app-error.ts";
import type { JournalDraft } from "./entry.ts";
import { checkResult, concurrentRequest, lockOf, type ResultRow } from "./idempotent-results.ts";
import { type KeyedRequest, StoredResultFound } from "./keyed-request.ts";

/** What one of many mutations came to, and what it tells the journal. */
export interface OneOfMany<T> {
  readonly result: T;
  readonly drafts: readonly JournalDraft[];
}

/**
 * Begins a transaction in which many requests of one caller may each run once, as claimKey does for one. An error for each that may not:
 * its result is stored, or another transaction works on it.
 */
export async function claimKeys(
  session: Session,
  requests: readonly KeyedRequest[],
): Promise<readonly (Error | undefined)[]> {
  for (const request of requests) request.isLookedUp = true;
  const locked = session.query<{ is_mine: boolean }>({
    name: "idempotency-locks",
    text: `SELECT pg_try_advisory_xact_lock(number) AS is_mine FROM unnest($1::bigint[]) WITH ORDINALITY AS lock (number, place)
           ORDER BY place`,
    values: [requests.map((request) => lockOf(session.tenantId, request))],
  });
  const found = session.query<ResultRow & { key_hash: Buffer }>({
    name: "idempotency-results",
    text: `SELECT key_hash, fingerprint, result, position FROM idempotent_result
           WHERE tenant_id = $1 AND principal_id = $2 AND key_hash = ANY ($3)`,
    values: [session.tenantId, requests[0]?.principalId ?? null, requests.map(({ keyHash }) => keyHash)],
  });
  const [locks, rows] = await Promise.all([locked, found]);
  const stored = new Map(rows.map((row) => [row.key_hash.toString("hex"), row]));
  return requests.map((request, index) => {
    const row = stored.get(request.keyHash.toString("hex"));
    if (row === undefined) return locks[index]?.is_mine === true ? undefined : concurrentRequest();
    try {
      return new StoredResultFound(checkResult(row, request));
    } catch (error) {
      if (error instanceof AppError) return error;
      throw error;
    }
  });
}

/**
 * A statement that appends all entries at once and keeps all results, each with the position behind its own entries.
 * `append` is the SQL of the journal's position behind the last one.
 */
export function keepStatements<T extends object>(
  tenantId: string,
  done: readonly { readonly request: KeyedRequest; readonly one: OneOfMany<T> }[],
  append: (drafts: readonly JournalDraft[]) => string,
): string {
  const drafts = done.flatMap(({ one }) => one.drafts);
  let behind = drafts.length;
  const rows = done.map(({ request, one }) => {
    behind -= one.drafts.length;
    const values = [
      pg.escapeLiteral(tenantId),
      pg.escapeLiteral(request.principalId),
      `'\\x${request.keyHash.toString("hex")}'`,
      `'\\x${request.fingerprint.toString("hex")}'`,
      pg.escapeLiteral(request.encode(one.result)),
      one.drafts.length === 0 ? "NULL" : `(SELECT position - ${behind} FROM appended)`,
    ];
    return `(${values.join(", ")})`;
  });
  const position = drafts.length === 0 ? "NULL::bigint" : append(drafts);
  return `WITH appended AS MATERIALIZED (SELECT ${position} AS position),
            kept AS (INSERT INTO idempotent_result (tenant_id, principal_id, key_hash, fingerprint, result, position)
                     VALUES ${rows.join(", ")})
          SELECT position FROM appended`;
}

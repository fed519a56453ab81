import type { DocumentNode } from "graphql";
import { publicError } from "../operations/public-error.ts";
import { ChunkWriter } from "./bulk-chunks.ts";
import { runContext } from "./bulk-context.ts";
import { BulkFailed, NoLongerRunning } from "./bulk-failure.ts";
import { Lease } from "./bulk-lease.ts";
import { type OperationRow, principalOf } from "./bulk-row.ts";
import { beginExport, endOperation } from "./bulk-store.ts";
import { type BulkTools, holdingOf, scopeOf } from "./bulk-tools.ts";
import { planExport } from "./export-plan.ts";
import { ExportWalk } from "./export-walk.ts";

/** How long the transaction of the snapshot may wait for a chunk to be stored. */
const maxWaitMs = 120_000;
/** A snapshot keeps PostgreSQL from cleaning up behind all writers, so it may not last for ever. */
const maxRunMs = 2 * 60 * 60_000;

/**
 * Writes one export's file and ends it. Throws BulkFailed, NoLongerRunning, or the reason of the signal, which is aborted when
 * the process is to end.
 */
export async function runExport(tools: BulkTools, row: OperationRow, stopping: AbortSignal): Promise<void> {
  const { database, journal, reader } = tools;
  const holding = holdingOf(row);
  const scope = scopeOf(row);
  let rows = 0;
  await using lease = new Lease(database, holding, () => rows);
  const signal = AbortSignal.any([stopping, lease.signal]);
  const file = new ChunkWriter({ database, holding, file: "RESULT" });
  const endsAt = performance.now() + maxRunMs;

  await database.snapshot(scope.tenantId, { maxWaitMs }, async (_session, inside) => {
    const position = await inside(() => reader.head(scope.tenantId));
    if (!(await database.read(scope.tenantId, (session) => beginExport(session, holding, position)))) {
      throw new NoLongerRunning();
    }
    const walk = new ExportWalk({
      plan: planExport(tools.engine, row.document),
      variables: row.variables ?? {},
      read: (document, variables) => inside(() => readPage(tools, row, { document, variables, signal })),
      async write(lines) {
        signal.throwIfAborted();
        if (performance.now() > endsAt)
          throw new BulkFailed("TOOK_TOO_LONG", "The export has held its snapshot for two hours.");
        rows += lines.length;
        await file.write(Buffer.from(lines.join("")));
      },
    });
    await walk.run();
  });

  const { sha256 } = await file.finish();
  await journal.transaction(scope, async (transaction) => {
    const ended = await endOperation(transaction, holding, { status: "COMPLETED", processedRows: rows, sha256 });
    if (ended === undefined) throw new NoLongerRunning();
  });
}

interface PageRequest {
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly signal: AbortSignal;
}

async function readPage(
  { engine, log }: BulkTools,
  row: OperationRow,
  { document, variables, signal }: PageRequest,
): Promise<Record<string, unknown>> {
  signal.throwIfAborted();
  // What the document counts from "now" counts from the same instant on every page, or its cursors wouldn't fit.
  const now = row.started_at ?? row.created_at;
  const context = runContext({ principal: principalOf(row), requestId: row.request_id, now, signal });
  const { data, errors } = await engine.execute({ document, operationName: null, variables, context });
  const [first] = errors ?? [];
  if (first === undefined && data != null) return data;
  signal.throwIfAborted();
  const { message, extensions } = publicError(first, context, log);
  throw new BulkFailed("QUERY_FAILED", `${String(extensions?.["code"])}: ${message}`, { cause: first });
}

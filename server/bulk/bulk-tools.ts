import type { Database } from "../db/database.ts";
import type { JournalBatches } from "../journal/journal-batches.ts";
import type { JournalReader } from "../journal/journal-reader.ts";
import type { JournalService, Scope } from "../journal/journal.service.ts";
import type { Log } from "../log.ts";
import { actorOf } from "../operations/principal.ts";
import type { BulkEngine } from "./bulk-engine.ts";
import { type OperationRow, principalOf } from "./bulk-row.ts";
import type { Holding } from "./bulk-store.ts";

export interface BulkTools {
  readonly database: Database;
  readonly journal: JournalService;
  readonly batches: JournalBatches;
  readonly reader: JournalReader;
  readonly engine: BulkEngine;
  readonly log: Log;
}

/** On whose behalf an operation is run. */
export function scopeOf(row: OperationRow): Scope {
  return { tenantId: row.tenant_id, actor: actorOf(principalOf(row)), requestId: row.request_id };
}

export function holdingOf({ tenant_id: tenantId, id, attempts: attempt }: OperationRow): Holding {
  return { tenantId, id, attempt };
}

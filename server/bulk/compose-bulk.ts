import type { Clock } from "../clock.ts";
import type { Database } from "../db/database.ts";
import type { JournalBatches } from "../journal/journal-batches.ts";
import type { JournalReader } from "../journal/journal-reader.ts";
import type { JournalService } from "../journal/journal.service.ts";
import type { Log } from "../log.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { deriveKey } from "../operations/derive-key.ts";
import type { NodeSource } from "../operations/node-registry.ts";
import { SignedLinks } from "../operations/signed-link.ts";
import type { StandingRights } from "../operations/standing-principal.ts";
import { BulkEngine } from "./bulk-engine.ts";
import { BulkFilesService } from "./bulk-files.service.ts";
import { BulkWorker } from "./bulk-worker.ts";
import { BulkProgressResolver, BulkResolver, StartBulkImportPayloadResolver } from "./bulk.resolver.ts";
import { BulkService } from "./bulk.service.ts";

export interface BulkOptions {
  readonly database: Database;
  readonly journal: JournalService;
  readonly batches: JournalBatches;
  readonly reader: JournalReader;
  readonly cursors: CursorCodec;
  readonly rights: StandingRights;
  readonly secret: string;
  readonly log: Log;
  readonly clock: Clock;
  /** Connections to the database that this process may have. */
  readonly poolSize: number;
  /** The server's address, known when it listens. */
  readonly url: () => string;
}

export interface BulkParts {
  readonly bulk: BulkService;
  readonly files: BulkFilesService;
  readonly worker: BulkWorker;
  /** To be connected with the schema before the first operation. */
  readonly engine: BulkEngine;
  /** Instances by class, for type-graphql's container. */
  readonly resolvers: ReadonlyMap<unknown, object>;
  readonly nodes: NodeSource;
}

/** Puts together what runs in bulk. */
export function composeBulk(options: BulkOptions): BulkParts {
  const { database, journal, batches, reader, cursors, rights, secret, log, clock, url, poolSize } = options;
  const engine = new BulkEngine();
  const tools = { database, journal, batches, reader, engine, log };
  const worker = new BulkWorker(tools, { poolSize });
  const links = {
    uploadLinks: new SignedLinks(deriveKey(secret, "bulk-upload")),
    downloadLinks: new SignedLinks(deriveKey(secret, "bulk-download")),
  };
  const onQueued = () => worker.wake();
  const bulk = new BulkService({
    database,
    journal,
    cursors,
    engine,
    ...links,
    uploadUrl: (token) => `${url()}/uploads/bulk/${token}`,
    downloadUrl: (token) => `${url()}/downloads/bulk/${token}`,
    onQueued,
  });
  return {
    bulk,
    files: new BulkFilesService({ tools, rights, clock, ...links, onQueued }),
    worker,
    engine,
    resolvers: new Map<unknown, object>([
      [BulkResolver, new BulkResolver(bulk)],
      [StartBulkImportPayloadResolver, new StartBulkImportPayloadResolver(bulk)],
      [BulkProgressResolver, new BulkProgressResolver()],
    ]),
    nodes: { type: "BulkOperation", action: "bulk:read", byIds: (context, uuids) => bulk.byIds(context, uuids) },
  };
}

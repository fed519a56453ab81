import { join } from "node:path";
import type { Clock } from "../clock.ts";
import type { Database } from "../db/database.ts";
import type { JournalService } from "../journal/journal.service.ts";
import type { Log } from "../log.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { deriveKey } from "../operations/derive-key.ts";
import type { NodeSource } from "../operations/node-registry.ts";
import { SignedLinks } from "../operations/signed-link.ts";
import { LeadExportService } from "./lead-export.service.ts";
import { LeadImportJanitor } from "./lead-import-janitor.ts";
import { LeadUploadService } from "./lead-import-upload.service.ts";
import { LeadExportResolver } from "./lead-export.resolver.ts";
import { ImportLeadsPayloadResolver, LeadImportProgressResolver, LeadImportResolver } from "./lead-import.resolver.ts";
import { LeadImportService } from "./lead-import.service.ts";
import type { StandingRights } from "../operations/standing-principal.ts";

export interface LeadFilesOptions {
  readonly database: Database;
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
  readonly rights: StandingRights;
  readonly secret: string;
  readonly dataDirectory: string;
  readonly log: Log;
  readonly clock: Clock;
  /** The server's address, known when it listens. */
  readonly url: () => string;
}

export interface LeadFilesParts {
  readonly imports: LeadImportService;
  readonly uploads: LeadUploadService;
  readonly exports: LeadExportService;
  readonly janitor: LeadImportJanitor;
  /** Instances by class, for type-graphql's container. */
  readonly resolvers: ReadonlyMap<unknown, object>;
  readonly nodes: NodeSource;
}

/** Puts together what brings leads in and out as files. */
export function composeLeadFiles(options: LeadFilesOptions): LeadFilesParts {
  const { database, journal, cursors, rights, secret, log, clock, url } = options;
  const uploadLinks = new SignedLinks(deriveKey(secret, "lead-upload"));
  const downloadLinks = new SignedLinks(deriveKey(secret, "lead-download"));
  const imports = new LeadImportService({
    database,
    journal,
    cursors,
    uploadLinks,
    uploadUrl: (token) => `${url()}/uploads/leads/${token}`,
  });
  const uploads = new LeadUploadService({
    database,
    journal,
    rights,
    log,
    clock,
    links: uploadLinks,
    spoolFolder: join(options.dataDirectory, "spool"),
  });
  const exports = new LeadExportService({
    database,
    journal,
    rights,
    clock,
    links: downloadLinks,
    downloadUrl: (token) => `${url()}/downloads/leads/${token}`,
  });
  return {
    imports,
    uploads,
    exports,
    janitor: new LeadImportJanitor({ database, journal, log }),
    resolvers: new Map<unknown, object>([
      [LeadImportResolver, new LeadImportResolver(imports)],
      [ImportLeadsPayloadResolver, new ImportLeadsPayloadResolver(imports)],
      [LeadImportProgressResolver, new LeadImportProgressResolver()],
      [LeadExportResolver, new LeadExportResolver(exports)],
    ]),
    nodes: { type: "LeadImport", action: "lead:import", byIds: (context, uuids) => imports.byIds(context, uuids) },
  };
}

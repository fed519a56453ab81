import type { Database } from "../db/database.ts";
import type { JournalService } from "../journal/journal.service.ts";
import type { Log } from "../log.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import type { NodeSource } from "../operations/node-registry.ts";
import type { TrustedDocuments } from "../operations/trusted-documents.port.ts";
import type { CheckDocument } from "./document-rule.ts";
import { DocumentStore } from "./document-store.ts";
import { DocumentsResolver } from "./documents.resolver.ts";
import { DocumentsService } from "./documents.service.ts";
import { FreeTextLog } from "./free-text-log.ts";

export interface DocumentsParts {
  readonly trusted: TrustedDocuments;
  readonly freeTexts: FreeTextLog;
  readonly resolvers: ReadonlyMap<unknown, object>;
  readonly nodeSources: readonly NodeSource[];
}

export interface ComposeDocumentsOptions {
  readonly database: Database;
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
  readonly log: Log;
  /** Documents that everybody may use, by their ids. */
  readonly builtIn: ReadonlyMap<string, string>;
  readonly check: CheckDocument;
}

export function composeDocuments({ log, builtIn, ...options }: ComposeDocumentsOptions): DocumentsParts {
  const freeTexts = new FreeTextLog(options.database, log);
  const store = new DocumentStore(options.database, builtIn, freeTexts);
  const documents = new DocumentsService({ ...options, store });
  return {
    trusted: store,
    freeTexts,
    resolvers: new Map<unknown, object>([[DocumentsResolver, new DocumentsResolver(documents)]]),
    nodeSources: [
      {
        type: "DocumentManifest",
        action: "document:read",
        byIds: (context, ids) => documents.manifestsByIds(context, ids),
      },
      {
        type: "FreeTextDocument",
        action: "document:read",
        byIds: (context, ids) => documents.freeTextsByIds(context, ids),
      },
    ],
  };
}

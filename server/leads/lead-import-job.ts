import type { Database } from "../db/database.ts";
import type { JournalService, Scope } from "../journal/journal.service.ts";
import type { ImportOptions } from "./lead-import-options.ts";

export interface ImportTools {
  readonly database: Database;
  readonly journal: JournalService;
  /** Folder for what doesn't fit in memory. */
  readonly spoolFolder: string;
}

export interface ImportJob {
  /** The import's uuid. */
  readonly id: string;
  readonly scope: Scope;
  readonly options: ImportOptions;
  readonly defaultCountry: string;
  readonly now: Date;
}

import type { Database } from "../db/database.ts";
import type { JournalService } from "../journal/journal.service.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { LeadConnectionResolver, LeadsResolver } from "./leads.resolver.ts";
import { LeadsService } from "./leads.service.ts";

export interface LeadsParts {
  readonly leads: LeadsService;
  /** Instances by class, for type-graphql's container. */
  readonly resolvers: ReadonlyMap<unknown, object>;
}

/** Puts together what belongs to leads. */
export function composeLeads(database: Database, journal: JournalService, cursors: CursorCodec): LeadsParts {
  const leads = new LeadsService(database, journal, cursors);
  return {
    leads,
    resolvers: new Map<unknown, object>([
      [LeadsResolver, new LeadsResolver(leads)],
      [LeadConnectionResolver, new LeadConnectionResolver()],
    ]),
  };
}

import type { Database } from "../db/database.ts";
import type { JournalService } from "../journal/journal.service.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import type { NodeSource } from "../operations/node-registry.ts";
import { leadNodeSources } from "./lead-nodes.ts";
import { LeadEditsResolver } from "./lead-edits.resolver.ts";
import { LeadEditsService } from "./lead-edits.service.ts";
import { LeadMergesService } from "./lead-merges.service.ts";
import { LeadResolver, LeadsResolver } from "./leads.resolver.ts";
import { LeadsLoaders } from "./leads.loaders.ts";
import { LeadsService } from "./leads.service.ts";

export interface LeadsParts {
  readonly leads: LeadsService;
  readonly edits: LeadEditsService;
  readonly merges: LeadMergesService;
  readonly loaders: LeadsLoaders;
  /** How `node` finds leads and notes. */
  readonly nodeSources: readonly NodeSource[];
  /** Instances by class, for type-graphql's container. */
  readonly resolvers: ReadonlyMap<unknown, object>;
}

/** Puts together what belongs to leads. */
export function composeLeads(database: Database, journal: JournalService, cursors: CursorCodec): LeadsParts {
  const leads = new LeadsService(database, journal, cursors);
  const edits = new LeadEditsService(database, journal, cursors);
  const merges = new LeadMergesService(journal, cursors);
  const loaders = new LeadsLoaders(database, cursors);
  return {
    leads,
    edits,
    merges,
    loaders,
    nodeSources: leadNodeSources(database),
    resolvers: new Map<unknown, object>([
      [LeadsResolver, new LeadsResolver(leads)],
      [LeadResolver, new LeadResolver(loaders)],
      [LeadEditsResolver, new LeadEditsResolver(edits, merges)],
    ]),
  };
}

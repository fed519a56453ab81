import DataLoader from "dataloader";
import type { QueryResultRow } from "pg";
import type { ConnectionArgs, Page } from "../../schema/connection.ts";
import type { JournalEntry } from "../../schema/journal.ts";
import type { LeadConsent, LeadNote } from "../../schema/lead.ts";
import type { Database } from "../db/database.ts";
import type { Session } from "../db/session.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { childLoader } from "../operations/child-loader.ts";
import type { ChildList } from "../operations/paginate-children.ts";
import { readPageRequest } from "../operations/paginate.ts";
import { noteList } from "./lead-notes.ts";
import { timelineList } from "./lead-timeline.ts";

/** Of what a lead may have without limit, the latest are shown. */
const maxConsents = 100;

/** Reads what belongs to leads: for all leads of a page with one statement. */
export class LeadsLoaders {
  readonly #database: Database;
  readonly #cursors: CursorCodec;

  constructor(database: Database, cursors: CursorCodec) {
    this.#database = database;
    this.#cursors = cursors;
  }

  notes(context: Context, leadId: string, args: ConnectionArgs): Promise<Page<LeadNote>> {
    readPageRequest(args);
    return context.loaders.get(this.#notes, context).load({ parentId: leadId, args });
  }

  timeline(context: Context, leadId: string, args: ConnectionArgs): Promise<Page<JournalEntry>> {
    readPageRequest(args);
    return context.loaders.get(this.#timeline, context).load({ parentId: leadId, args });
  }

  consents(context: Context, leadId: string): Promise<LeadConsent[]> {
    return context.loaders.get(this.#consents, context).load(leadId);
  }

  // One function per kind of loader, because the request's cache knows loaders by the function that makes them.
  readonly #notes = (context: Context) => this.#childLoader(context, noteList);
  readonly #timeline = (context: Context) => this.#childLoader(context, timelineList(this.#cursors));
  readonly #consents = (context: Context) => {
    const { tenantId } = authorizedScope(context, "lead:read");
    return new DataLoader((ids: readonly string[]) =>
      this.#database.read(tenantId, (session) => readConsents(session, ids)),
    );
  };

  #childLoader<Row extends QueryResultRow, Item>(context: Context, list: ChildList<Row, Item>) {
    const { tenantId } = authorizedScope(context, "lead:read");
    return childLoader({ database: this.#database, cursors: this.#cursors, tenantId }, list);
  }
}

interface ConsentRow {
  readonly lead_id: string;
  readonly purpose: string;
  readonly text_version: string;
  readonly given_at: Date;
  readonly address: string | null;
}

async function readConsents(session: Session, leadIds: readonly string[]): Promise<LeadConsent[][]> {
  const rows = await session.query<ConsentRow>({
    name: "lead-consents",
    text: `SELECT consent.* FROM unnest($2::uuid[]) AS parent (id) CROSS JOIN LATERAL (
             SELECT lead_id, purpose, text_version, given_at, address FROM lead_consent
             WHERE tenant_id = $1 AND lead_id = parent.id ORDER BY given_at DESC, id DESC LIMIT ${maxConsents}
           ) AS consent`,
    values: [session.tenantId, leadIds],
  });
  const byLead = Map.groupBy(rows, (row) => row.lead_id);
  return leadIds.map((id) =>
    (byLead.get(id) ?? []).map(({ purpose, text_version: textVersion, given_at: givenAt, address }) => ({
      purpose,
      textVersion,
      givenAt,
      address,
    })),
  );
}

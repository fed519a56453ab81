import DataLoader from "dataloader";
import type { QueryResultRow } from "pg";
import type { ConnectionArgs, Page } from "../../schema/connection.ts";
import type { JournalEntry } from "../../schema/journal.ts";
import type { LeadConsent, LeadNote } from "../../schema/lead.ts";
import type { Database } from "../db/database.ts";
import type { Session } from "../db/session.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { type ChildList, childPage, childPages } from "../operations/paginate-children.ts";
import { readPageRequest } from "../operations/paginate.ts";
import { noteList } from "./lead-notes.ts";
import { timelineList } from "./lead-timeline.ts";

interface ChildKey {
  readonly leadId: string;
  readonly args: ConnectionArgs;
}

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
    return context.loaders.get(this.#notes, context).load({ leadId, args });
  }

  timeline(context: Context, leadId: string, args: ConnectionArgs): Promise<Page<JournalEntry>> {
    readPageRequest(args);
    return context.loaders.get(this.#timeline, context).load({ leadId, args });
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
    return new DataLoader<ChildKey, Page<Item>, string>(
      (keys) => this.#database.read(tenantId, (session) => loadChildren(session, this.#cursors, list, keys)),
      {
        cacheKeyFn: ({ leadId, args: { first, last, after, before } }) =>
          JSON.stringify([leadId, first, last, after, before]),
      },
    );
  }
}

/** Leads that are asked for the same page share a statement; with a cursor, which is one lead's, each has its own. */
async function loadChildren<Row extends QueryResultRow, Item>(
  session: Session,
  cursors: CursorCodec,
  list: ChildList<Row, Item>,
  keys: readonly ChildKey[],
): Promise<(Page<Item> | Error)[]> {
  const pages = new Map<ChildKey, Page<Item> | Error>();
  const groups = Map.groupBy(keys, ({ args: { first, last, after, before } }) =>
    after == null && before == null ? JSON.stringify([first, last]) : "with cursor",
  );
  await Promise.all(
    [...groups].map(async ([name, group]) => {
      const [sample] = group;
      if (name !== "with cursor" && sample !== undefined) {
        const parents = group.map(({ leadId }) => leadId);
        const loaded = await childPages(session, cursors, list, parents, sample.args);
        group.forEach((key, index) => pages.set(key, loaded[index] ?? new Error("no page was loaded")));
        return;
      }
      for (const key of group) {
        const loaded = childPage(session, cursors, list, key.leadId, key.args);
        pages.set(
          key,
          await loaded.catch((error: unknown) => (error instanceof Error ? error : new Error(String(error)))),
        );
      }
    }),
  );
  return keys.map((key) => pages.get(key) ?? new Error("no page was loaded"));
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

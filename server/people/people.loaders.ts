import DataLoader from "dataloader";
import type { Client, ClientConsent } from "../../schema/client.ts";
import type { CoachNote } from "../../schema/coach-note.ts";
import type { Coach } from "../../schema/coach.ts";
import type { ConnectionArgs, Page } from "../../schema/connection.ts";
import type { LearnerProgress, SubjectProgress } from "../../schema/learner-progress.ts";
import type { Learner } from "../../schema/learner.ts";
import type { Database } from "../db/database.ts";
import type { Session } from "../db/session.ts";
import { authorize } from "../operations/authorize.ts";
import { childLoader } from "../operations/child-loader.ts";
import type { Context } from "../operations/context.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { readPageRequest } from "../operations/paginate.ts";
import { named, SqlValues } from "../operations/sql.ts";
import { clientColumns, type ClientRow, toClient } from "./client-row.ts";
import { noteList } from "./coach-notes.ts";
import { coachColumns, type CoachRow, toCoach } from "./coach-row.ts";
import { progressList, readSubjects } from "./learner-progress.ts";
import { learnerColumns, type LearnerRow, toLearner } from "./learner-row.ts";
import { peopleView, visibleClients, visibleLearners } from "./people.access.ts";

/** Of what a person may have without limit, this many are shown. */
const most = 100;

/** Reads what belongs to people, as far as the caller may see it: for all people of a page with one statement. */
export class PeopleLoaders {
  readonly #database: Database;
  readonly #cursors: CursorCodec;

  constructor(database: Database, cursors: CursorCodec) {
    this.#database = database;
    this.#cursors = cursors;
  }

  learnersOf(context: Context, clientId: string): Promise<Learner[]> {
    return context.loaders.get(this.#learnersOf, context).load(clientId);
  }

  consentsOf(context: Context, clientId: string): Promise<ClientConsent[]> {
    return context.loaders.get(this.#consentsOf, context).load(clientId);
  }

  async clientsOf(context: Context, learnerId: string): Promise<Client[]> {
    const rows = await context.loaders.get(this.#clientsOf, context).load(learnerId);
    return rows.map(toClient);
  }

  async payerOf(context: Context, learnerId: string): Promise<Client | null> {
    const rows = await context.loaders.get(this.#clientsOf, context).load(learnerId);
    const payer = rows.find(({ is_primary }) => is_primary);
    return payer === undefined ? null : toClient(payer);
  }

  coachesOf(context: Context, learnerId: string): Promise<Coach[]> {
    return context.loaders.get(this.#coachesOf, context).load(learnerId);
  }

  subjectsOf(context: Context, learnerId: string): Promise<SubjectProgress[]> {
    return context.loaders.get(this.#subjectsOf, context).load(learnerId);
  }

  progressOf(context: Context, learnerId: string, args: ConnectionArgs): Promise<Page<LearnerProgress>> {
    readPageRequest(args);
    return context.loaders.get(this.#progressOf, context).load({ parentId: learnerId, args });
  }

  notesOf(context: Context, learnerId: string, args: ConnectionArgs): Promise<Page<CoachNote>> {
    readPageRequest(args);
    return context.loaders.get(this.#notesOf, context).load({ parentId: learnerId, args });
  }

  // One function per kind of loader, because the request's cache knows loaders by the function that makes them.
  readonly #learnersOf = (context: Context) =>
    this.#loader(context, (session, ids) => {
      const values = new SqlValues();
      const parents = values.add(ids);
      const text = `SELECT parent.id AS parent_id, own.* FROM unnest(${parents}::uuid[]) AS parent (id) CROSS JOIN LATERAL (
        SELECT ${learnerColumns} FROM client_learner AS link
        JOIN learner ON learner.tenant_id = link.tenant_id AND learner.id = link.learner_id
        WHERE link.tenant_id = nexora_tenant() AND link.client_id = parent.id AND ${visibleLearners(peopleView(context.principal), values)}
        ORDER BY learner.created_at, learner.id LIMIT ${most}) AS own`;
      return readLists<LearnerRow, Learner>(session, { text, values }, ids, toLearner);
    });

  readonly #consentsOf = (context: Context) =>
    this.#loader(context, (session, ids) => {
      const values = new SqlValues();
      const text = `SELECT parent.id AS parent_id, own.* FROM unnest(${values.add(ids)}::uuid[]) AS parent (id) CROSS JOIN LATERAL (
        SELECT purpose, text_version, given_at, address FROM client_consent
        WHERE tenant_id = nexora_tenant() AND client_id = parent.id ORDER BY given_at DESC, id DESC LIMIT ${most}) AS own`;
      return readLists<ConsentRow, ClientConsent>(session, { text, values }, ids, toConsent);
    });

  readonly #clientsOf = (context: Context) =>
    this.#loader(context, (session, ids) => {
      const values = new SqlValues();
      const parents = values.add(ids);
      const text = `SELECT link.learner_id AS parent_id, link.is_primary, ${clientColumns} FROM client_learner AS link
        JOIN client ON client.tenant_id = link.tenant_id AND client.id = link.client_id
        WHERE link.tenant_id = nexora_tenant() AND link.learner_id = ANY (${parents}::uuid[])
          AND ${visibleClients(peopleView(context.principal), values)}
        ORDER BY link.is_primary DESC, client.id`;
      return readLists<PayerRow, PayerRow>(session, { text, values }, ids, (row) => row);
    });

  readonly #coachesOf = (context: Context) =>
    this.#loader(context, (session, ids) => {
      const values = new SqlValues();
      const text = `SELECT met.learner_id AS parent_id, ${coachColumns} FROM coach_learner AS met
        JOIN coach ON coach.tenant_id = met.tenant_id AND coach.id = met.coach_id
        WHERE met.tenant_id = nexora_tenant() AND met.learner_id = ANY (${values.add(ids)}::uuid[]) ORDER BY coach.pseudonym`;
      const view = peopleView(context.principal);
      return readLists<CoachRow, Coach>(session, { text, values }, ids, (row) => toCoach(row, view));
    });

  readonly #subjectsOf = (context: Context) => this.#loader(context, readSubjects);
  readonly #progressOf = (context: Context) => childLoader(this.#children(context), progressList);
  readonly #notesOf = (context: Context) =>
    childLoader(this.#children(context), noteList(peopleView(context.principal)));

  #children(context: Context) {
    const { tenantId } = authorize(context.principal, "learner:read");
    return { database: this.#database, cursors: this.#cursors, tenantId };
  }

  #loader<Item>(
    context: Context,
    read: (session: Session, ids: readonly string[]) => Promise<Item[][]>,
  ): DataLoader<string, Item[]> {
    // Whoever got a person to ask this of has a tenant: enrolment shows nobody.
    const { principal } = context;
    if (principal.kind === "ANONYMOUS") throw new Error("people are shown to nobody without a credential");
    return new DataLoader((ids) => this.#database.read(principal.tenantId, (session) => read(session, ids)));
  }
}

interface PayerRow extends ClientRow {
  readonly is_primary: boolean;
}

interface ConsentRow {
  readonly purpose: string;
  readonly text_version: string;
  readonly given_at: Date;
  readonly address: string | null;
}

function toConsent({ purpose, text_version, given_at, address }: ConsentRow): ClientConsent {
  return { purpose, textVersion: text_version, givenAt: given_at, address };
}

async function readLists<Row extends object, Item>(
  session: Session,
  { text, values }: { readonly text: string; readonly values: SqlValues },
  parents: readonly string[],
  toItem: (row: Row) => Item,
): Promise<Item[][]> {
  const rows = await session.query<Row & { parent_id: string }>(named(text, values.list));
  const byParent = Map.groupBy(rows, (row) => row.parent_id);
  return parents.map((id) => (byParent.get(id) ?? []).map(toItem));
}

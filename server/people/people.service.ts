import DataLoader from "dataloader";
import type { Client } from "../../schema/client.ts";
import type { Coach } from "../../schema/coach.ts";
import type { Learner } from "../../schema/learner.ts";
import type { Database } from "../db/database.ts";
import type { Session } from "../db/session.ts";
import type { Transaction } from "../journal/journal.service.ts";
import type { Context } from "../operations/context.ts";
import { toId } from "../operations/ids.ts";
import type { Principal } from "../operations/principal.ts";
import { named, SqlValues } from "../operations/sql.ts";
import { newUuid } from "../operations/uuid.ts";
import { clientColumns, type ClientRow, toClient } from "./client-row.ts";
import { type CoachRow, toCoach } from "./coach-row.ts";
import { type LearnerRow, toLearner } from "./learner-row.ts";
import { type MonthProgress, type MonthProgressQuery, readMonthProgress } from "./month-progress.ts";
import { peopleView, visibleClients, visibleLearners } from "./people.access.ts";
import { readClients, readCoaches, readLearners } from "./people.queries.ts";
import { type Concerned, readMembers } from "./profile-members.ts";

export type { ClientRow } from "./client-row.ts";
export type { CoachRow } from "./coach-row.ts";
export type { LearnerRow } from "./learner-row.ts";
export type { MonthProgress } from "./month-progress.ts";

/** The profiles behind a login, by uuid. */
export interface Profiles {
  readonly clientId: string | null;
  readonly learnerId: string | null;
  readonly coachId: string | null;
}

/** What a session's report says of a learner. */
export interface ProgressReport {
  readonly learnerId: string;
  readonly coachId: string | null;
  readonly sessionId: string | null;
  readonly at: Date;
  readonly marks: readonly { readonly subject: string; readonly mark: number; readonly comment: string | null }[];
}

const everybody = { kind: "TEAM" } as const;

/** What other domains ask about people, inside their own transactions. Ids are uuids. */
export class PeopleService {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * The learner, if the caller may see and book for him; null as for an id that doesn't exist. He isn't erased before the
   * transaction's end.
   */
  async visibleLearner(transaction: Session, principal: Principal, learnerId: string): Promise<LearnerRow | null> {
    const [row] = await readLearners(transaction, peopleView(principal), [learnerId], { lock: "REFERENCE" });
    return row ?? null;
  }

  /** The client, if the caller is him or of the team. By default he is one who isn't erased, before the transaction's end neither. */
  async visibleClient(
    transaction: Session,
    principal: Principal,
    clientId: string,
    { isErasedToo = false } = {},
  ): Promise<ClientRow | null> {
    const options = isErasedToo ? {} : ({ lock: "REFERENCE" } as const);
    const [row] = await readClients(transaction, peopleView(principal), [clientId], options);
    return row ?? null;
  }

  /** Uuids of the learners whom the caller sees; null: all. */
  async visibleLearnerIds(session: Session, principal: Principal): Promise<string[] | null> {
    const view = peopleView(principal);
    return view.kind === "TEAM" ? null : selectIds(session, "learner", (values) => visibleLearners(view, values));
  }

  /** Uuids of the clients whom the caller sees; null: all. */
  async visibleClientIds(session: Session, principal: Principal): Promise<string[] | null> {
    const view = peopleView(principal);
    return view.kind === "TEAM" ? null : selectIds(session, "client", (values) => visibleClients(view, values));
  }

  /** What a login is: a member can be a client and a learner at once. A coach who was deactivated isn't one any more. */
  async profilesOf(session: Session, memberId: string): Promise<Profiles> {
    const [row] = await session.query<{ client_id: string | null; learner_id: string | null; coach_id: string | null }>(
      {
        name: "people-profiles",
        text: `SELECT (SELECT id FROM client WHERE tenant_id = $1 AND member_id = $2) AS client_id,
                    (SELECT id FROM learner WHERE tenant_id = $1 AND member_id = $2) AS learner_id,
                    (SELECT id FROM coach WHERE tenant_id = $1 AND member_id = $2 AND status = 'ACTIVE') AS coach_id`,
        values: [session.tenantId, memberId],
      },
    );
    return {
      clientId: row?.client_id ?? null,
      learnerId: row?.learner_id ?? null,
      coachId: row?.coach_id ?? null,
    };
  }

  /** Whoever they are, without asking who may see them: for mails and rules. */
  clients(session: Session, ids: readonly string[]): Promise<ClientRow[]> {
    return readClients(session, everybody, ids);
  }

  /** All of them, in pages: those that come after an id. */
  clientsAfter(session: Session, id: string | null, most: number): Promise<ClientRow[]> {
    return session.query<ClientRow>({
      name: "people-clients-after",
      text: `SELECT ${clientColumns} FROM client
             WHERE client.tenant_id = $1 AND client.erased_at IS NULL AND ($2::uuid IS NULL OR client.id > $2) ORDER BY client.id LIMIT $3`,
      values: [session.tenantId, id, most],
    });
  }

  /** How far learners came in each subject between two instants. */
  monthProgress(session: Session, query: MonthProgressQuery): Promise<MonthProgress[]> {
    return readMonthProgress(session, query);
  }

  learners(session: Session, ids: readonly string[]): Promise<LearnerRow[]> {
    return readLearners(session, everybody, ids);
  }

  /** Also those who were deactivated: look at `status`. */
  coaches(session: Session, ids: readonly string[]): Promise<CoachRow[]> {
    return readCoaches(session, everybody, ids);
  }

  /** The logins that something may be about, for feeds: what each of them sees is asked again. */
  membersOf(session: Session, concerned: Concerned): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    return readMembers(session, concerned);
  }

  /** Who pays for a learner by default; null when nobody does. */
  async payerOf(session: Session, learnerId: string): Promise<ClientRow | null> {
    const [row] = await this.#payers(session, learnerId, "AND link.is_primary");
    return row ?? null;
  }

  /** All who may pay for a learner, the one who does by default first. None is erased before the transaction's end. */
  payersOf(session: Session, learnerId: string): Promise<ClientRow[]> {
    return this.#payers(session, learnerId, "");
  }

  /** From the first session that is booked on, a coach may read the learner's file. */
  async meet(transaction: Transaction, { coachId, learnerId, at }: Meeting): Promise<void> {
    await transaction.query({
      name: "people-meet",
      text: `INSERT INTO coach_learner (tenant_id, coach_id, learner_id, since) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
      values: [transaction.tenantId, coachId, learnerId, at],
    });
  }

  /** Adds a report's marks to the learner's file. A subject that the session was reported on already keeps its mark. */
  async recordProgress(transaction: Transaction, report: ProgressReport): Promise<void> {
    const { learnerId, coachId, sessionId, at, marks } = report;
    const added = await transaction.query<{ id: string; subject: string; mark: number }>({
      name: "people-progress",
      text: `INSERT INTO learner_progress (tenant_id, id, learner_id, coach_id, session_id, recorded_at, subject, mark, comment)
             SELECT $1, given.id, $2, $3, $4, $5, given.subject, given.mark, given.comment
             FROM unnest($6::uuid[], $7::text[], $8::smallint[], $9::text[]) AS given (id, subject, mark, comment)
             ON CONFLICT (tenant_id, learner_id, session_id, subject) DO NOTHING RETURNING id, subject, mark`,
      values: [
        transaction.tenantId,
        learnerId,
        coachId,
        sessionId,
        at,
        marks.map(() => newUuid()),
        marks.map(({ subject }) => subject),
        marks.map(({ mark }) => mark),
        marks.map(({ comment }) => comment),
      ],
    });
    if (added.length === 0) return;
    transaction.record({
      type: "learner.progressed",
      subjectType: "Learner",
      subjectId: learnerId,
      data: { coachId: coachId === null ? null : toId("Coach", coachId) },
      personal: { marks: added.map(({ subject, mark }) => ({ subject, mark })) },
    });
  }

  /** The object for an answer, read together with others of the request; null when the caller may not see it. */
  client(context: Context, id: string): Promise<Client | null> {
    return context.loaders.get(this.#clients, context).load(id);
  }

  learner(context: Context, id: string): Promise<Learner | null> {
    return context.loaders.get(this.#learners, context).load(id);
  }

  /** Also one who was deactivated: what he gave stays his. */
  coach(context: Context, id: string): Promise<Coach | null> {
    return context.loaders.get(this.#coaches, context).load(id);
  }

  readonly #clients = (context: Context) =>
    this.#loader(context, async (session, ids) =>
      (await readClients(session, peopleView(context.principal), ids)).map(toClient),
    );

  readonly #learners = (context: Context) =>
    this.#loader(context, async (session, ids) =>
      (await readLearners(session, peopleView(context.principal), ids)).map(toLearner),
    );

  readonly #coaches = (context: Context) =>
    this.#loader(context, async (session, ids) =>
      (await readCoaches(session, everybody, ids)).map((row) => toCoach(row, peopleView(context.principal))),
    );

  #loader<Item extends { readonly uuid: string }>(
    { principal }: Context,
    read: (session: Session, ids: readonly string[]) => Promise<Item[]>,
  ): DataLoader<string, Item | null> {
    return new DataLoader(async (ids) => {
      if (principal.kind === "ANONYMOUS") return ids.map(() => null);
      const items = await this.#database.read(principal.tenantId, (session) => read(session, ids));
      const byId = new Map(items.map((item) => [item.uuid, item]));
      return ids.map((id) => byId.get(id) ?? null);
    });
  }

  #payers(session: Session, learnerId: string, condition: string): Promise<ClientRow[]> {
    return session.query<ClientRow>({
      text: `SELECT ${clientColumns} FROM client_learner AS link
             JOIN client ON client.tenant_id = link.tenant_id AND client.id = link.client_id
             WHERE link.tenant_id = $1 AND link.learner_id = $2 ${condition} ORDER BY link.is_primary DESC, client.id
             FOR KEY SHARE OF client`,
      values: [session.tenantId, learnerId],
    });
  }
}

export interface Meeting {
  readonly coachId: string;
  readonly learnerId: string;
  readonly at: Date;
}

async function selectIds(
  session: Session,
  table: "client" | "learner",
  condition: (values: SqlValues) => string,
): Promise<string[]> {
  const values = new SqlValues();
  const text = `SELECT id FROM ${table} WHERE ${table}.tenant_id = nexora_tenant() AND ${condition(values)}`;
  const rows = await session.query<{ id: string }>(named(text, values.list));
  return rows.map(({ id }) => id);
}

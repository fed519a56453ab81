import { filterClock } from "../operations/filter-clock.ts";
import type { Client, ClientsArgs } from "../../schema/client.ts";
import type { Coach, CoachesArgs } from "../../schema/coach.ts";
import type { Page } from "../../schema/connection.ts";
import type { Learner, LearnersArgs } from "../../schema/learner.ts";
import type { Database } from "../db/database.ts";
import type { Session } from "../db/session.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { toUuid } from "../operations/ids.ts";
import { narrowFilter, type TextSearch } from "../operations/narrow-filter.ts";
import { paginate } from "../operations/paginate.ts";
import { clientList, compileClientFilter } from "./client-list.ts";
import { toClient } from "./client-row.ts";
import { coachList, compileCoachFilter } from "./coach-list.ts";
import { toCoach } from "./coach-row.ts";
import { compileLearnerFilter, learnerList } from "./learner-list.ts";
import { toLearner } from "./learner-row.ts";
import { peopleView } from "./people.access.ts";
import { readClients, readCoaches, readLearners } from "./people.queries.ts";
import type { PeopleService, Profiles } from "./people.service.ts";

/** Reads people as far as the caller may see them. */
export class PeopleListsService {
  readonly #database: Database;
  readonly #cursors: CursorCodec;
  readonly #people: PeopleService;

  constructor(database: Database, cursors: CursorCodec, people: PeopleService) {
    this.#database = database;
    this.#cursors = cursors;
    this.#people = people;
  }

  async client(context: Context, id: string): Promise<Client | null> {
    const { tenantId, principal } = authorizedScope(context, "client:read");
    const uuid = toUuid("Client", id);
    if (uuid === null) return null;
    const [row] = await this.#database.read(tenantId, (session) => readClients(session, peopleView(principal), [uuid]));
    return row === undefined ? null : toClient(row);
  }

  async clients(context: Context, args: ClientsArgs): Promise<Page<Client>> {
    const { tenantId, principal } = authorizedScope(context, "client:read");
    return this.#database.read(tenantId, async (session) => {
      const asked = compileClientFilter(args.filter, await filterClock(session, context, args.filter));
      const filter = await narrowFilter(session, asked, searchOf("client"));
      return paginate(session, this.#cursors, clientList(peopleView(principal), filter, args.orderBy), args);
    });
  }

  async learner(context: Context, id: string): Promise<Learner | null> {
    const { tenantId, principal } = authorizedScope(context, "learner:read");
    const uuid = toUuid("Learner", id);
    if (uuid === null) return null;
    const [row] = await this.#database.read(tenantId, (session) =>
      readLearners(session, peopleView(principal), [uuid]),
    );
    return row === undefined ? null : toLearner(row);
  }

  async learners(context: Context, args: LearnersArgs): Promise<Page<Learner>> {
    const { tenantId, principal } = authorizedScope(context, "learner:read");
    return this.#database.read(tenantId, async (session) => {
      const asked = compileLearnerFilter(args.filter, await filterClock(session, context, args.filter));
      const filter = await narrowFilter(session, asked, searchOf("learner"));
      return paginate(session, this.#cursors, learnerList(peopleView(principal), filter, args.orderBy), args);
    });
  }

  async coach(context: Context, id: string): Promise<Coach | null> {
    const { tenantId, principal } = authorizedScope(context, "coach:read");
    const uuid = toUuid("Coach", id);
    if (uuid === null) return null;
    const view = peopleView(principal);
    const [row] = await this.#database.read(tenantId, (session) => readCoaches(session, view, [uuid]));
    return row === undefined ? null : toCoach(row, view);
  }

  async coaches(context: Context, args: CoachesArgs): Promise<Page<Coach>> {
    const { tenantId, principal } = authorizedScope(context, "coach:read");
    return this.#database.read(tenantId, async (session) => {
      const asked = compileCoachFilter(args.filter, context.now);
      const filter = await narrowFilter(session, asked, searchOf("coach"));
      return paginate(session, this.#cursors, coachList(peopleView(principal), filter, args.orderBy), args);
    });
  }

  /** The caller's own profile; null when he has none. */
  async ownClient(context: Context): Promise<Client | null> {
    const rows = await this.#own(context, "clientId", (session, id) => this.#people.clients(session, [id]));
    return rows.map(toClient)[0] ?? null;
  }

  async ownLearner(context: Context): Promise<Learner | null> {
    const rows = await this.#own(context, "learnerId", (session, id) => this.#people.learners(session, [id]));
    return rows.map(toLearner)[0] ?? null;
  }

  async ownCoach(context: Context): Promise<Coach | null> {
    const rows = await this.#own(context, "coachId", (session, id) => this.#people.coaches(session, [id]));
    return rows.map((row) => toCoach(row, peopleView(context.principal)))[0] ?? null;
  }

  async #own<Row>(
    context: Context,
    kind: keyof Profiles,
    read: (session: Session, id: string) => Promise<Row[]>,
  ): Promise<Row[]> {
    const { tenantId, principal } = authorizedScope(context, "viewer:read");
    if (principal.kind !== "MEMBER") return [];
    const id = (await context.loaders.get(this.#profiles, context))[kind];
    return id === null ? [] : this.#database.read(tenantId, (session) => read(session, id));
  }

  /** Read once for a request, whatever profiles it asks for. */
  readonly #profiles = (context: Context) => {
    const { principal } = context;
    if (principal.kind !== "MEMBER") throw new Error("only members have profiles");
    return this.#database.read(principal.tenantId, (session) => this.#people.profilesOf(session, principal.memberId));
  };
}

/** Finds a kind of people by their texts, whoever may see them: the list asks that of each. */
function searchOf(table: "client" | "learner" | "coach"): TextSearch {
  return { id: `${table}.id`, call: `people_search('${table}', search, $2)` };
}

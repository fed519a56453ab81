import { filterClock } from "../operations/filter-clock.ts";
import type { SessionFilter, SessionsArgs } from "../../schema/session-list.ts";
import type { ConnectionArgs, Page } from "../../schema/connection.ts";
import type { Session as BookedSession } from "../../schema/session.ts";
import type { Database } from "../db/database.ts";
import type { Session } from "../db/session.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { toUuid } from "../operations/ids.ts";
import { paginate } from "../operations/paginate.ts";
import type { PeopleService } from "../people/people.service.ts";
import { type AskedSessions, sessionList } from "./session-list.ts";
import { toSession } from "./session-row.ts";
import { findSessions } from "./session-store.ts";
import { type SessionView, sessionView } from "./sessions.access.ts";

export interface SessionsOptions {
  readonly database: Database;
  readonly cursors: CursorCodec;
  readonly people: PeopleService;
  readonly jitsiDomain: string;
}

const nobody = "00000000-0000-0000-0000-000000000000";

/** Reads sessions as far as the caller may see them. */
export class SessionsService {
  readonly #options: SessionsOptions;

  constructor(options: SessionsOptions) {
    this.#options = options;
  }

  async session(context: Context, id: string): Promise<BookedSession | null> {
    const uuid = toUuid("Session", id);
    return uuid === null ? null : ((await this.byIds(context, [uuid])).get(uuid) ?? null);
  }

  /** By uuid. */
  byIds(context: Context, uuids: readonly string[]): Promise<Map<string, BookedSession>> {
    return this.#read(context, async (session, view) => {
      const rows = await findSessions(session, view, uuids);
      return new Map(rows.map((row) => [row.id, toSession(row, this.#show(view, context))]));
    });
  }

  sessions(context: Context, args: SessionsArgs): Promise<Page<BookedSession>> {
    return this.#read(context, (session, view) => this.#page(session, context, view, args, args));
  }

  /** Empty where there is no such coach, or his agenda isn't for the caller to see. */
  async agenda(
    context: Context,
    { coachId, from, to, page }: { coachId: string; from: Date; to: Date; page: ConnectionArgs },
  ): Promise<Page<BookedSession>> {
    const uuid = toUuid("Coach", coachId);
    return this.#read(context, (session, view) => {
      const isSeen = view.kind === "TEAM" || view.coachId === uuid;
      const filter: SessionFilter = { status: { in: ["PENDING", "CONFIRMED", "COMPLETED", "NO_SHOW"] } };
      const asked = { from, to, filter, coachUuid: (isSeen ? uuid : null) ?? nobody };
      return this.#page(session, context, view, asked, page);
    });
  }

  async #page(
    session: Session,
    context: Context,
    view: SessionView,
    asked: AskedSessions,
    page: ConnectionArgs,
  ): Promise<Page<BookedSession>> {
    const clock = await filterClock(session, context, asked.filter);
    return paginate(session, this.#options.cursors, sessionList(view, this.#show(view, context), clock, asked), page);
  }

  #read<T>(context: Context, read: (session: Session, view: SessionView) => Promise<T>): Promise<T> {
    const { tenantId, principal } = authorizedScope(context, "session:read");
    const { database, people } = this.#options;
    return database.read(tenantId, async (session) => read(session, await sessionView(session, people, principal)));
  }

  #show(view: SessionView, { now }: Context) {
    return { view, now, jitsiDomain: this.#options.jitsiDomain };
  }
}

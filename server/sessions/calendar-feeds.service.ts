import type { RotateCalendarFeedInput, RotateCalendarFeedPayload } from "../../schema/calendar-feed.ts";
import { dayMs } from "../calendar/clock-time.ts";
import type { Clock } from "../clock.ts";
import type { Database } from "../db/database.ts";
import type { Session } from "../db/session.ts";
import type { JournalService } from "../journal/journal.service.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { named, SqlValues } from "../operations/sql.ts";
import { newUuid } from "../operations/uuid.ts";
import type { PeopleService } from "../people/people.service.ts";
import { calendar } from "./calendar-invitation.ts";
import { sessionColumns, type SessionRow } from "./session-row.ts";
import { isOwnBooking, type SessionView, visibleSessions } from "./sessions.access.ts";

/** The secrets in feeds' addresses, of which the database keeps hashes. */
export interface FeedTokens {
  issue(owner: { readonly tenantId: string; readonly rowId: string }): {
    readonly text: string;
    readonly hash: Uint8Array;
  };
  /** Null: it is none. */
  parse(text: string): { readonly tenantId: string; readonly rowId: string; readonly hash: Uint8Array } | null;
}

export interface CalendarFeedsOptions {
  readonly tokens: FeedTokens;
  readonly database: Database;
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
  readonly people: PeopleService;
  readonly clock: Clock;
  /** Where people reach this server. */
  readonly url: () => string;
}

const pastDays = 90;
const futureDays = 366;
const mostSessions = 2_000;

/** Calendars that applications read at a secret address. */
export class CalendarFeedsService {
  readonly #options: CalendarFeedsOptions;

  constructor(options: CalendarFeedsOptions) {
    this.#options = options;
  }

  /** The old address ends with it. */
  async rotateCalendarFeed(context: Context, input: RotateCalendarFeedInput): Promise<RotateCalendarFeedPayload> {
    const scope = authorizedScope(context, "session:feed");
    const { principal, tenantId } = scope;
    if (principal.kind !== "MEMBER") {
      const message = "Sign in as a member: only people have calendars.";
      return { url: null, cursor: null, userErrors: [{ code: "NOT_A_PERSON", message, field: null }] };
    }
    const { memberId } = principal;
    const id = newUuid();
    const token = this.#options.tokens.issue({ tenantId, rowId: id });
    const { journal, cursors, url } = this.#options;
    const { position } = await journal.transaction(scope, async (tx) => {
      await tx.query({
        name: "calendar-feed-end",
        text: "DELETE FROM calendar_feed WHERE tenant_id = nexora_tenant() AND member_id = $1",
        values: [memberId],
      });
      if (!input.endOnly) {
        await tx.query({
          name: "calendar-feed-new",
          text: `INSERT INTO calendar_feed (tenant_id, id, member_id, token_hash, created_at)
            VALUES (nexora_tenant(), $1, $2, $3, $4)`,
          values: [id, memberId, token.hash, context.now],
        });
      }
      const type = input.endOnly ? "calendar_feed.ended" : "calendar_feed.rotated";
      tx.record({ type, subjectType: "Member", subjectId: memberId, data: {} });
    });
    return {
      url: input.endOnly ? null : `${url()}/calendars/${token.text}.ics`,
      cursor: cursorAfter(cursors, tenantId, position),
      userErrors: [],
    };
  }

  /** The calendar at a secret address; null when there is none. */
  async read(text: string): Promise<string | null> {
    const token = this.#options.tokens.parse(text);
    if (token === null) return null;
    const { database, people, clock } = this.#options;
    return database.read(token.tenantId, async (session) => {
      const [feed] = await session.query<{ member_id: string; sender_name: string }>({
        name: "calendar-feed",
        text: `SELECT f.member_id, coalesce(b.sender_name, t.name) AS sender_name FROM calendar_feed f
          JOIN tenant t ON t.id = f.tenant_id
          LEFT JOIN mail_branding b ON b.tenant_id = f.tenant_id
          JOIN member m ON m.tenant_id = f.tenant_id AND m.id = f.member_id AND m.status = 'ACTIVE'
          WHERE f.tenant_id = nexora_tenant() AND f.id = $1 AND f.token_hash = $2`,
        values: [token.rowId, token.hash],
      });
      if (feed === undefined) return null;
      const view = await viewOf(session, people, feed.member_id, token.tenantId);
      const rows = await findOwn(session, view, clock());
      return calendar(
        rows.map((row) => (hasLeft(row, view) ? { ...row, status: "CANCELLED" } : row)),
        feed.sender_name,
      );
    });
  }
}

/** All that a person takes part in, as a coach, as a learner and as who pays. */
async function viewOf(
  session: Session,
  people: PeopleService,
  memberId: string,
  tenantId: string,
): Promise<SessionView> {
  const asClient = {
    kind: "MEMBER",
    role: "CLIENT",
    memberId,
    tenantId,
    authSessionId: "",
    expiresAt: new Date(0),
  } as const;
  const [{ coachId, clientId }, learnerIds] = await Promise.all([
    people.profilesOf(session, memberId),
    people.visibleLearnerIds(session, asClient),
  ]);
  return { kind: "MEMBER", coachId, clientId, learnerIds: learnerIds ?? [] };
}

/** For who has given up his place it is cancelled. */
function hasLeft(row: SessionRow, view: SessionView): boolean {
  const own = row.bookings.filter((booking) => isOwnBooking(view, booking));
  return own.length > 0 && own.every(({ status }) => status === "CANCELLED");
}

/** Cancelled ones stay a while, so that applications take them out. */
function findOwn(session: Session, view: SessionView, now: Date): Promise<SessionRow[]> {
  const values = new SqlValues();
  const from = values.add(new Date(now.getTime() - pastDays * dayMs));
  const to = values.add(new Date(now.getTime() + futureDays * dayMs));
  const text = `SELECT ${sessionColumns} FROM session s WHERE s.tenant_id = nexora_tenant()
    AND s.ends_at > ${from}::timestamptz AND s.starts_at < ${to}::timestamptz AND ${visibleSessions(view, values)}
    ORDER BY s.starts_at, s.id LIMIT ${mostSessions}`;
  return session.query<SessionRow>(named(text, values.list));
}

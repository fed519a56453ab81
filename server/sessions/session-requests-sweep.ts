import type { SlotRules } from "../calendar/slot-rules.ts";
import type { Database } from "../db/database.ts";
import { eachDue } from "../jobs/each-due.ts";
import { eachTenant } from "../jobs/each-tenant.ts";
import type { Sweep } from "../jobs/sweep.port.ts";
import type { JournalService, Transaction } from "../journal/journal.service.ts";
import { BookingRefusal } from "./booking-refusal.ts";
import { callCancel } from "./session-functions.ts";
import { recordSession, recordSettled } from "./session-journal.ts";
import type { SessionMails } from "./session-mails.ts";
import { openBookings, timeOf } from "./session-row.ts";
import { findSessions, rereadSession } from "./session-store.ts";
import { tryAgain } from "./try-again.ts";
import type { WaitingList } from "./waiting-list.ts";

export interface SessionRequestsOptions {
  readonly database: Database;
  readonly journal: JournalService;
  readonly mails: SessionMails;
  readonly rules: SlotRules;
  readonly waiting: WaitingList;
}

const actor = { type: "SYSTEM" } as const;

/** Ends sessions that nobody confirmed until they would have begun: credits go back, and those who asked are told. */
export class SessionRequestsSweep implements Sweep {
  readonly name = "session-requests";
  readonly everyMinutes = 1;
  readonly #options: SessionRequestsOptions;

  constructor(options: SessionRequestsOptions) {
    this.#options = options;
  }

  async runDue(at: Date): Promise<void> {
    const { database, journal } = this.#options;
    const tenants = await database.global((session) =>
      session.query<{ tenant_id: string }>({
        name: "session-requests-due",
        text: "SELECT session_requests_due AS tenant_id FROM session_requests_due($1)",
        values: [at],
      }),
    );
    const tenantIds = tenants.map(({ tenant_id }) => tenant_id);
    await eachTenant(tenantIds, async (tenantId, attempt) => {
      const scope = { tenantId, actor, requestId: this.name } as const;
      await eachDue(
        (most) => database.read(tenantId, (session) => findOverdue(session, at, most)),
        ({ id }) =>
          attempt(`session ${id}`, () =>
            tryAgain(() => journal.transaction(scope, (tx) => this.#expire(tx, id, at))).catch(unlessChanged),
          ),
      );
    });
  }

  async #expire(tx: Transaction, id: string, at: Date): Promise<void> {
    const { mails, rules, waiting } = this.#options;
    const [before] = await findSessions(tx, { kind: "TEAM" }, [id]);
    if (before?.status !== "PENDING" || before.startsAt > at) return;
    const open = openBookings(before);
    const settled = open.map((booking) => ({ id: booking.id, settle: "RETURN", status: null }) as const);
    await rules.lockCoaches(tx, [before.coachId]);
    const moves = await callCancel(tx, before, settled, { reason: null, at, actor });
    const row = await rereadSession(tx, id);
    recordSettled(tx, moves, row, "session not confirmed");
    recordSession(tx, "session.cancelled", row, { bookings: open, details: { isExpired: true } });
    const refunded = new Set(row.bookings.filter(({ payment }) => payment === "RETURNED").map((booking) => booking.id));
    await mails.cancelled(tx, row, before, open, { refunded, reason: null, by: "NOBODY" });
    await waiting.offer(tx, timeOf(before), at);
  }
}

function findOverdue(session: Pick<Transaction, "query">, at: Date, most: number): Promise<{ id: string }[]> {
  return session.query<{ id: string }>({
    name: "session-requests-overdue",
    text: `SELECT id FROM session WHERE tenant_id = nexora_tenant() AND status = 'PENDING' AND starts_at <= $1
      ORDER BY starts_at, id LIMIT $2`,
    values: [at, most],
  });
}

/** Somebody has confirmed or cancelled it a moment ago; what he left due is tried by the next run. */
function unlessChanged(error: unknown): void {
  if (!(error instanceof BookingRefusal) || error.code !== "CHANGED") throw error;
}

import type { Database } from "../db/database.ts";
import type { Sweep } from "../jobs/sweep.port.ts";
import type { JournalService, Transaction } from "../journal/journal.service.ts";
import { BookingRefusal } from "./booking-refusal.ts";
import { callCancel } from "./session-functions.ts";
import { recordSession, recordSettled } from "./session-journal.ts";
import type { SessionMails } from "./session-mails.ts";
import { openBookings } from "./session-row.ts";
import { findSessions, rereadSession } from "./session-store.ts";
import { tryAgain } from "./try-again.ts";
import type { WaitingList } from "./waiting-list.ts";

export interface SessionRequestsOptions {
  readonly database: Database;
  readonly journal: JournalService;
  readonly mails: SessionMails;
  readonly waiting: WaitingList;
}

const batch = 100;
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
    for (const { tenant_id: tenantId } of tenants) {
      const scope = { tenantId, actor, requestId: this.name } as const;
      const tried = new Set<string>();
      for (;;) {
        const found = await database.read(tenantId, (session) => findOverdue(session, at));
        const due = found.filter((id) => !tried.has(id));
        if (due.length === 0) break;
        for (const id of due) {
          tried.add(id); // once: what somebody changes just now is left for the next run
          await tryAgain(() => journal.transaction(scope, (tx) => this.#expire(tx, id, at))).catch(unlessChanged);
        }
      }
    }
  }

  async #expire(tx: Transaction, id: string, at: Date): Promise<void> {
    const { mails, waiting } = this.#options;
    const [before] = await findSessions(tx, { kind: "TEAM" }, [id]);
    if (before?.status !== "PENDING" || before.startsAt > at) return;
    const open = openBookings(before);
    const settled = open.map((booking) => ({ id: booking.id, settle: "RETURN", status: null }) as const);
    const moves = await callCancel(tx, before, settled, { reason: null, at, actor });
    const row = await rereadSession(tx, id);
    recordSettled(tx, moves, row, "session not confirmed");
    recordSession(tx, "session.cancelled", row, { bookings: open, details: { isExpired: true } });
    const refunded = new Set(row.bookings.filter(({ payment }) => payment === "RETURNED").map((booking) => booking.id));
    await mails.cancelled(tx, row, before, open, { refunded, reason: null, by: "NOBODY" });
    await waiting.offer(tx, id, at);
  }
}

async function findOverdue(session: Pick<Transaction, "query">, at: Date): Promise<string[]> {
  const rows = await session.query<{ id: string }>({
    name: "session-requests-overdue",
    text: `SELECT id FROM session WHERE tenant_id = nexora_tenant() AND status = 'PENDING' AND starts_at <= $1
      ORDER BY starts_at, id LIMIT ${batch}`,
    values: [at],
  });
  return rows.map(({ id }) => id);
}

/** Somebody has confirmed or cancelled it a moment ago. */
function unlessChanged(error: unknown): void {
  if (!(error instanceof BookingRefusal) || error.code !== "CHANGED") throw error;
}

import type { Database } from "../db/database.ts";
import type { Session } from "../db/session.ts";
import { eachDue } from "../jobs/each-due.ts";
import { eachTenant } from "../jobs/each-tenant.ts";
import type { Sweep } from "../jobs/sweep.port.ts";
import type { JournalService, Transaction } from "../journal/journal.service.ts";
import { callCharge } from "./session-functions.ts";
import { recordSession, recordSettled } from "./session-journal.ts";
import { chargedUntil } from "./session-plan.ts";
import { openBookings } from "./session-row.ts";
import { findSessions, rereadSession } from "./session-store.ts";
import { untilSettled } from "./try-again.ts";

const actor = { type: "SYSTEM" } as const;

/** Uses up what is held for sessions that were confirmed, are over, and that nobody reported on: they aren't given away. */
export class SessionChargesSweep implements Sweep {
  readonly name = "session-charges";
  readonly everyMinutes = 15;
  readonly #database: Database;
  readonly #journal: JournalService;

  constructor(database: Database, journal: JournalService) {
    this.#database = database;
    this.#journal = journal;
  }

  async runDue(at: Date): Promise<void> {
    const until = chargedUntil(at);
    const tenants = await this.#database.global((session) =>
      session.query<{ tenant_id: string }>({
        name: "session-charges-due",
        text: "SELECT session_charges_due AS tenant_id FROM session_charges_due($1)",
        values: [until],
      }),
    );
    const tenantIds = tenants.map(({ tenant_id }) => tenant_id);
    await eachTenant(tenantIds, async (tenantId, attempt) => {
      const scope = { tenantId, actor, requestId: this.name } as const;
      await eachDue(
        (most) => this.#database.read(tenantId, (session) => findUnreported(session, until, most)),
        ({ id }) =>
          attempt(`session ${id}`, () =>
            untilSettled(() => this.#journal.transaction(scope, (tx) => charge(tx, id, until, at))),
          ),
      );
    });
  }
}

async function charge(tx: Transaction, id: string, until: Date, at: Date): Promise<void> {
  const [before] = await findSessions(tx, { kind: "TEAM" }, [id]);
  if (before?.status !== "CONFIRMED" || before.endsAt > until) return;
  const held = openBookings(before).filter(({ payment }) => payment === "HELD");
  if (held.length === 0) return;
  const moves = await callCharge(tx, before, at, actor);
  const row = await rereadSession(tx, id);
  recordSettled(tx, moves, row, "nobody reported on the session");
  recordSession(tx, "session.charged", row, { bookings: held });
}

function findUnreported(session: Session, until: Date, most: number): Promise<{ id: string }[]> {
  return session.query<{ id: string }>({
    name: "session-charges-unreported",
    text: `SELECT s.id FROM session s WHERE s.tenant_id = nexora_tenant() AND s.status = 'CONFIRMED' AND s.ends_at <= $1
      AND s.id = ANY (ARRAY(SELECT b.session_id FROM booking b WHERE b.tenant_id = nexora_tenant() AND b.payment = 'HELD'))
      ORDER BY s.ends_at, s.id LIMIT $2`,
    values: [until, most],
  });
}

import { zoneShiftMs } from "../calendar/zone-shift.ts";
import type { Database } from "../db/database.ts";
import { eachTenant } from "../jobs/each-tenant.ts";
import type { Sweep } from "../jobs/sweep.port.ts";
import type { JournalService, Transaction } from "../journal/journal.service.ts";
import type { Log } from "../log.ts";

export interface ZoneSweepOptions {
  readonly database: Database;
  readonly journal: JournalService;
  readonly log: Log;
  /** Version of the zones' rules that this process goes by: `process.versions.tz`. */
  readonly zoneData: string;
}

const minuteMs = 60_000;

/**
 * Finds what new rules of a zone move: a session keeps its instant, so its clocks show another time than the one that was
 * agreed. Once for each version of the rules and tenant, it says so in the journal; whoever agreed decides.
 */
export class ZoneSweep implements Sweep {
  readonly name = "zones";
  readonly everyMinutes = 60;
  readonly #options: ZoneSweepOptions;

  constructor(options: ZoneSweepOptions) {
    this.#options = options;
  }

  async runDue(at: Date): Promise<void> {
    const { database, journal, log, zoneData } = this.#options;
    const tenants = await database.global((session) =>
      session.query<{ tenant_id: string }>({
        name: "zone-checks-due",
        text: "SELECT zone_checks_due AS tenant_id FROM zone_checks_due($1, $2)",
        values: [zoneData, at],
      }),
    );
    const tenantIds = tenants.map(({ tenant_id }) => tenant_id);
    await eachTenant(tenantIds, async (tenantId) => {
      const scope = { tenantId, actor: { type: "SYSTEM" }, requestId: this.name } as const;
      const { result: shifted } = await journal.transaction(scope, (tx) => this.#compare(tx, at));
      if (shifted > 0)
        log.warn({ tenantId, zoneData, shifted }, "new rules of zones move what clocks show of sessions");
    });
  }

  async #compare(tx: Transaction, at: Date): Promise<number> {
    const { zoneData } = this.#options;
    const rows = await tx.query<{ id: string; starts_at: Date; time_zone: string; local_start: string }>({
      name: "zone-sessions-ahead",
      text: `SELECT id, starts_at, time_zone, local_start FROM session
        WHERE tenant_id = nexora_tenant() AND starts_at > $1 AND status IN ('PENDING', 'CONFIRMED') ORDER BY starts_at, id`,
      values: [at],
    });
    const shifts = rows
      .map((row) => ({ ...row, shiftMin: zoneShiftMs(row.time_zone, row.starts_at, row.local_start) / minuteMs }))
      .filter(({ shiftMin }) => shiftMin !== 0);
    const taken = await tx.query({
      name: "zone-check",
      text: `INSERT INTO zone_check (tenant_id, zone_data, checked_at, shifted) VALUES (nexora_tenant(), $1, $2, $3)
        ON CONFLICT DO NOTHING RETURNING 1`,
      values: [zoneData, at, shifts.length],
    });
    if (taken.length === 0) return 0; // another process was faster
    for (const { id, starts_at: startsAt, time_zone: timeZone, local_start: localStart, shiftMin } of shifts) {
      tx.record({
        type: "session.zone_shifted",
        subjectType: "Session",
        subjectId: id,
        data: { startsAt, timeZone, localStart, shiftMin, zoneData },
      });
    }
    return shifts.length;
  }
}

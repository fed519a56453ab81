import type { Database } from "../db/database.ts";
import type { JournalService, Transaction } from "../journal/journal.service.ts";
import { loadTenantSettings } from "../operations/tenant-settings.ts";
import { eachTenant } from "./each-tenant.ts";
import { type LocalRule, nextOccurrence } from "./local-rule.ts";
import type { Sweep } from "./sweep.port.ts";

/** What happens for each tenant at an instant of its own local time. */
export interface TenantSchedule {
  /** One of its own: `monthly-report`. It is kept in the database. */
  readonly name: string;
  readonly rule: LocalRule;
  /**
   * Runs in one transaction with the move to the next occurrence, so each is run once. An occurrence that was missed is run
   * late, once; of several only the last.
   */
  run(tx: Transaction, occurrence: Date): Promise<void>;
}

/** Schedules in the tenants' own time zones, reckoned in Node, whose zones are newer than the database's. */
export class TenantSchedules implements Sweep {
  readonly name = "tenant-schedules";
  readonly everyMinutes = 1;
  readonly #database: Database;
  readonly #journal: JournalService;
  readonly #schedules = new Map<string, TenantSchedule>();

  constructor(database: Database, journal: JournalService) {
    this.#database = database;
    this.#journal = journal;
  }

  register(...schedules: readonly TenantSchedule[]): void {
    for (const schedule of schedules) {
      if (this.#schedules.has(schedule.name)) throw new Error(`two schedules are named ${schedule.name}`);
      this.#schedules.set(schedule.name, schedule);
    }
  }

  async runDue(at: Date): Promise<void> {
    if (this.#schedules.size === 0) return;
    const due = await this.#database.global((session) =>
      session.query<{ tenant_id: string; name: string }>({
        name: "schedules-due",
        text: "SELECT tenant_id, name FROM schedules_due($1, $2)",
        values: [[...this.#schedules.keys()], at],
      }),
    );
    const namesByTenant = Map.groupBy(due, (each) => each.tenant_id);
    await eachTenant(namesByTenant.keys(), async (tenantId, attempt) => {
      for (const { name } of namesByTenant.get(tenantId) ?? []) {
        const schedule = this.#schedules.get(name);
        if (schedule === undefined) continue;
        const scope = { tenantId, actor: { type: "SYSTEM" }, requestId: `schedule:${name}` } as const;
        await attempt(name, () => this.#journal.transaction(scope, (tx) => this.#advance(tx, schedule, at)));
      }
    });
  }

  /** A schedule that the tenant didn't have yet, or had in another zone, begins with its next occurrence. */
  async #advance(tx: Transaction, schedule: TenantSchedule, at: Date): Promise<void> {
    const { name, rule } = schedule;
    const { timeZone } = await loadTenantSettings(tx);
    const [row] = await tx.query<{ next_at: Date; time_zone: string }>({
      name: "tenant-schedule",
      text: "SELECT next_at, time_zone FROM tenant_schedule WHERE tenant_id = $1 AND name = $2 FOR UPDATE SKIP LOCKED",
      values: [tx.tenantId, name],
    });
    const isDue = row !== undefined && row.time_zone === timeZone && row.next_at <= at;
    if (row !== undefined && row.time_zone === timeZone && !isDue) return; // another process was faster
    const next = nextOccurrence(rule, timeZone, at);
    const moved = await tx.query({
      name: "move-tenant-schedule",
      text: `INSERT INTO tenant_schedule AS s (tenant_id, name, time_zone, next_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (tenant_id, name) DO UPDATE SET time_zone = excluded.time_zone, next_at = excluded.next_at
             WHERE s.next_at = $5::timestamptz AND s.time_zone = $6 RETURNING name`,
      values: [tx.tenantId, name, timeZone, next, row?.next_at ?? null, row?.time_zone ?? null],
    });
    if (isDue && moved.length > 0) await schedule.run(tx, row.next_at);
  }
}

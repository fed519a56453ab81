import { Temporal } from "temporal-polyfill";
import { readCreditMonths } from "../credits/ledger-month.ts";
import type { Database } from "../db/database.ts";
import type { Session } from "../db/session.ts";
import type { Sweep } from "../jobs/sweep.port.ts";
import type { JournalService, Transaction } from "../journal/journal.service.ts";
import type { MailOutbox } from "../mail/mail-outbox.ts";
import { loadTenantSettings } from "../operations/tenant-settings.ts";
import type { ClientRow, PeopleService } from "../people/people.service.ts";
import { readLearnerMonths, readUpcoming } from "./month-of-sessions.ts";
import { type MonthFigures, tellMonth } from "./tell-month.ts";

export interface MonthlyReportsOptions {
  readonly database: Database;
  readonly journal: JournalService;
  readonly people: PeopleService;
  readonly outbox: Pick<MailOutbox, "queue">;
  /** Clients of one transaction. */
  readonly batch?: number;
}

interface Month {
  /** `2026-11` */
  readonly month: string;
  readonly starts_at: Date;
  readonly ends_at: Date;
  readonly last_client_id: string | null;
}

const actor = { type: "SYSTEM" } as const;

/**
 * Tells clients by mail what their month was. On the first day of the next one, in the tenant's time, the schedule writes down
 * that the month is to be told of; the sweep then goes through the clients, and remembers how far it came in the transaction
 * that queues their mails. The mail's cause is the client and the month, so nobody is told twice whatever happens in between.
 */
export class MonthlyReports implements Sweep {
  readonly name = "monthly-report";
  readonly everyMinutes = 1;
  readonly rule = { every: "MONTH", at: "08:00", day: 1 } as const;
  readonly #options: MonthlyReportsOptions;

  constructor(options: MonthlyReportsOptions) {
    this.#options = options;
  }

  /** By the schedule: the month before an occurrence is to be told of. */
  async run(tx: Transaction, occurrence: Date): Promise<void> {
    const { timeZone } = await loadTenantSettings(tx);
    const { month, from, to } = monthBefore(occurrence, timeZone);
    await tx.query({
      name: "monthly-report-new",
      text: `INSERT INTO monthly_report (tenant_id, month, starts_at, ends_at) VALUES (nexora_tenant(), $1, $2, $3)
        ON CONFLICT DO NOTHING`,
      values: [month, from, to],
    });
  }

  async runDue(at: Date): Promise<void> {
    const { database, journal } = this.#options;
    const tenants = await database.global((session) =>
      session.query<{ tenant_id: string }>({
        name: "monthly-reports-due",
        text: "SELECT monthly_reports_due AS tenant_id FROM monthly_reports_due()",
        values: [],
      }),
    );
    for (const { tenant_id: tenantId } of tenants) {
      const scope = { tenantId, actor, requestId: this.name } as const;
      while ((await journal.transaction(scope, (tx) => this.#tellSome(tx, at))).result) {
        // the next clients
      }
    }
  }

  /** False when nobody is left, or another process is at it. */
  async #tellSome(tx: Transaction, at: Date): Promise<boolean> {
    const { people, batch = 100 } = this.#options;
    const [month] = await tx.query<Month & Record<string, unknown>>({
      name: "monthly-report-next",
      text: `SELECT month, starts_at, ends_at, last_client_id FROM monthly_report
        WHERE tenant_id = nexora_tenant() AND finished_at IS NULL ORDER BY month LIMIT 1 FOR UPDATE SKIP LOCKED`,
      values: [],
    });
    if (month === undefined) return false;
    const clients = await people.clientsAfter(tx, month.last_client_id, batch);
    if (clients.length > 0) await this.#tell(tx, month, clients, at);
    await tx.query({
      name: "monthly-report-progress",
      text: `UPDATE monthly_report SET last_client_id = coalesce($2, last_client_id), finished_at = $3
        WHERE tenant_id = nexora_tenant() AND month = $1`,
      values: [month.month, clients.at(-1)?.id ?? null, clients.length < batch ? at : null],
    });
    return true;
  }

  async #tell(tx: Transaction, month: Month, clients: readonly ClientRow[], at: Date): Promise<void> {
    const figures = await this.#read(tx, month, clients, at);
    for (const client of clients) {
      const data = tellMonth(client, month.month, figures);
      if (data === null) continue;
      await this.#options.outbox.queue(tx, {
        kind: "MONTHLY_REPORT",
        cause: `monthly-report:${month.month}:${client.id}`,
        to: client.email,
        toName: client.name,
        locale: client.locale,
        timeZone: client.time_zone,
        data,
      });
    }
  }

  async #read(session: Session, month: Month, clients: readonly ClientRow[], now: Date): Promise<MonthFigures> {
    const { people } = this.#options;
    const clientIds = clients.map(({ id }) => id);
    const range = { from: month.starts_at, to: month.ends_at };
    const [credits, months, upcoming] = await Promise.all([
      readCreditMonths(session, { clientIds, ...range, now }),
      readLearnerMonths(session, { clientIds, ...range }),
      readUpcoming(session, clientIds, now),
    ]);
    const learnerIds = [...new Set([...months, ...upcoming].map(({ learnerId }) => learnerId))];
    const coachIds = [...new Set(upcoming.map(({ coachId }) => coachId))];
    const [progress, learners, coaches] = await Promise.all([
      people.monthProgress(session, { learnerIds, ...range }),
      people.learners(session, learnerIds),
      people.coaches(session, coachIds),
    ]);
    const learnerNames = new Map(learners.map(({ id, name }) => [id, name]));
    const coachNames = new Map(coaches.map(({ id, pseudonym }) => [id, pseudonym]));
    return { credits, months, upcoming, progress, learnerNames, coachNames };
  }
}

/** The calendar month before the one of an instant, in a zone: `2026-11` from its first midnight to the next one's. */
export function monthBefore(instant: Date, timeZone: string): { month: string; from: Date; to: Date } {
  const today = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
  const month = today.toPlainYearMonth().subtract({ months: 1 });
  const start = (each: Temporal.PlainYearMonth) =>
    new Date(each.toPlainDate({ day: 1 }).toZonedDateTime({ timeZone }).epochMilliseconds);
  return { month: month.toString(), from: start(month), to: start(month.add({ months: 1 })) };
}

import { Temporal } from "temporal-polyfill";
import { readCreditMonths } from "../credits/ledger-month.ts";
import type { Database } from "../db/database.ts";
import type { Session } from "../db/session.ts";
import { type Attempt, eachTenant } from "../jobs/each-tenant.ts";
import type { Sweep } from "../jobs/sweep.port.ts";
import type { JournalService, Scope, Transaction } from "../journal/journal.service.ts";
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
  /** Of those up to the last one, who couldn't be told yet. */
  readonly failed_client_ids: readonly string[];
}

interface Run {
  readonly scope: Scope;
  readonly month: string;
  readonly at: Date;
  readonly attempt: Attempt;
}

const monthColumns = "month, starts_at, ends_at, last_client_id, failed_client_ids";

const actor = { type: "SYSTEM" } as const;

/**
 * Tells clients by mail what their month was. On the first day of the next one, in the tenant's time, the schedule writes down
 * that the month is to be told of; the sweep then goes through the clients, and remembers how far it came in the transaction
 * that queues their mails. The mail's cause is the client and the month, so nobody is told twice whatever happens in between.
 * Who can't be told is tried again by each run, and then the month is done.
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
    const tenantIds = tenants.map(({ tenant_id }) => tenant_id);
    await eachTenant(tenantIds, async (tenantId, attempt) => {
      const scope = { tenantId, actor, requestId: this.name } as const;
      const months = await database.read(tenantId, (session) => readUnfinished(session));
      for (const month of months) {
        const run = { scope, month: month.month, at, attempt };
        await this.#tellEach(run, month.failed_client_ids);
        try {
          while ((await journal.transaction(scope, (tx) => this.#tellSome(tx, run))).result) {
            // the next clients
          }
        } catch {
          await this.#tellOneByOne(run);
        }
      }
    });
  }

  /** False when nobody is left, or another process is at it. */
  async #tellSome(tx: Transaction, { month: name, at }: Run): Promise<boolean> {
    const { people, batch = 100 } = this.#options;
    const [month] = await tx.query<Month & Record<string, unknown>>({
      name: "monthly-report-next",
      text: `SELECT ${monthColumns} FROM monthly_report
        WHERE tenant_id = nexora_tenant() AND month = $1 AND finished_at IS NULL FOR UPDATE SKIP LOCKED`,
      values: [name],
    });
    if (month === undefined) return false;
    const clients = await people.clientsAfter(tx, month.last_client_id, batch);
    if (clients.length > 0) await this.#tell(tx, month, clients, at);
    await moveOn(tx, month, { clients, isLast: clients.length < batch, at });
    return clients.length === batch;
  }

  /** What fails for one client fails for all of a batch. Who can't be told is remembered, and the others aren't kept waiting. */
  async #tellOneByOne(run: Run): Promise<void> {
    const { database, journal, people, batch = 100 } = this.#options;
    const { scope, at } = run;
    for (let isLast = false; !isLast;) {
      const found = await database.read(scope.tenantId, async (session) => {
        const month = (await readUnfinished(session)).find((each) => each.month === run.month);
        return month && { month, clients: await people.clientsAfter(session, month.last_client_id, batch) };
      });
      if (found === undefined) return; // another process was faster
      const { month, clients } = found;
      isLast = clients.length < batch;
      const failed: string[] = [];
      for (const client of clients) {
        if (!(await this.#tellOne(run, month, client))) failed.push(client.id);
      }
      await journal.transaction(scope, (tx) => moveOn(tx, month, { clients, failed, isLast, at }));
    }
  }

  /** Those who couldn't be told before. */
  async #tellEach(run: Run, clientIds: readonly string[]): Promise<void> {
    const { database, journal, people } = this.#options;
    const { scope } = run;
    if (clientIds.length === 0) return;
    const found = await database.read(scope.tenantId, async (session) => ({
      month: (await readUnfinished(session)).find((each) => each.month === run.month),
      clients: await people.clients(session, clientIds),
    }));
    if (found.month === undefined) return;
    const left = new Set<string>();
    for (const client of found.clients) {
      if (!(await this.#tellOne(run, found.month, client))) left.add(client.id);
    }
    const told = clientIds.filter((id) => !left.has(id)); // or erased
    await journal.transaction(scope, (tx) =>
      tx.query({
        name: "monthly-report-told",
        text: `UPDATE monthly_report SET failed_client_ids = ARRAY(SELECT unnest(failed_client_ids) EXCEPT SELECT unnest($2::uuid[]))
          WHERE tenant_id = nexora_tenant() AND month = $1`,
        values: [run.month, told],
      }),
    );
  }

  #tellOne({ scope, at, attempt }: Run, month: Month, client: ClientRow): Promise<boolean> {
    const { journal } = this.#options;
    return attempt(`${month.month}, client ${client.id}`, () =>
      journal.transaction(scope, (tx) => this.#tell(tx, month, [client], at)),
    );
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

function readUnfinished(session: Session): Promise<Month[]> {
  return session.query<Month & Record<string, unknown>>({
    name: "monthly-reports-unfinished",
    text: `SELECT ${monthColumns} FROM monthly_report WHERE tenant_id = nexora_tenant() AND finished_at IS NULL ORDER BY month`,
    values: [],
  });
}

interface Progress {
  readonly clients: readonly ClientRow[];
  readonly failed?: readonly string[];
  readonly isLast: boolean;
  readonly at: Date;
}

/** Unless another process did: it has told the same clients, and remembers itself who couldn't be. */
async function moveOn(tx: Session, month: Month, { clients, failed = [], isLast, at }: Progress): Promise<void> {
  await tx.query({
    name: "monthly-report-progress",
    text: `UPDATE monthly_report SET last_client_id = coalesce($3, last_client_id), failed_client_ids = failed_client_ids || $4::uuid[],
        finished_at = CASE WHEN $5 AND cardinality(failed_client_ids || $4::uuid[]) = 0 THEN $6::timestamptz END
      WHERE tenant_id = nexora_tenant() AND month = $1 AND last_client_id IS NOT DISTINCT FROM $2`,
    values: [month.month, month.last_client_id, clients.at(-1)?.id ?? null, failed, isLast, at],
  });
}

/** The calendar month before the one of an instant, in a zone: `2026-11` from its first midnight to the next one's. */
export function monthBefore(instant: Date, timeZone: string): { month: string; from: Date; to: Date } {
  const today = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
  const month = today.toPlainYearMonth().subtract({ months: 1 });
  const start = (each: Temporal.PlainYearMonth) =>
    new Date(each.toPlainDate({ day: 1 }).toZonedDateTime({ timeZone }).epochMilliseconds);
  return { month: month.toString(), from: start(month), to: start(month.add({ months: 1 })) };
}

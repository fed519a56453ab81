import { systemClock } from "../server/clock.ts";
import { Jobs } from "../server/jobs/jobs.ts";
import { MailOutbox } from "../server/mail/mail-outbox.ts";
import { toUuid } from "../server/operations/ids.ts";
import type { TestApp, TestTenant } from "./app.ts";
import { openDatabase } from "./tenant-rows.ts";

interface QueuedMail {
  readonly cause: string;
  /** By default at once. */
  readonly dueAt?: Date;
  readonly tenant?: TestTenant;
}

/** Queues a mail to Amina, as a domain would in the transaction of what causes it. */
export async function queueMail(app: TestApp, { cause, dueAt, tenant = app.tenant }: QueuedMail): Promise<void> {
  await using database = openDatabase(app.database.appUrl, 1);
  const outbox = new MailOutbox(new Jobs(), systemClock);
  const to = { to: "amina@example.com", toName: "Amina", locale: "en", timeZone: "Africa/Tunis" };
  await database.transaction(toUuid("Tenant", tenant.tenantId) ?? "", (tx) =>
    outbox.queue(tx, { kind: "WELCOME", cause, ...to, data: { name: "Amina" }, dueAt: dueAt ?? new Date(0) }),
  );
}

/** As if a mail server had refused it. */
export async function failMail(app: TestApp, id: string): Promise<void> {
  await using database = openDatabase(app.database.appUrl, 1);
  await database.transaction(toUuid("Tenant", app.tenant.tenantId) ?? "", (tx) =>
    tx.query({
      text: "UPDATE mail SET state = 'FAILED', next_attempt_at = NULL, last_error = 'refused' WHERE id = $1",
      values: [toUuid("Mail", id)],
    }),
  );
}

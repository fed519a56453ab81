import type { Transaction } from "../journal/journal.service.ts";
import { toId } from "../operations/ids.ts";

/** A client as it is to be written: checked. */
export interface NewClient {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string | null;
  readonly timeZone: string;
  readonly locale: string;
}

/** A learner as it is to be written: checked. */
export interface NewLearner {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly grade: string | null;
  readonly goals: readonly string[];
  readonly subjects: readonly string[];
  readonly timeZone: string;
  readonly locale: string;
}

export async function insertClient(transaction: Transaction, client: NewClient, now: Date): Promise<void> {
  const { id, name, email, phone, timeZone, locale } = client;
  await transaction.query({
    name: "client-insert",
    text: `INSERT INTO client (tenant_id, id, name, email, phone, time_zone, locale, created_at, updated_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)`,
    values: [transaction.tenantId, id, name, email, phone, timeZone, locale, now],
  });
  transaction.record({
    type: "client.created",
    subjectType: "Client",
    subjectId: id,
    data: { timeZone, locale },
    personal: { name, email, phone },
  });
}

/** Writes a learner, and who pays. */
export async function insertLearner(
  transaction: Transaction,
  learner: NewLearner,
  { clientId, now }: { readonly clientId: string; readonly now: Date },
): Promise<void> {
  const { id, name, email, grade, goals, subjects, timeZone, locale } = learner;
  await transaction.query({
    name: "learner-insert",
    text: `INSERT INTO learner (tenant_id, id, name, email, grade, goals, subjects, time_zone, locale, created_at, updated_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)`,
    values: [transaction.tenantId, id, name, email, grade, goals, subjects, timeZone, locale, now],
  });
  await transaction.query({
    name: "learner-first-client",
    text: `INSERT INTO client_learner (tenant_id, client_id, learner_id, is_primary, created_at) VALUES ($1, $2, $3, true, $4)`,
    values: [transaction.tenantId, clientId, id, now],
  });
  transaction.record({
    type: "learner.created",
    subjectType: "Learner",
    subjectId: id,
    data: { clientId: toId("Client", clientId), timeZone, locale },
    personal: { name, email, grade, goals, subjects },
  });
}

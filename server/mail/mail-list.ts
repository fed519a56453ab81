import { filterClock } from "../operations/filter-clock.ts";
import type { MailFilter } from "../../schema/mail-inputs.ts";
import { type Mail, MailKind, MailState } from "../../schema/mail.ts";
import type { Session } from "../db/session.ts";
import type { FilterFields } from "../operations/filter-fields.ts";
import { type CompiledFilter, compileFilter } from "../operations/filter.ts";
import { toId } from "../operations/ids.ts";
import type { List } from "../operations/paginate.ts";

/** A row of mail, without what it says. */
export interface MailRow {
  readonly id: string;
  readonly kind: MailKind;
  readonly cause: string;
  readonly recipient: string;
  readonly recipient_name: string | null;
  readonly locale: string;
  readonly time_zone: string;
  readonly state: MailState;
  readonly due_at: Date;
  readonly next_attempt_at: Date | null;
  readonly attempts: number;
  readonly last_error: string | null;
  readonly sent_at: Date | null;
  readonly message_id: string | null;
  readonly created_at: Date;
}

export const mailColumns = [
  ...["id", "kind", "cause", "recipient", "recipient_name", "locale", "time_zone", "state", "due_at"],
  ...["next_attempt_at", "attempts", "last_error", "sent_at", "message_id", "created_at"],
]
  .map((column) => `m.${column}`)
  .join(", ");

/** What mails can be filtered by. Each has an index that ends in the list's order. */
const filterFields = {
  state: { kind: "enum", column: "m.state", values: Object.keys(MailState) },
  kind: { kind: "enum", column: "m.kind", values: Object.keys(MailKind) },
  to: { kind: "text", column: "m.recipient", normalize: (text: string) => text.trim().toLowerCase() },
  createdAt: { kind: "instant", column: "m.created_at" },
} as const satisfies FilterFields;

export async function compileMailFilter(
  session: Session,
  filter: MailFilter | null | undefined,
  now: Date,
): Promise<CompiledFilter> {
  const clock = await filterClock(session, { now }, filter);
  return compileFilter(filter, filterFields, clock, "m.tenant_id = nexora_tenant()");
}

/** A tenant's mails under a filter, newest first. */
export function listMails(filter: CompiledFilter): List<MailRow, Mail> {
  return {
    name: "mails",
    fingerprint: filter.fingerprint,
    columns: mailColumns,
    from: "mail m",
    where: filter.where,
    values: filter.values,
    id: "m.id",
    order: [{ column: "m.created_at", type: "timestamptz", isNullable: false, direction: "DESC", nulls: "LAST" }],
    keysOf: (row) => [row.created_at.toISOString(), row.id],
    toItem: toMail,
  };
}

export function toMail(row: MailRow): Mail {
  return {
    __typename: "Mail",
    id: toId("Mail", row.id),
    kind: row.kind,
    cause: row.cause,
    to: row.recipient,
    toName: row.recipient_name,
    locale: row.locale,
    timeZone: row.time_zone,
    state: row.state,
    dueAt: row.due_at,
    nextAttemptAt: row.next_attempt_at,
    attempts: row.attempts,
    lastError: row.last_error,
    sentAt: row.sent_at,
    messageId: row.message_id,
    createdAt: row.created_at,
  };
}

import type { Clock } from "../clock.ts";
import type { Session } from "../db/session.ts";
import type { Jobs } from "../jobs/jobs.ts";
import { mailJob } from "./mail-job.ts";
import { type MailData, mailData, type MailKind } from "./mail-kinds.ts";

/** A mail of one kind, with what that kind tells. */
export type NewMail = {
  [Kind in MailKind]: {
    readonly kind: Kind;
    /**
     * What the mail tells of, in the caller's words: `booking:<uuid>:confirmed`. A tenant has one mail for each cause, so
     * a second one is dropped; an event that can happen again needs something of its own in it (a version, an instant).
     */
    readonly cause: string;
    readonly to: string;
    readonly toName?: string | undefined;
    /** `fr`, `en-GB` … French and English are spoken; anything else reads English. */
    readonly locale: string;
    /** The recipient's. */
    readonly timeZone: string;
    readonly data: MailData<Kind>;
    readonly attachments?: readonly MailAttachment[];
    /** When it is to be sent; by default now. */
    readonly dueAt?: Date;
  };
}[MailKind];

export interface MailAttachment {
  /** `session.ics` */
  readonly filename: string;
  /** `text/calendar; method=REQUEST; charset=utf-8` */
  readonly contentType: string;
  readonly text: string;
}

/** The outbox: mail is queued, moved and cancelled in the transaction of what it tells of. */
export class MailOutbox {
  readonly #jobs: Jobs;
  readonly #clock: Clock;

  constructor(jobs: Jobs, clock: Clock) {
    this.#jobs = jobs;
    this.#clock = clock;
  }

  /** Whether it was queued; false when there is a mail for this cause already, or nobody any more who could read it. */
  async queue(tx: Session, mail: NewMail): Promise<boolean> {
    if (mail.to.endsWith("@erased.invalid")) return false;
    const data = mailData[mail.kind].parse(mail.data);
    const [row] = await tx.query<{ id: string }>({
      name: "queue-mail",
      text: `INSERT INTO mail (tenant_id, kind, cause, recipient, recipient_name, locale, time_zone, data, attachments, due_at, next_attempt_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)
             ON CONFLICT (tenant_id, cause) DO NOTHING RETURNING id`,
      values: [
        tx.tenantId,
        mail.kind,
        mail.cause,
        mail.to,
        mail.toName ?? null,
        mail.locale,
        mail.timeZone,
        JSON.stringify(data),
        JSON.stringify(mail.attachments ?? []),
        mail.dueAt ?? this.#clock(),
      ],
    });
    if (row === undefined) return false;
    await this.#enqueue(tx, row.id, mail.dueAt);
    return true;
  }

  /** To another instant, and with other data if they are given. False when it was sent already, or cancelled. */
  async move(tx: Session, cause: string, dueAt: Date, change: Partial<MailChange> = {}): Promise<boolean> {
    const [row] = await tx.query<{ id: string }>({
      name: "move-mail",
      text: `UPDATE mail SET due_at = $3, next_attempt_at = $3, data = data || $4::jsonb, attachments = coalesce($5, attachments),
               version = version + 1, updated_at = $6
             WHERE tenant_id = $1 AND cause = $2 AND state = 'QUEUED' RETURNING id`,
      values: [
        tx.tenantId,
        cause,
        dueAt,
        JSON.stringify(change.data ?? {}),
        change.attachments === undefined ? null : JSON.stringify(change.attachments),
        this.#clock(),
      ],
    });
    if (row === undefined) return false;
    await this.#enqueue(tx, row.id, dueAt);
    return true;
  }

  /** False when it is too late: the mail was sent, or is just being sent. */
  async cancel(tx: Session, cause: string): Promise<boolean> {
    const rows = await tx.query({
      name: "cancel-mail",
      text: `UPDATE mail SET state = 'CANCELLED', next_attempt_at = NULL, version = version + 1, updated_at = $3
             WHERE tenant_id = $1 AND cause = $2 AND state = 'QUEUED' RETURNING id`,
      values: [tx.tenantId, cause, this.#clock()],
    });
    return rows.length > 0;
  }

  /** Removes what was or will be mailed to somebody, or told of something: causes by their first two parts. */
  async forget(
    tx: Session,
    { recipients, causes }: { readonly recipients: readonly string[]; readonly causes: readonly string[] },
  ): Promise<void> {
    await tx.query({
      name: "forget-mails-of",
      text: `DELETE FROM mail WHERE tenant_id = $1
             AND (recipient = ANY ($2) OR split_part(cause, ':', 1) || ':' || split_part(cause, ':', 2) = ANY ($3))`,
      values: [tx.tenantId, recipients, causes],
    });
  }

  /** The job of an earlier instant stays: it finds nothing that is due. */
  async #enqueue(tx: Session, mailId: string, dueAt: Date | undefined): Promise<void> {
    await this.#jobs.enqueue(tx, mailJob, { mailId }, dueAt === undefined ? {} : { startAfter: dueAt });
  }
}

interface MailChange {
  /** Fields of the mail's data that are told otherwise now. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly attachments: readonly MailAttachment[];
}

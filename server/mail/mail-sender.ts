import type { Clock } from "../clock.ts";
import type { Database } from "../db/database.ts";
import type { Jobs } from "../jobs/jobs.ts";
import type { Sweep } from "../jobs/sweep.port.ts";
import type { JournalService, Transaction } from "../journal/journal.service.ts";
import type { Log } from "../log.ts";
import { composeMessage } from "./compose-message.ts";
import { mailJob } from "./mail-job.ts";
import { endFields, secretFields } from "./mail-kinds.ts";
import type { ClaimedMail } from "./mail-row.ts";
import { claimMail, endAttempt, endLostMail, findDueMail, type MailEnding, tenantsWithDueMail } from "./mail-store.ts";
import type { MailTransport, MailVerdict } from "./mail-transport.port.ts";

export interface MailSenderOptions {
  readonly database: Database;
  readonly journal: JournalService;
  readonly jobs: Jobs;
  readonly transport: MailTransport;
  /** The address of mail whose tenant has none of its own. */
  readonly sender: string;
  readonly clock: Clock;
  readonly log: Log;
}

const minuteMs = 60_000;
/** Waits after each attempt; after the last one the mail has failed. */
const retryDelaysMs = [1, 5, 30, 120, 360, 720].map((minutes) => minutes * minuteMs);
const tenantsAtOnce = 4;
const mailsOfATenant = 20;
const lostReason = "The server ended while it was sending. Whether the mail went out is unknown.";

/**
 * Sends the outbox. For one cause a mail is handed over once: it is claimed before, and what came of it is written after. When
 * that can't be known it is UNKNOWN, which people see and decide about; nobody sends it again by itself (decision 0019).
 */
export class MailSender implements Sweep {
  readonly name = "mail";
  readonly everyMinutes = 1;
  readonly #options: MailSenderOptions;

  constructor(options: MailSenderOptions) {
    this.#options = options;
  }

  /** Sends one mail, if it is due. */
  async send(tenantId: string, id: string): Promise<void> {
    const { database, journal, clock, sender, log } = this.#options;
    const at = clock();
    const mail = await claimMail(database, tenantId, { id, at, domain: sender.slice(sender.lastIndexOf("@") + 1) });
    if (mail === undefined) return;
    const ending = endingOf(mail, await this.#handOver(mail, at), at);
    const scope = { tenantId, actor: { type: "SYSTEM" }, requestId: `mail:${id}` } as const;
    await journal.transaction(scope, async (tx) => {
      if (!(await endAttempt(tx, mail, ending, at))) return;
      if (ending.state === "QUEUED") {
        await this.#options.jobs.enqueue(tx, mailJob, { mailId: id }, { startAfter: ending.nextAttemptAt });
      } else {
        record(tx, mail, ending.state);
      }
    });
    if (ending.state !== "SENT") log.warn({ mail: id, tenantId, ...ending }, "a mail wasn't sent");
  }

  /** All that is due, a few of each tenant at a time. */
  async runDue(at: Date): Promise<void> {
    const { database } = this.#options;
    for (let hasMore = true; hasMore;) {
      hasMore = false;
      const tenants = await tenantsWithDueMail(database, at);
      while (tenants.length > 0) {
        const some = tenants.splice(0, tenantsAtOnce);
        const counts = await Promise.all(some.map((tenantId) => this.#sendSome(tenantId, at)));
        if (counts.some((count) => count === mailsOfATenant)) hasMore = true;
      }
    }
  }

  async #sendSome(tenantId: string, at: Date): Promise<number> {
    const { database, journal } = this.#options;
    const scope = { tenantId, actor: { type: "SYSTEM" }, requestId: "mail" } as const;
    await journal.transaction(scope, async (tx) => {
      for (const lost of await endLostMail(tx, lostReason, at)) record(tx, lost, "UNKNOWN");
    });
    const ids = await database.read(tenantId, (session) => findDueMail(session, at, mailsOfATenant));
    for (const id of ids) await this.send(tenantId, id);
    return ids.length;
  }

  async #handOver(mail: ClaimedMail, at: Date): Promise<MailVerdict> {
    const endField = endFields[mail.kind];
    const end = endField === undefined ? undefined : mail.data[endField];
    if (typeof end === "string" && new Date(end) <= at)
      return { outcome: "REFUSED", reason: "It was too late for it." };
    const { transport, sender, log } = this.#options;
    let message;
    try {
      message = await composeMessage(mail, sender);
    } catch (error) {
      log.error({ err: error, mail: mail.id }, "a mail couldn't be written");
      return { outcome: "REFUSED", reason: "It couldn't be written; the server's log has why, with the mail's id." };
    }
    return transport.send(message);
  }
}

function endingOf({ attempts, kind }: ClaimedMail, verdict: MailVerdict, at: Date): MailEnding {
  switch (verdict.outcome) {
    case "ACCEPTED":
      return { state: "SENT", without: secretFields[kind] };
    case "REFUSED":
      return { state: "FAILED", reason: verdict.reason };
    case "UNKNOWN":
      return { state: "UNKNOWN", reason: verdict.reason };
    case "LATER": {
      const delayMs = retryDelaysMs[attempts - 1];
      if (delayMs === undefined) return { state: "FAILED", reason: verdict.reason };
      return { state: "QUEUED", reason: verdict.reason, nextAttemptAt: new Date(at.getTime() + delayMs) };
    }
  }
}

const entryTypes = { SENT: "mail.sent", FAILED: "mail.failed", UNKNOWN: "mail.unknown" } as const;

/** No address: who reads the journal learns that there was a mail, and of what kind. */
function record(
  tx: Transaction,
  { id, kind, attempts }: Pick<ClaimedMail, "id" | "attempts"> & { readonly kind: string },
  state: keyof typeof entryTypes,
): void {
  tx.record({ type: entryTypes[state], subjectType: "Mail", subjectId: id, data: { kind, attempts } });
}

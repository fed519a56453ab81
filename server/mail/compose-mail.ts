import type { Clock } from "../clock.ts";
import type { Database } from "../db/database.ts";
import type { JobsParts } from "../jobs/compose-jobs.ts";
import type { JournalService } from "../journal/journal.service.ts";
import type { Log } from "../log.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import type { NodeSource } from "../operations/node-registry.ts";
import { mailJob } from "./mail-job.ts";
import { MailJanitor } from "./mail-janitor.ts";
import { MailOutbox } from "./mail-outbox.ts";
import { MailSender } from "./mail-sender.ts";
import type { MailTransport } from "./mail-transport.port.ts";
import { MailResolver } from "./mail.resolver.ts";
import { MailService } from "./mail.service.ts";

export interface ComposeMailOptions {
  readonly database: Database;
  readonly journal: JournalService;
  readonly background: Pick<JobsParts, "jobs" | "workers" | "sweeps">;
  readonly transport: MailTransport;
  /** The address of mail whose tenant has none of its own. */
  readonly from: string;
  /** Of addresses that tenants may send from. */
  readonly senderDomains: readonly string[];
  readonly logDays: number;
  readonly cursors: CursorCodec;
  readonly clock: Clock;
  readonly log: Log;
}

export interface MailParts {
  readonly outbox: MailOutbox;
  readonly nodeSources: readonly NodeSource[];
  /** Instances by class, for type-graphql's container. */
  readonly resolvers: ReadonlyMap<unknown, object>;
  close(): Promise<void>;
}

/** Puts together what belongs to mail. */
export function composeMail(options: ComposeMailOptions): MailParts {
  const { database, journal, background, transport, from, senderDomains, logDays, cursors, clock, log } = options;
  const { jobs, workers, sweeps } = background;
  const sender = new MailSender({ database, journal, jobs, transport, sender: from, clock, log });
  sweeps.register(sender, new MailJanitor(database, logDays));
  workers.register(mailJob, async ({ tenantId, data }) => {
    if (tenantId === undefined) throw new Error("a mail without a tenant");
    await sender.send(tenantId, data.mailId);
  });
  const service = new MailService({ database, journal, cursors, jobs, defaultSender: from, senderDomains });
  return {
    outbox: new MailOutbox(jobs, clock),
    nodeSources: [
      { type: "Mail", action: "mail:read", byIds: (context, uuids) => service.byIds(context, uuids) },
      { type: "MailBranding", action: "mail:read", byIds: (context, uuids) => service.brandingByIds(context, uuids) },
    ],
    resolvers: new Map<unknown, object>([[MailResolver, new MailResolver(service)]]),
    close: () => transport.close(),
  };
}

import type { Clock } from "../clock.ts";
import type { Database } from "../db/database.ts";
import type { HintBus } from "../journal/hints.port.ts";
import type { JournalService } from "../journal/journal.service.ts";
import type { Log } from "../log.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { deriveKey } from "../operations/derive-key.ts";
import type { NodeSource } from "../operations/node-registry.ts";
import { AttemptSend } from "./attempt-send.ts";
import { defaultDelaysMs } from "./retry-schedule.ts";
import { WebhookSender } from "./send-webhook.ts";
import { Slots } from "./slots.ts";
import { WebhookDeliveriesResolver, WebhookDeliveryChangedResolver } from "./webhook-deliveries.resolver.ts";
import { WebhookDeliveriesService } from "./webhook-deliveries.service.ts";
import { type Operations, WebhookDocuments } from "./webhook-document.ts";
import { WebhookJanitor } from "./webhook-janitor.ts";
import { WebhookLoaders } from "./webhook-loaders.ts";
import { WebhookSecrets } from "./webhook-secret.ts";
import { WebhookWorker } from "./webhook-worker.ts";
import { WebhooksResolver } from "./webhooks.resolver.ts";
import { WebhooksService } from "./webhooks.service.ts";

export interface ComposeWebhooksOptions {
  readonly database: Database;
  readonly journal: JournalService;
  readonly hints: HintBus;
  readonly cursors: CursorCodec;
  readonly secret: string;
  readonly log: Log;
  readonly clock: Clock;
  readonly allowPrivate: boolean;
  /** Other waits between attempts than the standard ones. */
  readonly retryDelaysMs: readonly number[] | undefined;
  readonly logDays: number;
  /** How often all endpoints are looked at, whatever hints say. Default: 5 s. */
  readonly pollMs?: number;
  /** Known when the schema is built. */
  readonly operations: () => Operations;
}

export interface WebhooksParts {
  readonly deliveries: WebhookDeliveriesService;
  readonly nodeSources: readonly NodeSource[];
  /** Instances by class, for type-graphql's container. */
  readonly resolvers: ReadonlyMap<unknown, object>;
  start(): void;
  stop(): Promise<void>;
}

/** Longer than rendering and sending may take together: who is silent for so long has ended. */
const leaseMs = 25_000;
/** Deliveries of one endpoint that one process sends at once. */
const concurrency = 32;
/** Connections to the database that webhooks take at once: most are for callers. */
const databaseSlots = 3;
const dayMs = 86_400_000;
const defaultPollMs = 5_000;

/** Puts together what belongs to outbound webhooks. */
export function composeWebhooks(options: ComposeWebhooksOptions): WebhooksParts {
  const { database, journal, hints, cursors, log, clock, allowPrivate, pollMs = defaultPollMs } = options;
  const documents = new WebhookDocuments(options.operations, log);
  const secrets = new WebhookSecrets(deriveKey(options.secret, "webhook-secret"));
  const sender = new WebhookSender({ allowPrivate });
  const schedule = { delaysMs: options.retryDelaysMs ?? defaultDelaysMs, random: Math.random };
  const slots = new Slots(databaseSlots);
  const attempts = new AttemptSend({ sender, documents, secrets, cursors, clock, slots });
  const sending = { schedule, leaseMs, attempts, slots, concurrency };
  const worker = new WebhookWorker({ database, journal, hints, pollMs, log, ...sending });
  const janitor = new WebhookJanitor({ database, log, keepMs: options.logDays * dayMs });
  const wake = () => worker.wake();
  const webhooks = new WebhooksService({ database, journal, cursors, documents, secrets, allowPrivate, wake });
  const deliveries = new WebhookDeliveriesService({ database, journal, cursors, documents, wake });
  const loaders = new WebhookLoaders(database, cursors, webhooks);
  return {
    deliveries,
    nodeSources: [
      { type: "WebhookEndpoint", action: "webhook:read", byIds: (context, uuids) => webhooks.byIds(context, uuids) },
      { type: "WebhookDelivery", action: "webhook:read", byIds: (context, uuids) => deliveries.byIds(context, uuids) },
      {
        type: "WebhookAttempt",
        action: "webhook:read",
        byIds: (context, uuids) => deliveries.attemptsByIds(context, uuids),
      },
    ],
    resolvers: new Map<unknown, object>([
      [WebhooksResolver, new WebhooksResolver(webhooks)],
      [WebhookDeliveriesResolver, new WebhookDeliveriesResolver(deliveries, loaders)],
      [WebhookDeliveryChangedResolver, new WebhookDeliveryChangedResolver()],
    ]),
    start() {
      worker.start();
      janitor.start();
    },
    async stop() {
      await Promise.all([worker.stop(), janitor.stop()]);
      sender.close();
    },
  };
}

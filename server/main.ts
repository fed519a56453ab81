import "reflect-metadata";
import type { FastifyInstance } from "fastify";
import { localPayments } from "./adapters/payments/local-payments.ts";
import { wiseTransfers } from "./adapters/payments/wise-transfers.ts";
import { billingTies } from "./billing/billing-ties.ts";
import { composeBilling } from "./billing/compose-billing.ts";
import { RedisBuckets } from "./adapters/buckets/redis-buckets.ts";
import { InProcessHints } from "./adapters/hints/in-process-hints.ts";
import { FileMail } from "./adapters/mail/file-mail.ts";
import { SmtpMail } from "./adapters/mail/smtp-mail.ts";
import { RedisHints } from "./adapters/hints/redis-hints.ts";
import { issueToken, parseToken } from "./auth/opaque-token.ts";
import { bulkFeed } from "./bulk/bulk-feed.ts";
import { composeBulk } from "./bulk/compose-bulk.ts";
import { calendarTies } from "./calendar/calendar-ties.ts";
import { composeCalendar } from "./calendar/compose-calendar.ts";
import { type Clock, systemClock } from "./clock.ts";
import type { Config } from "./config.ts";
import { composeCredits } from "./credits/compose-credits.ts";
import type { Credentials } from "./credentials.ts";
import { Database } from "./db/database.ts";
import { isMigrated } from "./db/migrate.ts";
import { verifyRole } from "./db/verify-role.ts";
import { composeExperiments } from "./experiments/compose-experiments.ts";
import { startApollo } from "./http/apollo.ts";
import { createApp } from "./http/app.ts";
import { addCalendarFeeds } from "./http/calendar-feed.ts";
import { ConnectionLimit } from "./http/connection-limit.ts";
import { addBulkFileRoutes } from "./http/bulk-files.ts";
import { addCheckpointKeys } from "./http/checkpoint-keys.ts";
import { addCollectRoutes } from "./http/collect.ts";
import { addDownloadRoute } from "./http/downloads.ts";
import { addExplorer } from "./http/explorer.ts";
import { addGraphqlRoute } from "./http/graphql-route.ts";
import { HastyCallers } from "./http/hasty-callers.ts";
import { addHealthRoutes } from "./http/health.ts";
import { addEmailPage } from "./http/email-page.ts";
import { addJoinPage } from "./http/join-page.ts";
import { addPixel } from "./http/pixel.ts";
import { addLinkImages } from "./http/link-images.ts";
import { addLinkRedirect } from "./http/link-redirect.ts";
import { addSessionPage } from "./http/session-page.ts";
import { addEventStreams } from "./http/sse.ts";
import { addWebSocket } from "./http/websocket.ts";
import { addPaymentProofRoutes } from "./http/payment-proofs.ts";
import { addUploadRoute } from "./http/uploads.ts";
import { readBuiltInDocuments } from "./documents/built-in-documents.ts";
import { composeDeprecations } from "./deprecations/compose-deprecations.ts";
import { composeDocuments } from "./documents/compose-documents.ts";
import { composeIdentity } from "./identity.ts";
import { journalFeed } from "./journal/feed-journal.ts";
import type { HintBus } from "./journal/hints.port.ts";
import { IdempotencyJanitor } from "./journal/idempotency-janitor.ts";
import { JournalHub } from "./journal/hub.ts";
import { JournalEntryResolver } from "./journal/journal-entry.resolver.ts";
import { JournalBatches } from "./journal/journal-batches.ts";
import { JournalReader } from "./journal/journal-reader.ts";
import { JournalQueries } from "./journal/journal.queries.ts";
import { JournalResolver } from "./journal/journal.resolver.ts";
import { JournalService } from "./journal/journal.service.ts";
import { composeProofs } from "./journal/proofs/compose-proofs.ts";
import { keepSigningKey } from "./journal/proofs/keep-signing-key.ts";
import { composeJobs } from "./jobs/compose-jobs.ts";
import { leadChangedFeed } from "./leads/lead-changed-feed.ts";
import { LeadChangedResolver } from "./leads/lead-changed.resolver.ts";
import { composeLeadFiles } from "./leads/compose-lead-files.ts";
import { composeLeads } from "./leads/compose-leads.ts";
import { leadImportFeed } from "./leads/lead-import-feed.ts";
import { composeLinks } from "./links/compose-links.ts";
import { reachableHost } from "./listen.ts";
import type { Log } from "./log.ts";
import { composeMail } from "./mail/compose-mail.ts";
import { mailFolder } from "./mail/mail-folder.ts";
import { Buckets } from "./operations/cost-buckets.ts";
import { CostMeter } from "./operations/cost-meter.ts";
import { TenantPlans } from "./operations/cost-plans.ts";
import { CursorCodec } from "./operations/cursor.ts";
import { deriveKey } from "./operations/derive-key.ts";
import { Executor } from "./operations/executor.ts";
import { honourIdempotencyKeys } from "./operations/idempotent-mutations.ts";
import { MailOutbox } from "./mail/mail-outbox.ts";
import { NodeRegistry } from "./operations/node-registry.ts";
import { NodeResolver } from "./operations/node.resolver.ts";
import { OperationRunner } from "./operations/operation-runner.ts";
import { OperationPipeline } from "./operations/prepare-operation.ts";
import { RateLimitResolver } from "./operations/rate-limit.resolver.ts";
import { resolveTotalCounts } from "./operations/total-count.ts";
import { TrustStage } from "./operations/trusted-text.ts";
import { Subscriptions } from "./operations/subscribe.ts";
import { composePeople } from "./people/compose-people.ts";
import { buildNexoraSchema } from "./schema.ts";
import { coachAgenda } from "./sessions/coach-agenda.ts";
import { composeSessions } from "./sessions/compose-sessions.ts";
import { bootstrap } from "./tenants/bootstrap.ts";
import { composeTracking } from "./tracking/compose-tracking.ts";
import { composeWebhooks } from "./webhooks/compose-webhooks.ts";
import type { Operations } from "./webhooks/webhook-document.ts";
import { webhookDeliveryFeed } from "./webhooks/webhook-feed.ts";

/** What start.ts has made ready: a migrated database, a secret, a log. */
export interface Infrastructure {
  /** Connects as a role that row-level security binds. */
  readonly appUrl: string;
  readonly secret: string;
  readonly log: Log;
  /** By default the system's. */
  readonly clock?: Clock;
}

/** What is live in this process now. */
export interface LiveCounts {
  readonly sockets: number;
  readonly streams: number;
  /** What waits in this process for slow sockets and streams. */
  readonly unwrittenBytes: number;
  /** Different subscriptions. */
  readonly groups: number;
  readonly followedTenants: number;
  /** Executions of subscriptions so far: one per group and entry, however many subscribers it has. */
  readonly executions: number;
}

export interface Nexora {
  readonly app: FastifyInstance;
  liveCounts(): LiveCounts;
  /** Makes the first tenant of an empty installation, and keeps its credentials before it commits; undefined when there is one. */
  bootstrap(keep: (credentials: Credentials) => Promise<void>): Promise<Credentials | undefined>;
  /** Does all work that is due at the clock's instant, as the server does by itself within a minute. */
  runDue(): Promise<void>;
  /** Resolves with the port. */
  listen(address: { readonly host: string; readonly port: number }): Promise<number>;
  /** Finishes running operations, ends subscriptions, closes connections. */
  close(): Promise<void>;
}

/** The composition root: the only place that names concrete adapters. */
export async function compose(config: Config, infrastructure: Infrastructure): Promise<Nexora> {
  const { appUrl, secret, log, clock = systemClock } = infrastructure;
  const database = new Database({
    url: appUrl,
    poolSize: config.database.poolSize,
    statementTimeoutMs: config.database.statementTimeoutMs,
    onIdleError: (error) => log.warn({ err: error }, "an idle database connection ended"),
  });
  await verifyRole(database);
  const hints: HintBus =
    config.redisUrl === undefined
      ? new InProcessHints()
      : new RedisHints(config.redisUrl, (error) =>
          log.warn({ err: error }, "Redis is away: live events take up to a second"),
        );

  const secrets = [secret, ...(config.previousSecret === undefined ? [] : [config.previousSecret])];
  const cursorKeys = secrets.map((each) => deriveKey(each, "cursor"));
  const cursors = new CursorCodec(cursorKeys, await readEpoch(database));
  const journal = new JournalService(database, hints);
  const journalReader = new JournalReader(database);
  const journalQueries = new JournalQueries(database, journalReader, cursors);
  const { auth, ...identity } = composeIdentity({ database, journal, cursors, secret, clock });
  const stopTimeoutMs = config.shutdownTimeoutMs / 2;
  const background = composeJobs({ database, journal, cursors, appUrl, log, clock, stopTimeoutMs });
  const transport =
    config.mail.smtpUrl === undefined
      ? new FileMail(mailFolder(config.dataDirectory))
      : new SmtpMail(config.mail.smtpUrl);
  const mail = composeMail({ database, journal, cursors, background, transport, ...config.mail, clock, log });
  const signingKey = await keepSigningKey(config.signingKey, config.dataDirectory);
  const proofs = composeProofs({ database, cursors, signingKey, log });
  await proofs.keys.publish(clock());
  background.sweeps.register(proofs.sweep);
  const leads = composeLeads(database, journal, cursors);
  let port = config.http.port;
  const shortLinks = composeLinks({
    database,
    journal,
    cursors,
    log,
    url: () => config.http.publicUrl ?? `http://${reachableHost(config.http.host)}:${port}`,
  });
  const files = composeLeadFiles({
    database,
    journal,
    cursors,
    rights: auth,
    secret,
    dataDirectory: config.dataDirectory,
    log,
    clock,
    url: () => config.http.publicUrl ?? `http://${reachableHost(config.http.host)}:${port}`,
  });

  const webhooks = composeWebhooks({
    database,
    journal,
    hints,
    cursors,
    secret,
    log,
    clock,
    ...config.webhooks,
    operations: (): Operations => ({ pipeline, executor }),
  });

  const documents = composeDocuments({
    database,
    journal,
    cursors,
    log,
    builtIn: await readBuiltInDocuments(log),
    check: (text) => pipeline.check(text),
  });

  const deprecations = composeDeprecations({
    database,
    cursors,
    log,
    memberAt: (coordinate) => pipeline.deprecations.get(coordinate),
  });

  const bulk = composeBulk({
    database,
    journal,
    batches: new JournalBatches(database, hints),
    reader: journalReader,
    cursors,
    rights: auth,
    secret,
    log,
    clock,
    poolSize: config.database.poolSize,
    url: () => config.http.publicUrl ?? `http://${reachableHost(config.http.host)}:${port}`,
  });

  const people = composePeople({
    database,
    journal,
    cursors,
    invitations: identity.invitations,
    members: identity.members,
    throttle: identity.throttle,
    passwords: identity.passwords,
    tokens: identity.tokens,
    mails: new MailOutbox(background.jobs, clock),
    url: () => config.http.publicUrl ?? `http://${reachableHost(config.http.host)}:${port}`,
  });

  const billing = composeBilling({
    database,
    journal,
    cursors,
    people: people.people,
    mails: mail.outbox,
    rights: auth,
    secret,
    clock,
    url: () => config.http.publicUrl ?? `http://${reachableHost(config.http.host)}:${port}`,
    providers: [localPayments, wiseTransfers],
  });
  background.sweeps.register(...billing.sweeps);

  const calendar = composeCalendar({ database, journal, cursors, people: people.people });
  const sessions = composeSessions({
    database,
    journal,
    cursors,
    people: people.people,
    calendar,
    shop: billing.offers,
    outbox: mail.outbox,
    organizer: config.mail.from,
    jitsiDomain: config.jitsiDomain,
    clock,
    log,
    url: () => config.http.publicUrl ?? `http://${reachableHost(config.http.host)}:${port}`,
    linkKeys: [
      deriveKey(secret, "session link"),
      ...(config.previousSecret === undefined ? [] : [deriveKey(config.previousSecret, "session link")]),
    ],
    feedTokens: { issue: (owner) => issueToken("FEED", owner), parse: (text) => parseToken("FEED", text) },
  });
  background.sweeps.register(...sessions.sweeps);
  people.coaches.connectAgenda(coachAgenda);
  people.erasure.tie(sessions.ties, calendarTies, billingTies);
  background.schedules.register(...sessions.schedules);

  const credits = composeCredits({ database, journal, cursors, people: people.people, mails: mail.outbox });
  background.sweeps.register(...credits.sweeps);

  const tracking = composeTracking({ database, retentionMonths: config.eventRetentionMonths });
  background.sweeps.register(...tracking.sweeps);

  const experiments = composeExperiments({ database, journal, cursors, log });

  await background.prepare();

  const nodes = new NodeRegistry();
  nodes.register(
    ...identity.nodeSources,
    ...leads.nodeSources,
    files.nodes,
    shortLinks.nodeSource,
    ...documents.nodeSources,
    deprecations.nodeSource,
    bulk.nodes,
    journalQueries.nodeSource,
    ...proofs.nodeSources,
  );
  nodes.register(...credits.nodeSources, ...billing.nodeSources);
  nodes.register(...background.nodeSources, ...mail.nodeSources);
  nodes.register(...webhooks.nodeSources, ...people.nodeSources, ...calendar.nodeSources, ...sessions.nodeSources);

  nodes.register(...experiments.nodeSources);

  const instances = new Map<unknown, object>([
    [JournalResolver, new JournalResolver(journalQueries)],
    [JournalEntryResolver, new JournalEntryResolver(nodes)],
    [NodeResolver, new NodeResolver(nodes)],
    ...proofs.resolvers,
    ...identity.resolvers,
    ...leads.resolvers,
    ...files.resolvers,
    ...shortLinks.resolvers,
    ...bulk.resolvers,
    ...documents.resolvers,
    ...deprecations.resolvers,
    ...webhooks.resolvers,
    ...background.resolvers,
    ...mail.resolvers,
    ...people.resolvers,
    ...calendar.resolvers,
    ...sessions.resolvers,
    ...credits.resolvers,
    ...billing.resolvers,
    ...experiments.resolvers,
    [LeadChangedResolver, new LeadChangedResolver()],
  ]);
  const schema = await buildNexoraSchema({ get: (resolver: unknown) => instances.get(resolver) });
  resolveTotalCounts(schema, database);
  honourIdempotencyKeys({ schema, database, nodes, cursors, hashKey: deriveKey(secret, "idempotency") });
  const idempotencyJanitor = new IdempotencyJanitor(database, log);
  const sharedBuckets = config.redisUrl === undefined ? undefined : new RedisBuckets(config.redisUrl);
  const cost = new CostMeter({
    schema,
    buckets: new Buckets({ shared: sharedBuckets, log }),
    plans: new TenantPlans({ plans: config.plans, database, log }),
  });
  instances.set(RateLimitResolver, new RateLimitResolver(cost));
  const pipeline: OperationPipeline = new OperationPipeline(schema, { trust: new TrustStage(documents.trusted), cost });
  const executor = new Executor(schema, { clock });
  bulk.engine.connect(schema, executor);
  const hub = new JournalHub({ hints, reader: journalReader, log });
  const subscriptions = new Subscriptions({
    hub,
    states: new Map([
      ["leadImportProgress", leadImportFeed(files.imports)],
      ["bulkOperationProgress", bulkFeed(bulk.bulk)],
      ["webhookDeliveryChanged", webhookDeliveryFeed(webhooks.deliveries)],
    ]),
    feeds: new Map([
      ["journal", journalFeed(cursors)],
      ["leadChanged", leadChangedFeed(leads.leads, cursors)],
      ...credits.subscriptions,
      ...sessions.subscriptions,
      ...billing.subscriptions,
    ]),
    pipeline,
    executor,
    cursors,
    replayLimit: config.journalReplayLimit,
    deadlineMs: config.operations.deadlineMs,
    log,
  });

  let isDraining = false;
  const isHttps = config.http.publicUrl?.startsWith("https:") ?? false;
  const app = createApp({ log, trustProxy: config.http.trustProxy, isHttps });
  const runner = new OperationRunner({
    pipeline,
    executor,
    log,
    cost,
    beforeExecution: (context, fields) => journalQueries.readPlace(context, fields),
    limits: config.operations,
    deprecations: deprecations.usage,
  });
  const apollo = await startApollo({ runner, log });
  const hasty = new HastyCallers({ isHttps });
  hasty.guard(app);
  addGraphqlRoute(app, apollo, auth, hasty);
  const connectionLimit = new ConnectionLimit(config.connectionsPerCaller);
  const live = { runner, log, subscriptions, authenticator: auth, validity: auth, connectionLimit };
  const webSockets = addWebSocket(app, { ...live, path: "/graphql", trustProxy: config.http.trustProxy });
  const eventStreams = addEventStreams(app, { ...live, path: "/graphql/stream" });
  hub.onEntry((record) => webSockets.observe(record));
  hub.onEntry((record) => eventStreams.observe(record));
  addUploadRoute(app, files.uploads, { maxBytes: config.http.uploadMaxBytes, idleMs: 30_000 });
  addBulkFileRoutes(app, bulk.files, { maxBytes: config.http.uploadMaxBytes, idleMs: 30_000 });
  addDownloadRoute(app, files.exports);
  addPaymentProofRoutes(app, billing.proofs);
  addCheckpointKeys(app, proofs.keys);
  addCollectRoutes(app, {
    collector: tracking.collector,
    authenticator: auth,
    now: clock,
    isProxied: config.http.trustProxy,
  });
  addExplorer(app);
  addPixel(app);
  addJoinPage(app);
  addLinkImages(app, { ...shortLinks, clock });
  addLinkRedirect(app, { ...shortLinks, clock, isProxied: config.http.trustProxy });
  addEmailPage(app);
  addCalendarFeeds(app, sessions.feeds);
  addSessionPage(app, sessions.links);
  addHealthRoutes(
    app,
    [
      { name: "database", check: () => database.global((session) => isMigrated((text) => session.query({ text }))) },
      { name: "hints", check: () => hints.isHealthy() },
    ],
    () => isDraining,
  );

  return {
    app,
    liveCounts: () => ({
      sockets: webSockets.size,
      streams: eventStreams.size,
      unwrittenBytes: webSockets.unwrittenBytes + eventStreams.unwrittenBytes,
      groups: subscriptions.groups,
      followedTenants: hub.size,
      executions: subscriptions.executions,
    }),
    bootstrap: (keep) => bootstrap({ database, journal, keep }),
    runDue: () => background.sweeps.runAll(),
    async listen(address) {
      await app.listen(address);
      files.janitor.start();
      bulk.worker.start();
      webhooks.start();
      idempotencyJanitor.start();
      background.workers.start();
      const bound = app.server.address();
      port = typeof bound === "object" && bound !== null ? bound.port : address.port;
      return port;
    },
    async close() {
      isDraining = true;
      await files.uploads.stop();
      await bulk.worker.stop();
      await background.workers.stop();
      await mail.close();
      eventStreams.close();
      await webSockets.close();
      // A connection that served its last request meanwhile would be kept open for the next one, longer than we wait.
      const closing = setInterval(() => app.server.closeIdleConnections(), 100);
      await app.close().finally(() => clearInterval(closing));
      await tracking.stop();
      await experiments.stop();
      await apollo.stop();
      await shortLinks.clicks.stop();
      await files.janitor.stop();
      await documents.freeTexts.stop();
      await deprecations.usage.stop();
      await webhooks.stop();
      await idempotencyJanitor.stop();
      hub.close();
      await hints.close();
      await sharedBuckets?.close();
      await database.close();
    },
  };
}

async function readEpoch(database: Database): Promise<string> {
  const [row] = await database.global((session) =>
    session.query<{ epoch: string }>({ text: "SELECT journal_epoch() AS epoch" }),
  );
  return row?.epoch ?? "";
}

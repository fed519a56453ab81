import "reflect-metadata";
import { parse } from "graphql";
import { LRUCache } from "lru-cache";
import { InProcessHints } from "../server/adapters/hints/in-process-hints.ts";
import { Database } from "../server/db/database.ts";
import { createApp } from "../server/http/app.ts";
import { jsonType } from "../server/http/media-type.ts";
import { createContext, credentialOf } from "../server/http/request-context.ts";
import { composeIdentity } from "../server/identity.ts";
import { JournalService } from "../server/journal/journal.service.ts";
import { composeLeads } from "../server/leads/compose-leads.ts";
import { createLog } from "../server/log.ts";
import { compose } from "../server/main.ts";
import { CursorCodec } from "../server/operations/cursor.ts";
import { deriveKey } from "../server/operations/derive-key.ts";
import { Executor } from "../server/operations/executor.ts";
import { buildNexoraSchema } from "../server/schema.ts";
import { benchmarkConfig, benchmarkEnvironment } from "./environment.ts";
import { listen } from "./list-servers.ts";

interface Body {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * Our server without its pipeline: the same HTTP, the same credentials, the same executor and resolvers, but nobody asks what a
 * document is, what it costs or whether the caller may send it.
 */
export async function serveWithoutPipeline(): Promise<number> {
  const { appUrl, secret } = benchmarkEnvironment();
  const log = createLog({ level: "info" });
  const database = new Database({ url: appUrl, poolSize: 10, statementTimeoutMs: 10_000 });
  const journal = new JournalService(database, new InProcessHints());
  const cursors = new CursorCodec([deriveKey(secret, "cursor")], "");
  const { auth } = composeIdentity({ database, journal, cursors, secret });
  const { resolvers } = composeLeads(database, journal, cursors);
  const schema = await buildNexoraSchema({ get: (resolver: unknown) => resolvers.get(resolver) });
  const executor = new Executor(schema);
  const documents = new LRUCache<string, ReturnType<typeof parse>>({ max: 100 });
  const app = createApp({ log, trustProxy: false });
  app.post<{ Body: Body }>("/graphql", async (request, reply) => {
    const principal = await auth.authenticate(credentialOf(request.headers), { address: request.ip });
    const context = createContext(request, principal, new AbortController());
    const { query, variables } = request.body;
    let document = documents.get(query);
    if (document === undefined) {
      document = parse(query);
      documents.set(query, document);
    }
    const result = await executor.execute({ document, operationName: null, variables, context });
    return reply.header("content-type", jsonType).send(Buffer.from(JSON.stringify(result)));
  });
  return listen(app);
}

/** The whole product with a bucket that is empty soon, and stays so. */
export function serveWithEmptyBuckets(): Promise<number> {
  return serveWithPlan("standard=5000/1");
}

/** The whole product as it comes. */
export function serveWithStandardPlan(): Promise<number> {
  return serveWithPlan("standard=10000/200");
}

async function serveWithPlan(plan: string): Promise<number> {
  const { appUrl, secret } = benchmarkEnvironment();
  const log = createLog({ level: "info" });
  const nexora = await compose(benchmarkConfig({ PLANS: plan }), { appUrl, secret, log });
  return nexora.listen({ host: "127.0.0.1", port: 0 });
}

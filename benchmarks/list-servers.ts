import "reflect-metadata";
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { fastify, type FastifyInstance } from "fastify";
import { type GraphQLSchema, printSchema } from "graphql";
import mercuriusPlugin from "mercurius";
import { buildSchema } from "type-graphql";
import { Database } from "../server/db/database.ts";
import { startApollo } from "../server/http/apollo.ts";
import { createApp } from "../server/http/app.ts";
import { addGraphqlRoute } from "../server/http/graphql-route.ts";
import { composeIdentity } from "../server/identity.ts";
import { InProcessHints } from "../server/adapters/hints/in-process-hints.ts";
import { JournalService } from "../server/journal/journal.service.ts";
import { createLog } from "../server/log.ts";
import { Buckets } from "../server/operations/cost-buckets.ts";
import { CostMeter } from "../server/operations/cost-meter.ts";
import { TenantPlans } from "../server/operations/cost-plans.ts";
import { CursorCodec } from "../server/operations/cursor.ts";
import { Executor } from "../server/operations/executor.ts";
import { OperationRunner } from "../server/operations/operation-runner.ts";
import { OperationPipeline } from "../server/operations/prepare-operation.ts";
import { items } from "./list.ts";
import { ItemsResolver } from "./list-schema.ts";
import { benchmarkConfig, benchmarkEnvironment } from "./environment.ts";

function buildListSchema(): Promise<GraphQLSchema> {
  return buildSchema({
    resolvers: [ItemsResolver],
    validate: false,
    container: { get: () => new ItemsResolver() },
  });
}

/** The peers resolve the same list with a function of their own, without a permission. */
const plainResolvers = {
  Query: {
    items: async (_: unknown, { first }: { first: number }) => {
      await Promise.resolve();
      return first === items.length ? items : items.slice(0, first);
    },
  },
};

/** Everything that our server does for a request, with this schema instead of the product's. */
export async function serveOurList(): Promise<number> {
  const { appUrl, secret } = benchmarkEnvironment();
  const log = createLog({ level: "info" });
  const schema = await buildListSchema();
  const database = new Database({ url: appUrl, poolSize: 2, statementTimeoutMs: 10_000 });
  const { auth } = composeIdentity({
    database,
    journal: new JournalService(database, new InProcessHints()),
    cursors: new CursorCodec([Buffer.from(secret)], ""),
    secret,
  });
  const { plans } = benchmarkConfig();
  const cost = new CostMeter({
    schema,
    buckets: new Buckets({ log }),
    plans: new TenantPlans({ plans, database, log }),
  });
  const pipeline = new OperationPipeline(schema, { cost });
  const runner = new OperationRunner({
    pipeline,
    executor: new Executor(schema),
    log,
    cost,
    beforeExecution: () => undefined,
  });
  const apollo = await startApollo({ runner, log });
  const app = createApp({ log, trustProxy: false });
  addGraphqlRoute(app, apollo, auth);
  return listen(app);
}

export async function servePlainApollo(): Promise<number> {
  const typeDefs = printSchema(await buildListSchema());
  const server = new ApolloServer({ typeDefs, resolvers: plainResolvers });
  const { url } = await startStandaloneServer(server, { listen: { host: "127.0.0.1", port: 0 } });
  return Number(new URL(url).port);
}

export async function serveMercurius(): Promise<number> {
  const app = fastify();
  await app.register(mercuriusPlugin.default, {
    schema: printSchema(await buildListSchema()),
    resolvers: plainResolvers,
    jit: 1,
  });
  return listen(app);
}

export function serveBareFastify(): Promise<number> {
  const app = fastify();
  app.post("/graphql", async () => {
    await Promise.resolve();
    return { data: { items } };
  });
  return listen(app);
}

export async function listen(app: FastifyInstance): Promise<number> {
  await app.listen({ host: "127.0.0.1", port: 0 });
  const address = app.server.address();
  if (typeof address !== "object" || address === null) throw new Error("the server has no port");
  return address.port;
}

import { AsyncLocalStorage } from "node:async_hooks";
import { ApolloServer, type ApolloServerPlugin, type GraphQLRequestListener } from "@apollo/server";
import { ApolloServerPluginCacheControlDisabled } from "@apollo/server/plugin/disabled";
import Negotiator from "negotiator";
import { AppError } from "../operations/app-error.ts";
import type { Context } from "../operations/context.ts";
import { limits } from "../operations/limits.ts";
import { documentReasons, publicError } from "../operations/public-error.ts";
import { executedHead } from "./executed-head.ts";
import { HotPath, type HotPathOptions } from "./hot-path.ts";

/** The request being answered: Apollo formats errors without telling for whom. */
export const currentContext = new AsyncLocalStorage<Context>();

const jsonType = "application/json";
const graphqlType = "application/graphql-response+json";

/** Answers GraphQL over HTTP: by Apollo Server, and by the hot path what Apollo has accepted before. */
export interface GraphqlServer {
  readonly apollo: ApolloServer<Context>;
  readonly hotPath: Pick<HotPath, "answer">;
  stop(): Promise<void>;
}

/** Apollo Server: its request pipeline with our checks, our executor and our errors. */
export async function startApollo(options: HotPathOptions): Promise<GraphqlServer> {
  const { pipeline, executor, log } = options;
  const hotPath = new HotPath(options);
  const server = new ApolloServer<Context>({
    // graphql-jit as a gateway's executor: Apollo's masking and hooks still run, which responseForOperation would skip.
    gateway: {
      load: () =>
        Promise.resolve({
          executor: async ({ document, operationName, request, context }) =>
            (await executor.execute({
              document,
              operationName: operationName ?? null,
              variables: request.variables ?? {},
              context,
            })) as never,
        }),
      onSchemaLoadOrUpdate: (callback) => {
        callback({ apiSchema: pipeline.schema, coreSupergraphSdl: "" });
        return () => undefined;
      },
      stop: () => Promise.resolve(),
    },
    introspection: true, // guarded per principal in the pipeline
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    parseOptions: { maxTokens: limits.maxTokens },
    csrfPrevention: { requestHeaders: ["authorization", "x-api-key"] },
    persistedQueries: false,
    stopOnTerminationSignals: false,
    stringifyResult: JSON.stringify, // Apollo's own appends a line break, which copies the whole answer once more
    logger: log.child({ part: "apollo" }, { level: "warn" }),
    formatError: (_formatted, error) => publicError(error, currentContext.getStore() ?? { requestId: "" }, log),
    plugins: [ApolloServerPluginCacheControlDisabled(), pipelinePlugin(options, hotPath)],
  });
  await server.start();
  return { apollo: server, hotPath, stop: () => server.stop() };
}

function pipelinePlugin({ pipeline, beforeExecution }: HotPathOptions, hotPath: HotPath): ApolloServerPlugin<Context> {
  const listener: GraphQLRequestListener<Context> = {
    async didResolveOperation({ contextValue, document, request, source }) {
      const { operation, rootFields } = pipeline.prepare(contextValue.principal, {
        document,
        operationName: request.operationName,
        variables: request.variables,
      });
      if (operation.operation === "subscription") {
        throw new AppError("BAD_USER_INPUT", "Subscriptions need a WebSocket at /graphql, or /graphql/stream.", {
          reason: "OPERATION",
        });
      }
      await beforeExecution(contextValue, rootFields);
      hotPath.admit(source, document);
    },
    willSendResponse({ request, response }) {
      const { body, http } = response;
      if (body.kind !== "single" || body.singleResult.data != null) return Promise.resolve();
      const [first] = body.singleResult.errors ?? [];
      const reason = first?.extensions?.["reason"];
      if (reason !== "REQUEST") {
        const { status, headers } = executedHead(body.singleResult);
        http.status = status;
        for (const [name, value] of headers) http.headers.set(name, value);
      }
      // GraphQL over HTTP: under application/json a well-formed request with a bad document is 200. Apollo picks the media
      // type only after this, so it is negotiated here, in Apollo's order.
      const accept = request.http?.headers.get("accept") ?? jsonType;
      const chosen = new Negotiator({ headers: { accept } }).mediaType([jsonType, graphqlType]);
      if (chosen === jsonType && typeof reason === "string" && documentReasons.has(reason)) http.status = 200;
      return Promise.resolve();
    },
  };
  return { requestDidStart: () => Promise.resolve(listener) };
}

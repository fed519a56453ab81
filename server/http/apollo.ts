import { AsyncLocalStorage } from "node:async_hooks";
import { ApolloServer, type ApolloServerPlugin, type GraphQLRequestListener } from "@apollo/server";
import { ApolloServerPluginCacheControlDisabled } from "@apollo/server/plugin/disabled";
import Negotiator from "negotiator";
import type { Log } from "../log.ts";
import { AppError } from "../operations/app-error.ts";
import type { Context } from "../operations/context.ts";
import type { AdmittedOperation, OperationRunner } from "../operations/operation-runner.ts";
import { documentChecks } from "../operations/parse-document.ts";
import type { OperationRequest } from "../operations/prepare-operation.ts";
import { documentReasons, publicError } from "../operations/public-error.ts";
import { executedHead } from "./executed-head.ts";
import { HotPath } from "./hot-path.ts";
import { withoutConditions } from "./subscription-conditions.ts";

export interface GraphqlServerOptions {
  readonly runner: OperationRunner;
  readonly log: Log;
}

/** The request being answered: Apollo formats errors without telling for whom, and knows nothing of trusted documents. */
interface CurrentRequest {
  readonly context: Context;
  /** Undefined: the request holds no operation, and Apollo says so. */
  readonly request: OperationRequest | undefined;
  admitted?: AdmittedOperation;
}

export const currentRequest = new AsyncLocalStorage<CurrentRequest>();

const jsonType = "application/json";
const graphqlType = "application/graphql-response+json";

/** Answers GraphQL over HTTP: by Apollo Server, and by the hot path what Apollo has accepted before. */
export interface GraphqlServer extends GraphqlServerOptions {
  readonly apollo: ApolloServer<Context>;
  readonly hotPath: Pick<HotPath, "answer">;
  stop(): Promise<void>;
}

/** Apollo Server: its request pipeline with our checks, our runner and our errors. */
export async function startApollo({ runner, log }: GraphqlServerOptions): Promise<GraphqlServer> {
  const hotPath = new HotPath(runner);
  const server = new ApolloServer<Context>({
    // Our runner as a gateway's executor: Apollo's masking and hooks still run, which responseForOperation would skip.
    gateway: {
      load: () => Promise.resolve({ executor: () => runCurrent(runner) as never }),
      onSchemaLoadOrUpdate: (callback) => {
        callback({ apiSchema: runner.pipeline.schema, coreSupergraphSdl: "" });
        return () => undefined;
      },
      stop: () => Promise.resolve(),
    },
    introspection: true, // guarded per principal in the pipeline
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    ...documentChecks,
    csrfPrevention: { requestHeaders: ["authorization", "x-api-key"] },
    persistedQueries: false, // the pipeline has put the text in
    stopOnTerminationSignals: false,
    stringifyResult: JSON.stringify, // Apollo's own appends a line break, which copies the whole answer once more
    logger: log.child({ part: "apollo" }, { level: "warn" }),
    formatError: (_formatted, error) =>
      publicError(error, currentRequest.getStore()?.context ?? { requestId: "" }, log),
    plugins: [ApolloServerPluginCacheControlDisabled(), pipelinePlugin(runner, hotPath)],
  });
  await server.start();
  return { runner, log, apollo: server, hotPath, stop: () => server.stop() };
}

async function runCurrent(runner: OperationRunner) {
  const current = currentRequest.getStore();
  if (current?.admitted === undefined) throw new Error("Apollo executes what wasn't admitted");
  return runner.run(current.context, current.admitted);
}

function pipelinePlugin(runner: OperationRunner, hotPath: HotPath): ApolloServerPlugin<Context> {
  const listener: GraphQLRequestListener<Context> = {
    validationDidStart(requestContext) {
      Object.assign(requestContext, { document: withoutConditions(requestContext.document) });
      return Promise.resolve();
    },
    async didResolveOperation({ document, source }) {
      const current = currentRequest.getStore();
      if (current?.request === undefined || current.request.trusted.text !== source) {
        throw new Error("Apollo resolved a document that the pipeline hasn't trusted");
      }
      const { context, request } = current;
      const prepared = runner.prepare(context, { ...request, document });
      if (prepared.operation.operation === "subscription" && prepared.price?.isDryRun !== true) {
        throw new AppError("BAD_USER_INPUT", "Subscriptions need a WebSocket at /graphql, or /graphql/stream.", {
          reason: "OPERATION",
        });
      }
      hotPath.admit(source, document);
      current.admitted = await runner.admit(context, prepared);
    },
    willSendResponse({ request, response, contextValue }) {
      const { body, http } = response;
      const current = currentRequest.getStore();
      if (current !== undefined && current.admitted === undefined) runner.refused(current.context);
      for (const [name, value] of contextValue.answer?.headers ?? []) http.headers.set(name, value);
      if (body.kind !== "single" || body.singleResult.data != null) return Promise.resolve();
      const [first] = body.singleResult.errors ?? [];
      const reason = first?.extensions?.["reason"];
      // What Apollo finds wrong with a request has a status; what our stages find has Apollo's 500.
      if (reason !== "REQUEST" || (http.status ?? 500) === 500) {
        // Not contextValue, which Apollo has copied.
        const { status, headers } = executedHead(body.singleResult, current?.context);
        http.status = status;
        for (const [name, value] of headers) http.headers.set(name, value);
      }
      const extensions = contextValue.answer?.extensions;
      if (extensions !== undefined) body.singleResult.extensions = { ...extensions };
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

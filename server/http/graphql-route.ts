import { HeaderMap } from "@apollo/server";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { AppError } from "../operations/app-error.ts";
import type { Context } from "../operations/context.ts";
import type { OperationRequest } from "../operations/prepare-operation.ts";
import { readOperation, readSearch, type ReceivedOperation } from "../operations/received-operation.ts";
import { answerPlainly } from "./answer-plainly.ts";
import { currentRequest, type GraphqlServer } from "./apollo.ts";
import type { Authenticator } from "./authenticator.ts";
import { BodyDeadline } from "./body-deadline.ts";
import { executedHead } from "./executed-head.ts";
import type { HastyCallers } from "./hasty-callers.ts";
import type { HttpAnswer } from "./hot-path.ts";
import { answerType, jsonType, refusalType } from "./media-type.ts";
import { createContext, credentialOf } from "./request-context.ts";
import { RequestSignal } from "./request-signal.ts";

/** GraphQL over HTTP at /graphql. */
export function addGraphqlRoute(
  app: FastifyInstance,
  server: GraphqlServer,
  authenticator: Authenticator,
  hasty?: Pick<HastyCallers, "refused">,
): void {
  const bodies = new BodyDeadline(app);
  app.route({
    method: ["GET", "POST", "PUT", "PATCH", "DELETE"], // Apollo answers the wrong ones with 405
    url: "/graphql",
    preParsing: bodies.begin,
    async handler(request, reply) {
      bodies.arrived(request);
      // Before Apollo, which would put words of its own in front of the error's.
      const credential = credentialOf(request.headers);
      const from = { origin: request.headers.origin, address: request.ip };
      const principal = authenticator.known?.(credential, from) ?? (await authenticator.authenticate(credential, from));
      const ending = new RequestSignal(reply.raw);
      const context = createContext(request, principal, ending, server.runner.now());
      const answered = await answer(server, request, context);
      ending.answered();
      const { status, headers, text } = answered;
      if (status === 200 && request.headers.origin === undefined) return answerPlainly(request, reply, answered);
      reply.status(status);
      for (const [name, value] of headers) reply.header(name, value);
      if (status === 429) {
        reply.header("content-type", refusalType(request.headers.accept));
        hasty?.refused(credential, context.answer?.extensions?.["cost"]);
      }
      // As bytes: Node would copy a string behind the head of the answer and encode both the slow way.
      return reply.send(Buffer.from(text));
    },
  });
}

async function answer(server: GraphqlServer, request: FastifyRequest, context: Context): Promise<HttpAnswer> {
  let operation: OperationRequest | undefined;
  try {
    const received = receivedBy(request);
    if (received !== undefined) {
      const trusted = server.runner.pipeline.trust(context.principal, received);
      operation = { ...received, trusted: trusted instanceof Promise ? await trusted : trusted };
    }
  } catch (error) {
    if (error instanceof AppError) return refusal(server, request, context, error);
    throw error;
  }
  const hot =
    operation !== undefined && request.method === "POST"
      ? await server.hotPath.answer(operation, request.headers.accept, context)
      : undefined;
  if (hot !== undefined) return hot;
  try {
    server.runner.check(context); // parsing and validating cost more than asking first
  } catch (error) {
    if (error instanceof AppError) return refusal(server, request, context, error);
    throw error;
  }
  return answerByApollo(server, request, context, operation);
}

/** Undefined where the method is wrong, which Apollo says. */
function receivedBy({ method, query, body }: FastifyRequest): ReceivedOperation | undefined {
  if (method === "GET") return readSearch(query);
  return method === "POST" ? readOperation(body) : undefined;
}

function refusal({ runner }: GraphqlServer, request: FastifyRequest, context: Context, error: AppError): HttpAnswer {
  const refused = runner.refusal(context, error);
  const { status, headers } = executedHead(refused);
  const type = answerType(request.headers.accept) ?? jsonType;
  return {
    status,
    headers: [["content-type", type], ...(context.answer?.headers ?? []), ...headers],
    text: JSON.stringify(refused),
  };
}

async function answerByApollo(
  { apollo }: GraphqlServer,
  request: FastifyRequest,
  context: Context,
  operation: OperationRequest | undefined,
): Promise<HttpAnswer> {
  const plain = operation === undefined ? {} : plainForm(operation);
  const { status, headers, body } = await currentRequest.run({ context, request: operation }, () =>
    apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method,
        headers: headerMap(request.headers),
        body: request.method === "GET" ? undefined : plain,
        search: request.method === "GET" ? searchOf(plain) : "",
      },
      context: () => Promise.resolve(context),
    }),
  );
  if (body.kind !== "complete") throw new Error("incremental delivery isn't offered");
  return { status: status ?? 200, headers, text: body.string };
}

/** The trusted text in place of a document id. What stands in extensions is read by our own stages. */
function plainForm({ trusted, operationName, variables }: OperationRequest): Readonly<Record<string, unknown>> {
  return {
    query: trusted.text,
    ...(operationName == null ? {} : { operationName }),
    ...(variables == null ? {} : { variables }),
  };
}

function searchOf(parameters: Readonly<Record<string, unknown>>): string {
  const texts = Object.entries(parameters).map(([name, value]): [string, string] => [
    name,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return `?${new URLSearchParams(texts).toString()}`;
}

/** What Apollo asks for: it negotiates the answer's type and looks for a sign that no foreign page's form sent this. */
const apolloHeaders = ["accept", "content-type", "authorization", "x-api-key"] as const;

function headerMap(headers: FastifyRequest["headers"]): HeaderMap {
  const map = new HeaderMap();
  for (const name of apolloHeaders) {
    const value = headers[name];
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  return map;
}

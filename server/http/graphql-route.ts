import { type ApolloServer, HeaderMap } from "@apollo/server";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Context } from "../operations/context.ts";
import { currentContext, type GraphqlServer } from "./apollo.ts";
import type { Authenticator } from "./authenticator.ts";
import type { HttpAnswer } from "./hot-path.ts";
import { createContext, credentialOf } from "./request-context.ts";

/** GraphQL over HTTP at /graphql. */
export function addGraphqlRoute(app: FastifyInstance, server: GraphqlServer, authenticator: Authenticator): void {
  app.route({
    method: ["GET", "POST", "PUT", "PATCH", "DELETE"], // Apollo answers the wrong ones with 405
    url: "/graphql",
    async handler(request, reply) {
      // Before Apollo, which would put words of its own in front of the error's.
      const principal = await authenticator.authenticate(credentialOf(request.headers), {
        origin: request.headers.origin,
        address: request.ip,
      });
      const context = createContext(request, principal, abortedWith(reply));
      const hot =
        request.method === "POST"
          ? await server.hotPath.answer(request.body, request.headers.accept, context)
          : undefined;
      const { status, headers, text } = hot ?? (await answerByApollo(request, server.apollo, context));
      reply.status(status);
      for (const [name, value] of headers) reply.header(name, value);
      // As bytes: Node would copy a string behind the head of the answer and encode both the slow way.
      return reply.send(Buffer.from(text));
    },
  });
}

async function answerByApollo(
  request: FastifyRequest,
  apollo: ApolloServer<Context>,
  context: Context,
): Promise<HttpAnswer> {
  const { status, headers, body } = await currentContext.run(context, () =>
    apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method,
        headers: headerMap(request.headers),
        body: withoutPersistedQuery(request.body),
        search: searchOf(request.url),
      },
      context: () => Promise.resolve(context),
    }),
  );
  if (body.kind !== "complete") throw new Error("incremental delivery isn't offered");
  return { status: status ?? 200, headers, text: body.string };
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

function searchOf(url: string): string {
  const start = url.indexOf("?");
  return start === -1 ? "" : url.slice(start);
}

function abortedWith(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  // It closes after every answer; only without one has the caller gone. Aborting isn't free: it makes an error with a stack.
  reply.raw.once("close", () => {
    if (!reply.raw.writableFinished) controller.abort();
  });
  return controller.signal;
}

/** Clients that offer automatic persisted queries send the text as well when they are asked to: then the hash is of no use. */
function withoutPersistedQuery(body: unknown): unknown {
  if (typeof body !== "object" || body === null || !("query" in body) || !("extensions" in body)) return body;
  const { extensions, ...rest } = body;
  if (typeof extensions !== "object" || extensions === null || !("persistedQuery" in extensions)) return body;
  const { persistedQuery: _unused, ...others } = extensions;
  return { ...rest, extensions: others };
}

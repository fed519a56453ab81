import { type ApolloServer, HeaderMap } from "@apollo/server";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Context } from "../operations/context.ts";
import { currentRequestId } from "./apollo.ts";
import type { Authenticator } from "./authenticator.ts";
import { createContext, credentialOf } from "./request-context.ts";

/** GraphQL over HTTP at /graphql. */
export function addGraphqlRoute(
  app: FastifyInstance,
  apollo: ApolloServer<Context>,
  authenticator: Authenticator,
): void {
  app.route({
    method: ["GET", "POST", "PUT", "PATCH", "DELETE"], // Apollo answers the wrong ones with 405
    url: "/graphql",
    handler: (request, reply) => currentRequestId.run(request.id, () => answer(request, reply, apollo, authenticator)),
  });
}

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  apollo: ApolloServer<Context>,
  authenticator: Authenticator,
): Promise<FastifyReply> {
  // Before Apollo, which would put words of its own in front of the error's.
  const principal = await authenticator.authenticate(credentialOf(request.headers), {
    origin: request.headers.origin,
    address: request.ip,
  });
  const { status, headers, body } = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: request.method,
      headers: headerMap(request.headers),
      body: request.body,
      search: searchOf(request.url),
    },
    context: () => Promise.resolve(createContext(request, principal, abortedWith(reply))),
  });
  reply.status(status ?? 200);
  for (const [name, value] of headers) reply.header(name, value);
  if (body.kind !== "complete") throw new Error("incremental delivery isn't offered");
  return reply.send(body.string);
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
